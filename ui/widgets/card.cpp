#include "ui/widgets/card.h"

#include <QPainter>

namespace Ui {

Card::Card(const Theme &theme, Role ground, Role border, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_ground(ground)
    , m_border(border)
{
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void Card::paintEvent(QPaintEvent *)
{
    constexpr qreal radius = 10;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(m_theme.tokens().*m_border);
    painter.setBrush(m_theme.tokens().*m_ground);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
}

} // namespace Ui
