#include "ui/widgets/pill.h"

#include <algorithm>

#include <QPainter>
#include <QPainterPath>

namespace Ui {

namespace {

constexpr int ICON = 14;
constexpr int PADDING = 8;
constexpr int GAP = 4;

QFont pillFont(const Theme &theme)
{
    QFont font = theme.font(TextStyle::Small);
    font.setWeight(QFont::Medium);
    return font;
}

} // namespace

Role pillInk(PillKind kind)
{
    switch (kind) {
    case PillKind::Ok:
        return &Tokens::okText;
    case PillKind::Warn:
        return &Tokens::warnText;
    case PillKind::Bad:
        return &Tokens::badText;
    case PillKind::Accent:
        return &Tokens::accentText;
    case PillKind::Idle:
        break;
    }
    return &Tokens::idleText;
}

Role pillGround(PillKind kind)
{
    switch (kind) {
    case PillKind::Ok:
        return &Tokens::okBg;
    case PillKind::Warn:
        return &Tokens::warnBg;
    case PillKind::Bad:
        return &Tokens::badBg;
    case PillKind::Accent:
        return &Tokens::selection;
    case PillKind::Idle:
        break;
    }
    return &Tokens::idleBg;
}

QSize pillSize(const Theme &theme, const PillLook &look)
{
    const QFontMetrics metrics(pillFont(theme));
    const int icon = look.iconName.isEmpty() ? 0 : ICON + (look.text.isEmpty() ? 0 : GAP);
    return {metrics.horizontalAdvance(look.text) + icon + 2 * PADDING, std::max(20, metrics.height() + 4)};
}

void paintPill(QPainter &painter, const Theme &theme, const PillLook &look, const QRect &area,
               Qt::LayoutDirection direction)
{
    const QSize size = pillSize(theme, look).boundedTo({area.width(), area.height()});
    const bool isMirrored = direction == Qt::RightToLeft;
    const QRect box(QPoint(isMirrored ? area.right() - size.width() + 1 : area.left(),
                           area.top() + (area.height() - size.height()) / 2),
                    size);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.tokens().*pillGround(look.kind));
    painter.drawRoundedRect(box, box.height() / 2.0, box.height() / 2.0);
    QRect inner = box.adjusted(PADDING, 0, -PADDING, 0);
    if (!look.iconName.isEmpty()) {
        const int left = isMirrored ? inner.right() - ICON + 1 : inner.left();
        painter.drawPixmap(
            QPoint(left, box.top() + (box.height() - ICON) / 2),
            theme.pixmap(look.iconName, pillInk(look.kind), ICON, painter.device()->devicePixelRatioF()));
        inner.adjust(isMirrored ? 0 : ICON + GAP, 0, isMirrored ? -ICON - GAP : 0, 0);
    }
    painter.setFont(pillFont(theme));
    painter.setPen(theme.tokens().*pillInk(look.kind));
    painter.drawText(inner.adjusted(0, 0, 1, 0), Qt::AlignVCenter | Qt::AlignLeading | Qt::TextSingleLine,
                     QFontMetrics(painter.font()).elidedText(look.text, Qt::ElideRight, inner.width() + 1));
    painter.restore();
}

Pill::Pill(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void Pill::setLook(const PillLook &look)
{
    m_look = look;
    setAccessibleName(look.text);
    updateGeometry();
    update();
}

QSize Pill::sizeHint() const
{
    return pillSize(m_theme, m_look) + QSize(0, 2);
}

QSize Pill::minimumSizeHint() const
{
    return sizeHint();
}

void Pill::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintPill(painter, m_theme, m_look, rect(), layoutDirection());
}

} // namespace Ui
