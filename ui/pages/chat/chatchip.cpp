#include "ui/pages/chat/chatchip.h"

#include <algorithm>

#include <QPainter>
#include <QStyle>

#include "ui/widgets/focusring.h"

namespace Ui {

namespace {

constexpr int HEIGHT = 28;
constexpr int PADDING = 11;
constexpr int GAP = 7;
constexpr int ICON = 14;
constexpr int MOST_TEXT = 280;

QFont strong(const Theme &theme)
{
    QFont font = theme.font(TextStyle::Small);
    font.setWeight(QFont::Medium);
    return font;
}

} // namespace

ChatChip::ChatChip(const Theme &theme, Form form, const QString &text, QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
    , m_form(form)
{
    setText(text);
    setAccessibleName(text);
    setAttribute(Qt::WA_Hover);
    if (form == Form::Attachment)
        setFocusPolicy(Qt::NoFocus); // there is nothing to press
    else
        setFocusPolicy(Qt::StrongFocus);
    connect(&theme, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void ChatChip::setIconName(const QString &iconName)
{
    m_iconName = iconName;
    updateGeometry();
    update();
}

void ChatChip::setNumber(int number)
{
    m_number = QString::number(number);
    updateGeometry();
    update();
}

void ChatChip::setRemark(const QString &remark)
{
    m_remark = remark;
    updateGeometry();
    update();
}

int ChatChip::leadWidth() const
{
    if (!m_number.isEmpty())
        return QFontMetrics(strong(m_theme)).horizontalAdvance(m_number) + GAP + 2;
    return m_iconName.isEmpty() ? 0 : ICON + GAP;
}

QSize ChatChip::sizeHint() const
{
    const QFontMetrics metrics(strong(m_theme));
    int width = 2 * PADDING + leadWidth() + std::min(metrics.horizontalAdvance(text()) + 1, MOST_TEXT);
    if (!m_remark.isEmpty())
        width += GAP + metrics.horizontalAdvance(m_remark);
    if (m_form == Form::RemovableAttachment)
        width += GAP + ICON + 2;
    return {width, std::max(HEIGHT, metrics.height() + 10)};
}

QSize ChatChip::minimumSizeHint() const
{
    return {60, sizeHint().height()};
}

void ChatChip::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = m_theme.tokens();
    const bool isSource = m_form == Form::Source;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool isLit = underMouse() && m_form != Form::Attachment;
    painter.setPen(isSource ? tokens.border2 : tokens.border);
    painter.setBrush(isDown() ? tokens.press
                              : (isLit ? tokens.hover : (isSource ? tokens.surface : tokens.sunken)));
    const qreal radius = isSource ? height() / 2.0 : 6;
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    paintFocusRing(painter, m_theme, this, rect(), radius);

    const auto placed = [this](int x, int width) {
        return QStyle::visualRect(layoutDirection(), rect(), QRect(x, 0, width, height()));
    };
    QFont font = strong(m_theme);
    painter.setFont(font);
    const QFontMetrics metrics(font);
    if (!m_number.isEmpty()) {
        painter.setPen(tokens.accentText);
        painter.drawText(placed(PADDING, leadWidth()), Qt::AlignVCenter | Qt::AlignLeading, m_number);
    } else if (!m_iconName.isEmpty()) {
        painter.drawPixmap(placed(PADDING, ICON).left(), (height() - ICON) / 2,
                           m_theme.pixmap(m_iconName, &Tokens::text2, ICON, devicePixelRatioF()));
    }
    int end = width() - PADDING;
    if (m_form == Form::RemovableAttachment) {
        end -= ICON;
        painter.drawPixmap(
            placed(end, ICON).left(), (height() - ICON) / 2,
            m_theme.pixmap(QStringLiteral("close"), &Tokens::text3, ICON, devicePixelRatioF()));
        end -= GAP + 2;
    }
    if (!m_remark.isEmpty()) {
        const int remark = metrics.horizontalAdvance(m_remark);
        font.setWeight(QFont::Normal);
        painter.setFont(font);
        painter.setPen(tokens.text3);
        painter.drawText(placed(end - remark, remark + 1), Qt::AlignVCenter | Qt::AlignLeading, m_remark);
        end -= remark + GAP;
    }
    painter.setFont(isSource ? m_theme.font(TextStyle::Small) : strong(m_theme));
    painter.setPen(isSource ? tokens.text2 : tokens.text);
    const int left = PADDING + leadWidth();
    painter.drawText(placed(left, end - left + 1), Qt::AlignVCenter | Qt::AlignLeading,
                     metrics.elidedText(text(), Qt::ElideMiddle, end - left + 1));
}

} // namespace Ui
