#include "ui/widgets/focusring.h"

#include <QPainter>
#include <QStyleOption>

namespace Ui {

bool showsFocus(const QWidget *widget)
{
    QStyleOption option;
    option.initFrom(widget);
    return widget->hasFocus() && (option.state & QStyle::State_KeyboardFocusChange);
}

void paintFocusRing(QPainter &painter, const Theme &theme, const QWidget *widget, const QRectF &box,
                    qreal radius)
{
    if (!showsFocus(widget))
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.tokens().focus, 2));
    painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), radius, radius);
    painter.restore();
}

} // namespace Ui
