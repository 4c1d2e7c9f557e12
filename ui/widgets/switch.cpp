#include "ui/widgets/switch.h"

#include <QPainter>

#include "ui/widgets/focusring.h"

namespace Ui {

namespace {

constexpr int WIDTH = 36;
constexpr int HEIGHT = 20;
constexpr int KNOB = 16;
constexpr int SMALL_KNOB = 12;
constexpr int RING = 2; // room for the focus ring around

} // namespace

Switch::Switch(const Theme &theme, QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
{
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

QSize Switch::sizeHint() const
{
    return {WIDTH + 2 * RING, HEIGHT + 2 * RING};
}

void Switch::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = m_theme.tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF track(RING + 0.5, RING + 0.5, WIDTH - 1, HEIGHT - 1);
    if (!isEnabled()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(tokens.track);
    } else if (isChecked()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(isDown() ? tokens.accentPressed
                                  : (underMouse() ? tokens.accentHover : tokens.accent));
    } else {
        painter.setPen(QPen(tokens.idle, 1));
        painter.setBrush(underMouse() ? tokens.hover : tokens.raised);
    }
    painter.drawRoundedRect(track, HEIGHT / 2.0, HEIGHT / 2.0);

    const int knob = isChecked() ? KNOB : SMALL_KNOB;
    const bool isAtRight = isChecked() == isLeftToRight();
    const qreal inset = (HEIGHT - knob) / 2.0;
    const qreal left = isAtRight ? RING + WIDTH - inset - knob : RING + inset;
    painter.setPen(Qt::NoPen);
    painter.setBrush(!isEnabled() ? tokens.disabled : (isChecked() ? tokens.onAccent : tokens.idle));
    painter.drawEllipse(QRectF(left, RING + inset, knob, knob));
    paintFocusRing(painter, m_theme, this, rect(), HEIGHT / 2.0 + RING);
}

} // namespace Ui
