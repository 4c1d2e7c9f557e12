#pragma once

#include <vector>

#include <QFont>
#include <QRect>
#include <QString>

#include "ui/theme.h"

class QPainter;

namespace Ui {

/// A figure with every digit as wide as the widest one, so that columns stand still; at `area`'s right edge,
/// or at its left.
void drawTabular(QPainter &painter, const QRect &area, const QString &text, const QFont &font,
                 Qt::Alignment alignment = Qt::AlignRight | Qt::AlignVCenter);
int tabularWidth(const QString &text, const QFont &font);

/// A share of an allowance as a bar of 4 pixels with its percentage right of it; `share` from 0 to 1, below
/// 0: not known.
void paintQuota(QPainter &painter, const Theme &theme, const QRect &area, double share);
/// series below 75 %, warn from there, bad from 95 %.
Role quotaRole(double share);

/// Calls and failures of one span of time.
struct StripCell
{
    int calls = 0;
    int failed = 0;
};

/// The history strip: a bar for each span, as high as its calls against the strip's most, with failures as
/// its foot. Oldest at the left in every writing direction.
void paintHistoryStrip(QPainter &painter, const Theme &theme, const QRect &area,
                       const std::vector<StripCell> &cells);
/// Which span lies under x (of the area's own coordinates); -1: none.
int stripCellAt(int x, int cells);
/// Width of a strip with so many cells.
int stripWidth(int cells);

} // namespace Ui
