#include "ui/widgets/chip.h"

#include <algorithm>

#include <QPainter>

#include "ui/text/format.h"
#include "ui/widgets/focusring.h"

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int HEIGHT = 28;
constexpr int PADDING = 12;
constexpr int GAP = 6;
constexpr int DOT = 7;
constexpr int CROSS = 14;

QFont chipFont(const Theme &theme)
{
    QFont font = theme.font(TextStyle::Small);
    font.setWeight(QFont::Medium);
    return font;
}

} // namespace

Chip::Chip(const Theme &theme, const QString &text, QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
{
    setText(text);
    setAccessibleName(text);
    setCheckable(true);
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, [this] {
        m_widest = 0;
        updateGeometry();
        update();
    });
}

void Chip::setDot(Role role)
{
    m_dot = role;
    updateGeometry();
}

void Chip::setCount(qint64 count)
{
    if (m_count == count)
        return;
    m_count = count;
    setAccessibleDescription(count < 0 ? QString() : countText(count));
    updateGeometry();
    update();
}

void Chip::setRemovable(bool isRemovable)
{
    m_isRemovable = isRemovable;
    setCheckable(!isRemovable);
    setAccessibleName(isRemovable ? tr("Remove the filter %1").arg(text()) : text());
    updateGeometry();
}

QSize Chip::sizeHint() const
{
    const QFontMetrics metrics(chipFont(m_theme));
    int width = metrics.horizontalAdvance(text()) + 2 * PADDING;
    width += m_dot ? DOT + GAP : 0;
    width += m_count >= 0 ? GAP + metrics.horizontalAdvance(countText(m_count)) : 0;
    width += m_isRemovable ? GAP + CROSS : 0;
    m_widest = std::max(m_widest, width);
    return {m_widest, std::max(HEIGHT, metrics.height() + 10)};
}

QSize Chip::minimumSizeHint() const
{
    return sizeHint();
}

void Chip::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = m_theme.tokens();
    const bool isOn = isChecked() || m_isRemovable;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(!isEnabled() ? tokens.border : (isOn ? tokens.accentText : tokens.border2));
    const QColor rest = isOn ? tokens.selection : tokens.raised;
    painter.setBrush(!isEnabled() ? tokens.sunken : (underMouse() && !isOn ? tokens.hover : rest));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), height() / 2.0 - 0.5,
                            height() / 2.0 - 0.5);
    paintFocusRing(painter, m_theme, this, rect(), height() / 2.0 - 1);

    const QFont font = chipFont(m_theme);
    const QFontMetrics metrics(font);
    painter.setFont(font);
    const Role ink = !isEnabled() ? &Tokens::disabled : (isOn ? &Tokens::accentText : &Tokens::text);
    int left = PADDING;
    const auto place = [this](int at, int width) {
        return QRect(isLeftToRight() ? at : this->width() - at - width, 0, width, height());
    };
    if (m_dot) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(tokens.*(*m_dot));
        painter.drawEllipse(QRectF(place(left, DOT).left(), (height() - DOT) / 2.0, DOT, DOT));
        left += DOT + GAP;
    }
    painter.setPen(tokens.*ink);
    const int textWidth = metrics.horizontalAdvance(text());
    painter.drawText(place(left, textWidth + 1), Qt::AlignVCenter, text());
    left += textWidth + GAP;
    if (m_count >= 0) {
        const QString count = countText(m_count);
        painter.setPen(isOn ? tokens.accentText : tokens.text3);
        painter.drawText(place(left, metrics.horizontalAdvance(count) + 1), Qt::AlignVCenter, count);
    }
    if (m_isRemovable) {
        const QRect area = place(left, CROSS);
        painter.drawPixmap(QPoint(area.left(), (height() - CROSS) / 2),
                           m_theme.pixmap(u"close"_s, ink, CROSS, devicePixelRatioF()));
    }
}

} // namespace Ui
