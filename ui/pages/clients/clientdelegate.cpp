#include "ui/pages/clients/clientdelegate.h"

#include <algorithm>

#include <QApplication>
#include <QPainter>

#include "ui/pages/clients/clientsmodel.h"

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int ROW = 40;
constexpr int TILE = 28;
constexpr int CARD_TILE = 36;
constexpr int ICON = 16;
constexpr int INSET = 5;
constexpr int PADDING = 8;
constexpr int GAP = 10;
constexpr qreal RADIUS = 7;

} // namespace

void paintClientTile(QPainter &painter, const Theme &theme, const QRect &tile, const QString &letters)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.tokens().idleBg);
    painter.drawRoundedRect(tile, RADIUS - 1, RADIUS - 1);
    QFont font = theme.font(TextStyle::Small);
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    painter.setPen(theme.tokens().text2);
    painter.drawText(tile, Qt::AlignCenter, letters);
    painter.restore();
}

ClientTile::ClientTile(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setFixedSize(CARD_TILE, CARD_TILE);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void ClientTile::setLetters(const QString &letters)
{
    m_letters = letters;
    update();
}

QSize ClientTile::sizeHint() const
{
    return {CARD_TILE, CARD_TILE};
}

void ClientTile::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintClientTile(painter, m_theme, rect(), m_letters);
}

ClientDelegate::ClientDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

QSize ClientDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {TILE, std::max(ROW, QFontMetrics(m_theme.font(TextStyle::Body)).height() + 2 * PADDING)};
}

int ClientDelegate::paintState(QPainter &painter, const QStyleOptionViewItem &option, const QRect &row,
                               const QModelIndex &index) const
{
    const auto state = static_cast<ClientState>(index.data(ClientsModel::State).toInt());
    const QRect area = row.adjusted(PADDING, 0, -PADDING, 0);
    if (state == ClientState::Connected || state == ClientState::OldToken) {
        const bool isGood = state == ClientState::Connected;
        const QRect icon =
            QStyle::alignedRect(option.direction, Qt::AlignRight | Qt::AlignVCenter, QSize(ICON, ICON), area);
        painter.drawPixmap(icon.topLeft(), m_theme.pixmap(isGood ? u"ok"_s : u"warning"_s,
                                                          isGood ? &Tokens::okText : &Tokens::warnText, ICON,
                                                          painter.device()->devicePixelRatioF()));
        return ICON + GAP;
    }
    const QString word = stateText(state);
    if (word.isEmpty())
        return 0;
    const QFont font = m_theme.font(TextStyle::Caption);
    painter.setFont(font);
    painter.setPen(m_theme.tokens().accentText);
    painter.drawText(area, QStyle::visualAlignment(option.direction, Qt::AlignRight | Qt::AlignVCenter),
                     word);
    return QFontMetrics(font).horizontalAdvance(word) + GAP;
}

void ClientDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                           const QModelIndex &index) const
{
    const Tokens &tokens = m_theme.tokens();
    const QRect row = option.rect.adjusted(INSET, 1, -INSET, -1);
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const bool isHovered = option.state.testFlag(QStyle::State_MouseOver);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (isSelected || isHovered) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(isSelected ? tokens.selection : tokens.hover);
        painter->drawRoundedRect(row, RADIUS, RADIUS);
    }
    if (option.state.testFlag(QStyle::State_HasFocus) &&
        option.state.testFlag(QStyle::State_KeyboardFocusChange)) {
        painter->setPen(QPen(tokens.focus, 2));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(QRectF(row).adjusted(1, 1, -1, -1), RADIUS - 1, RADIUS - 1);
    }
    const QRect content = row.adjusted(PADDING, 0, 0, 0);
    const QRect tile = QStyle::visualRect(option.direction, row,
                                          QRect(content.left(), row.center().y() - TILE / 2 + 1, TILE, TILE));
    paintClientTile(*painter, m_theme, tile, index.data(ClientsModel::Letters).toString());
    const int stateWidth = paintState(*painter, option, row, index);
    const QRect name = QStyle::visualRect(option.direction, row,
                                          row.adjusted(PADDING + TILE + GAP, 0, -PADDING - stateWidth, 0));
    QFont font = m_theme.font(TextStyle::Body);
    font.setWeight(QFont::Medium);
    painter->setFont(font);
    painter->setPen(isSelected ? tokens.accentText : tokens.text);
    painter->drawText(name, QStyle::visualAlignment(option.direction, Qt::AlignLeft | Qt::AlignVCenter),
                      QFontMetrics(font).elidedText(index.data().toString(), Qt::ElideRight, name.width()));
    painter->restore();
}

} // namespace Ui
