#pragma once

#include <vector>

#include "ui/theme.h"

class QPainter;
class QRectF;

namespace Ui {

/// A small curve of values, oldest first, that fills `area`; a dotted base line when all are 0 or there are
/// fewer than two.
void paintSparkline(QPainter &painter, const Theme &theme, const QRectF &area,
                    const std::vector<double> &values, Role line);

} // namespace Ui
