#include "ui/widgets/button.h"

#include <algorithm>

#include <QPainter>
#include <QStyleOptionButton>

namespace Ui {

namespace {

constexpr int HEIGHT = 32;
constexpr int PADDING = 12;
constexpr int ICON = 16;
constexpr int GAP = 6;
constexpr qreal RADIUS = 6;
constexpr int ICON_ONLY = 24;

} // namespace

Button::Button(const Theme &theme, Kind kind, const QString &iconName, const QString &text, QWidget *parent)
    : QPushButton(text, parent)
    , m_theme(theme)
    , m_kind(kind)
    , m_iconName(iconName)
{
    setAttribute(Qt::WA_Hover);
    connect(&theme, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void Button::setIconName(const QString &iconName)
{
    m_iconName = iconName;
    update();
}

QSize Button::sizeHint() const
{
    const QFontMetrics metrics(m_theme.font(TextStyle::Body));
    if (text().isEmpty())
        return {ICON_ONLY, ICON_ONLY};
    const int iconWidth = m_iconName.isEmpty() ? 0 : ICON + GAP;
    return {metrics.horizontalAdvance(text()) + iconWidth + 2 * PADDING,
            std::max(HEIGHT, metrics.height() + 2 * GAP)};
}

QSize Button::minimumSizeHint() const
{
    return sizeHint();
}

Button::Colors Button::colors() const
{
    const Tokens &tokens = m_theme.tokens();
    if (!isEnabled())
        return {m_kind == Kind::Ghost ? Qt::transparent : tokens.sunken,
                m_kind == Kind::Ghost ? Qt::transparent : tokens.border, &Tokens::disabled};
    const auto choice = [this](const QColor &rest, const QColor &hover, const QColor &press) {
        return isDown() ? press : (underMouse() ? hover : rest);
    };
    switch (m_kind) {
    case Kind::Primary: {
        const QColor ground = choice(tokens.accent, tokens.accentHover, tokens.accentPressed);
        return {ground, ground, &Tokens::onAccent};
    }
    case Kind::Secondary:
        return {choice(tokens.raised, tokens.hover, tokens.press), tokens.border2, &Tokens::text};
    case Kind::Ghost:
        break;
    }
    return {choice(Qt::transparent, tokens.hover, tokens.press), Qt::transparent, &Tokens::text2};
}

void Button::paintEvent(QPaintEvent *)
{
    const Colors colors = this->colors();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(colors.outline);
    painter.setBrush(colors.ground);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS);
    paintFocus(painter);

    QFont font = m_theme.font(TextStyle::Body);
    font.setWeight(QFont::Medium);
    painter.setFont(font);
    const int textWidth = QFontMetrics(font).horizontalAdvance(text());
    const bool hasIcon = !m_iconName.isEmpty();
    const int iconWidth = hasIcon ? ICON + (text().isEmpty() ? 0 : GAP) : 0;
    const int left = (width() - textWidth - iconWidth) / 2;
    const int iconLeft = isLeftToRight() ? left : left + textWidth + iconWidth - ICON;
    if (hasIcon)
        painter.drawPixmap(QPoint(iconLeft, (height() - ICON) / 2),
                           m_theme.pixmap(m_iconName, colors.ink, ICON, devicePixelRatioF()));
    painter.setPen(m_theme.tokens().*colors.ink);
    painter.drawText(QRect(isLeftToRight() ? left + iconWidth : left, 0, textWidth + 1, height()),
                     Qt::AlignVCenter | Qt::TextSingleLine | Qt::TextShowMnemonic, text());
}

/// Only for who walks by keyboard.
void Button::paintFocus(QPainter &painter) const
{
    QStyleOptionButton option;
    initStyleOption(&option);
    if (!hasFocus() || !(option.state & QStyle::State_KeyboardFocusChange))
        return;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(m_theme.tokens().focus, 2));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), RADIUS, RADIUS);
    if (m_kind == Kind::Primary) {
        painter.setPen(m_theme.tokens().surface);
        painter.drawRoundedRect(QRectF(rect()).adjusted(2.5, 2.5, -2.5, -2.5), RADIUS - 1, RADIUS - 1);
    }
}

} // namespace Ui
