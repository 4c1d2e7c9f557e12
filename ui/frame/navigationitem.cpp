#include "ui/frame/navigationitem.h"

#include <algorithm>

#include <QPainter>

#include "ui/widgets/focusring.h"

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int HEIGHT = 36;
constexpr int INSET = 8;
constexpr int ICON = 18;
constexpr int ICON_LEFT = 20;
constexpr int LABEL_LEFT = 50;
constexpr int BADGE_HEIGHT = 18;
constexpr qreal RADIUS = 7;
constexpr int BAR = 3;

} // namespace

NavigationItem::NavigationItem(const Theme &theme, const QString &iconName, const QString &name,
                               const QString &shortcut)
    : m_theme(theme)
    , m_iconName(iconName)
    , m_shortcut(shortcut)
{
    setText(name);
    setCheckable(true);
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    describe();
    connect(&theme, &Theme::changed, this, [this] { updateGeometry(); });
}

void NavigationItem::setBadge(const QString &text, PillKind kind)
{
    if (m_badge == text && m_badgeKind == kind)
        return;
    m_badge = text;
    m_badgeKind = kind;
    describe();
    update();
}

void NavigationItem::setFolded(bool isFolded)
{
    m_isFolded = isFolded;
    describe();
    update();
}

void NavigationItem::describe()
{
    setAccessibleName(text());
    setAccessibleDescription(m_badge);
    //: %1 is a page ("Keys"), %2 its keys ("Ctrl+2")
    setToolTip(m_isFolded ? tr("%1 (%2)").arg(text(), m_shortcut) : m_shortcut);
}

QSize NavigationItem::sizeHint() const
{
    const QFontMetrics metrics(m_theme.font(TextStyle::Body));
    return {LABEL_LEFT + metrics.horizontalAdvance(text()) + 48, std::max(HEIGHT, metrics.height() + 18)};
}

void NavigationItem::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = m_theme.tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(rect()).adjusted(INSET, 0, -INSET, 0);
    painter.setPen(Qt::NoPen);
    if (isChecked() || underMouse()) {
        painter.setBrush(isChecked() ? tokens.selection : tokens.press);
        painter.drawRoundedRect(box, RADIUS, RADIUS);
    }
    const bool isMirrored = !isLeftToRight();
    if (isChecked()) {
        painter.setBrush(tokens.accent);
        const qreal left = isMirrored ? width() - INSET - BAR : INSET;
        painter.drawRoundedRect(QRectF(left, (height() - 16) / 2.0, BAR, 16), 1.5, 1.5);
    }
    paintFocusRing(painter, m_theme, this, box, RADIUS);
    const Role ink = isChecked() ? &Tokens::accentText : &Tokens::text2;
    const int iconLeft =
        m_isFolded ? (width() - ICON) / 2 : (isMirrored ? width() - ICON_LEFT - ICON : ICON_LEFT);
    painter.drawPixmap(QPoint(iconLeft, (height() - ICON) / 2),
                       m_theme.pixmap(m_iconName, ink, ICON, devicePixelRatioF()));
    paintBadge(painter);
    if (m_isFolded)
        return;
    QFont font = m_theme.font(TextStyle::Body);
    font.setWeight(QFont::Medium);
    painter.setFont(font);
    painter.setPen(isChecked() ? tokens.accentText : tokens.text);
    const QRect words =
        isMirrored ? rect().adjusted(48, 0, -LABEL_LEFT, 0) : rect().adjusted(LABEL_LEFT, 0, -48, 0);
    painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeading,
                     QFontMetrics(font).elidedText(text(), Qt::ElideRight, words.width()));
}

void NavigationItem::paintBadge(QPainter &painter) const
{
    if (m_badge.isEmpty())
        return;
    const Tokens &tokens = m_theme.tokens();
    if (m_isFolded) {
        if (m_badgeKind == PillKind::Idle)
            return;
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_badgeKind == PillKind::Bad ? tokens.bad : tokens.warn);
        painter.drawEllipse(QRectF(width() / 2.0 + 5, height() / 2.0 - 12, 8, 8));
        return;
    }
    QFont font = m_theme.font(TextStyle::Caption);
    font.setWeight(QFont::Medium);
    const int textWidth = QFontMetrics(font).horizontalAdvance(m_badge);
    const int badgeWidth = std::max(BADGE_HEIGHT, textWidth + 12);
    const int left = isLeftToRight() ? width() - INSET - 6 - badgeWidth : INSET + 6;
    const QRectF box(left, (height() - BADGE_HEIGHT) / 2.0, badgeWidth, BADGE_HEIGHT);
    if (m_badgeKind != PillKind::Idle) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(tokens.*pillGround(m_badgeKind));
        painter.drawRoundedRect(box, BADGE_HEIGHT / 2.0, BADGE_HEIGHT / 2.0);
    }
    painter.setFont(font);
    painter.setPen(m_badgeKind == PillKind::Idle ? tokens.text3 : tokens.*pillInk(m_badgeKind));
    painter.drawText(box, Qt::AlignCenter, m_badge);
}

} // namespace Ui
