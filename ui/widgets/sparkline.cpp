#include "ui/widgets/sparkline.h"

#include <algorithm>

#include <QLinearGradient>
#include <QPainter>
#include <QPainterPath>

namespace Ui {

namespace {

QPainterPath curve(const QRectF &area, const std::vector<double> &values, double most)
{
    const double step = area.width() / static_cast<double>(values.size() - 1);
    const auto point = [&](std::size_t i) {
        return QPointF(area.left() + step * static_cast<double>(i),
                       area.bottom() - area.height() * values[i] / most);
    };
    QPainterPath path(point(0));
    for (std::size_t i = 1; i < values.size(); ++i) {
        const QPointF from = point(i - 1);
        const QPointF to = point(i);
        const double middle = (from.x() + to.x()) / 2;
        path.cubicTo({middle, from.y()}, {middle, to.y()}, to);
    }
    return path;
}

} // namespace

void paintSparkline(QPainter &painter, const Theme &theme, const QRectF &area,
                    const std::vector<double> &values, Role line)
{
    const Tokens &tokens = theme.tokens();
    const double most = values.empty() ? 0 : *std::max_element(values.begin(), values.end());
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    if (values.size() < 2 || most <= 0) {
        painter.setPen(QPen(tokens.border2, 1, Qt::DotLine));
        painter.drawLine(QPointF(area.left(), area.bottom() - 0.5),
                         QPointF(area.right(), area.bottom() - 0.5));
        painter.restore();
        return;
    }
    const QRectF inner = area.adjusted(0, 1, 0, -1);
    const QPainterPath path = curve(inner, values, most);
    QPainterPath filled = path;
    filled.lineTo(inner.bottomRight());
    filled.lineTo(inner.bottomLeft());
    QColor color = tokens.*line;
    QLinearGradient gradient(area.topLeft(), area.bottomLeft());
    color.setAlphaF(0.18f);
    gradient.setColorAt(0, color);
    color.setAlphaF(0);
    gradient.setColorAt(1, color);
    painter.fillPath(filled, gradient);
    painter.setPen(QPen(tokens.*line, 1.5));
    painter.drawPath(path);
    painter.restore();
}

} // namespace Ui
