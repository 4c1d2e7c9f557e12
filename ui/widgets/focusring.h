#pragma once

#include <QWidget>

#include "ui/theme.h"

class QPainter;

namespace Ui {

/// Whether the widget has the focus and the user walks by keyboard.
bool showsFocus(const QWidget *widget);

/// The ring of 2 pixels inside `box`; only when showsFocus().
void paintFocusRing(QPainter &painter, const Theme &theme, const QWidget *widget, const QRectF &box,
                    qreal radius);

} // namespace Ui
