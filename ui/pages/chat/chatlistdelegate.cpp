#include "ui/pages/chat/chatlistdelegate.h"

#include <algorithm>

#include <QPainter>

#include "ui/pages/chat/chatlistmodel.h"

namespace Ui {

namespace {

constexpr int ROW = 34;
constexpr int HEADING = 28;
constexpr int INSET = 8;
constexpr int PADDING = 10;
constexpr qreal RADIUS = 7;
constexpr int DOT = 8;

} // namespace

ChatListDelegate::ChatListDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

QSize ChatListDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    const int text = QFontMetrics(m_theme.font(TextStyle::Body)).height();
    const bool isHeading = index.data(ChatListModel::IsHeading).toBool();
    return {100, isHeading ? std::max(HEADING, text + 10) : std::max(ROW, text + 14)};
}

void ChatListDelegate::paintGround(QPainter &painter, const QStyleOptionViewItem &option) const
{
    const Tokens &tokens = m_theme.tokens();
    const QRectF box = QRectF(option.rect).adjusted(INSET, 1, -INSET, -1);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    if (option.state & QStyle::State_Selected)
        painter.setBrush(tokens.selection);
    else if (option.state & QStyle::State_MouseOver)
        painter.setBrush(tokens.hover);
    else
        painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(box, RADIUS, RADIUS);
    if ((option.state & QStyle::State_HasFocus) && (option.state & QStyle::State_KeyboardFocusChange)) {
        painter.setPen(QPen(tokens.focus, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), RADIUS, RADIUS);
    }
}

void ChatListDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                             const QModelIndex &index) const
{
    painter->save();
    const Tokens &tokens = m_theme.tokens();
    const QRect area = option.rect.adjusted(INSET + PADDING, 0, -INSET - PADDING, 0);
    const Qt::Alignment leading = Qt::AlignVCenter | QStyle::visualAlignment(option.direction, Qt::AlignLeft);
    const QString text = index.data(Qt::DisplayRole).toString();
    if (index.data(ChatListModel::IsHeading).toBool()) {
        QFont font = m_theme.font(TextStyle::Caption);
        font.setWeight(QFont::DemiBold);
        painter->setFont(font);
        painter->setPen(tokens.text3);
        painter->drawText(area.adjusted(0, 4, 0, 0), leading, text);
        painter->restore();
        return;
    }
    const bool isSelected = option.state & QStyle::State_Selected;
    paintGround(*painter, option);
    const auto placed = [&](int x, int width) {
        return QStyle::visualRect(option.direction, area,
                                  QRect(area.left() + x, area.top(), width, area.height()));
    };
    const auto activity = static_cast<ChatActivity>(index.data(ChatListModel::Activity).toInt());
    int wide = DOT;
    if (activity == ChatActivity::None) {
        const QString moment = index.data(ChatListModel::Moment).toString();
        painter->setFont(m_theme.font(TextStyle::Caption));
        painter->setPen(tokens.text3);
        wide = painter->fontMetrics().horizontalAdvance(moment) + 1;
        painter->drawText(placed(area.width() - wide, wide), leading, moment);
    } else { // a ring while it comes, full once it is there
        const QRect place = placed(area.width() - wide, wide);
        const qreal radius = DOT / 2.0 - 1;
        painter->setPen(QPen(tokens.accent, 1.5));
        painter->setBrush(activity == ChatActivity::Unread ? QBrush(tokens.accent) : QBrush(Qt::NoBrush));
        painter->drawEllipse(QRectF(place).center(), radius, radius);
    }
    QFont font = m_theme.font(TextStyle::Body);
    if (isSelected)
        font.setWeight(QFont::Medium);
    painter->setFont(font);
    painter->setPen(isSelected ? tokens.accentText : tokens.text);
    const int room = area.width() - wide - PADDING;
    painter->drawText(placed(0, room), leading,
                      painter->fontMetrics().elidedText(text, Qt::ElideRight, room));
    painter->restore();
}

} // namespace Ui
