#include "ui/widgets/button.h"

#include <algorithm>

#include <QPainter>
#include <QStyleOptionButton>

namespace Ui {

namespace {

constexpr int HEIGHT = 32;
constexpr int SMALL_HEIGHT = 28;
constexpr int PADDING = 12;
constexpr int SMALL_PADDING = 10;
constexpr int CHEVRON = 14;
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
    setCheckable(kind == Kind::Tonal);
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

void Button::setSmall(bool isSmall)
{
    m_isSmall = isSmall;
    updateGeometry();
}

void Button::setKind(Kind kind)
{
    m_kind = kind;
    setCheckable(kind == Kind::Tonal);
    update();
}

QSize Button::sizeHint() const
{
    const QFontMetrics metrics(buttonFont());
    if (text().isEmpty())
        return {ICON_ONLY, ICON_ONLY};
    const int iconWidth = m_iconName.isEmpty() ? 0 : ICON + GAP;
    const int padding = m_kind == Kind::Link ? 2 : (m_isSmall ? SMALL_PADDING : PADDING);
    const int height = m_isSmall ? SMALL_HEIGHT : HEIGHT;
    const int chevron = menu() ? CHEVRON + GAP : 0;
    return {metrics.horizontalAdvance(text()) + iconWidth + chevron + 2 * padding,
            std::max(height, metrics.height() + (m_isSmall ? GAP : 2 * GAP))};
}

QSize Button::minimumSizeHint() const
{
    return sizeHint();
}

QFont Button::buttonFont() const
{
    QFont font = m_theme.font(m_isSmall ? TextStyle::Small : TextStyle::Body);
    font.setWeight(QFont::Medium);
    return font;
}

Button::Colors Button::filled(const QColor &rest, const QColor &hover, const QColor &press) const
{
    const QColor ground = isDown() ? press : (underMouse() ? hover : rest);
    return {ground, ground, &Tokens::onAccent};
}

Button::Colors Button::colors() const
{
    const Tokens &tokens = m_theme.tokens();
    const bool isBare = m_kind == Kind::Ghost || m_kind == Kind::Link || m_kind == Kind::Tonal;
    if (!isEnabled())
        return {isBare ? Qt::transparent : tokens.sunken, isBare ? Qt::transparent : tokens.border,
                &Tokens::disabled};
    const auto choice = [this](const QColor &rest, const QColor &hover, const QColor &press) {
        return isDown() ? press : (underMouse() ? hover : rest);
    };
    switch (m_kind) {
    case Kind::Primary:
        return filled(tokens.accent, tokens.accentHover, tokens.accentPressed);
    case Kind::DangerFilled:
        return filled(tokens.danger, tokens.danger.darker(108), tokens.danger.darker(118));
    case Kind::Secondary:
        return {choice(tokens.raised, tokens.hover, tokens.press), tokens.border2, &Tokens::text};
    case Kind::Danger:
        return {choice(tokens.raised, tokens.badBg, tokens.badBg),
                underMouse() || isDown() ? tokens.bad : tokens.border2, &Tokens::badText};
    case Kind::Link:
        return {Qt::transparent, Qt::transparent, &Tokens::accentText};
    case Kind::Tonal:
        if (isChecked())
            return {tokens.selection, tokens.selection, &Tokens::accentText};
        break;
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

    QFont font = buttonFont();
    font.setUnderline(m_kind == Kind::Link && underMouse());
    painter.setFont(font);
    const int textWidth = QFontMetrics(font).size(Qt::TextShowMnemonic, text()).width();
    const bool hasIcon = !m_iconName.isEmpty();
    const int iconWidth = hasIcon ? ICON + (text().isEmpty() ? 0 : GAP) : 0;
    const int chevron = menu() ? CHEVRON + GAP : 0;
    const int left = (width() - textWidth - iconWidth - chevron) / 2;
    const int iconLeft = isLeftToRight() ? left : left + textWidth + iconWidth - ICON;
    if (hasIcon)
        painter.drawPixmap(QPoint(iconLeft, (height() - ICON) / 2),
                           m_theme.pixmap(m_iconName, colors.ink, ICON, devicePixelRatioF()));
    painter.setPen(m_theme.tokens().*colors.ink);
    painter.drawText(QRect(isLeftToRight() ? left + iconWidth : left, 0, textWidth + 1, height()),
                     Qt::AlignVCenter | Qt::TextSingleLine | Qt::TextShowMnemonic, text());
    if (menu())
        painter.drawPixmap(
            QPoint(isLeftToRight() ? left + iconWidth + textWidth + GAP : left - CHEVRON - GAP,
                   (height() - CHEVRON) / 2),
            m_theme.pixmap(QStringLiteral("chevron-down"), colors.ink, CHEVRON, devicePixelRatioF()));
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
    if (m_kind == Kind::Primary || m_kind == Kind::DangerFilled) {
        painter.setPen(m_theme.tokens().surface);
        painter.drawRoundedRect(QRectF(rect()).adjusted(2.5, 2.5, -2.5, -2.5), RADIUS - 1, RADIUS - 1);
    }
}

} // namespace Ui
