#include "ui/pages/overview/healthcount.h"

#include <algorithm>

#include <QPainter>

#include "ui/text/format.h"
#include "ui/widgets/focusring.h"
#include "ui/widgets/marks.h"

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int HEIGHT = 28;
constexpr int ICON = 16;
constexpr int INSET = 4;

} // namespace

HealthCount::HealthCount(const Theme &theme, const QString &iconName, Role ink, const QString &name)
    : m_theme(theme)
    , m_iconName(iconName)
    , m_ink(ink)
{
    setText(name);
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    showCount(0);
    connect(&theme, &Theme::changed, this, [this] { updateGeometry(); });
}

void HealthCount::showCount(int count)
{
    m_count = count;
    setAccessibleName(u"%1: %2"_s.arg(text(), countText(count)));
    update();
}

QSize HealthCount::sizeHint() const
{
    const QFontMetrics metrics(m_theme.font(TextStyle::Body));
    return {ICON + 8 + metrics.horizontalAdvance(text()) + 56, std::max(HEIGHT, metrics.height() + 10)};
}

void HealthCount::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = m_theme.tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (underMouse()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(tokens.hover);
        painter.drawRoundedRect(QRectF(rect()).adjusted(-INSET, 0, INSET, 0), 6, 6);
    }
    paintFocusRing(painter, m_theme, this, rect(), 6);
    const bool isMirrored = !isLeftToRight();
    painter.drawPixmap(QPoint(isMirrored ? width() - ICON : 0, (height() - ICON) / 2),
                       m_theme.pixmap(m_iconName, m_ink, ICON, devicePixelRatioF()));
    painter.setFont(m_theme.font(TextStyle::Body));
    painter.setPen(tokens.text2);
    painter.drawText(rect().adjusted(isMirrored ? 0 : ICON + 8, 0, isMirrored ? -ICON - 8 : 0, 0),
                     Qt::AlignVCenter | Qt::AlignLeading, text());
    painter.setPen(tokens.text);
    drawTabular(painter, rect(), countText(m_count), m_theme.font(TextStyle::Section),
                isMirrored ? Qt::AlignLeft : Qt::AlignRight);
}

} // namespace Ui
