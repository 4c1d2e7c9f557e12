#include "ui/widgets/celldelegate.h"

#include <array>

#include <QPainter>

#include "ui/widgets/marks.h"
#include "ui/widgets/tableheader.h"
#include "ui/widgets/tableview.h"

namespace Ui {

namespace {

constexpr int PADDING = 12;
constexpr int EDGE = 24; // as the page's title
constexpr int BAR = 3;

} // namespace

Role inkRole(int ink)
{
    static constexpr std::array<Role, 8> roles = {&Tokens::text,     &Tokens::text2,     &Tokens::text3,
                                                  &Tokens::okText,   &Tokens::warnText,  &Tokens::badText,
                                                  &Tokens::idleText, &Tokens::accentText};
    return ink >= 0 && ink < static_cast<int>(roles.size()) ? roles[static_cast<std::size_t>(ink)]
                                                            : &Tokens::text;
}

CellDelegate::CellDelegate(const Theme &theme, TableView *table)
    : QStyledItemDelegate(table)
    , m_theme(theme)
    , m_table(table)
{
}

void CellDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    const Tokens &tokens = m_theme.tokens();
    const bool isSelected = option.state & QStyle::State_Selected;
    const bool isCurrent = m_table->currentIndex().row() == index.row();
    painter->save();
    const QColor ground = isSelected ? tokens.selection
                                     : (m_table->hoveredRow() == index.row() ? tokens.hover : tokens.surface);
    painter->fillRect(option.rect, ground);
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), tokens.grid);
    const bool isFirst = m_table->columnViewportPosition(index.column()) <= 0;
    if (isFirst && isCurrent && m_table->isPaneOpen())
        painter->fillRect(QRect(option.rect.left(), option.rect.top(), BAR, option.rect.height()),
                          tokens.accent);

    const QVariant check = index.data(Qt::CheckStateRole);
    if (check.isValid())
        paintCheckBox(*painter, m_theme, option.rect, static_cast<Qt::CheckState>(check.toInt()));
    else
        paintContent(*painter, option.rect.adjusted(isFirst ? EDGE : PADDING, 0, -PADDING, -1), index);

    // The row's ring is drawn cell by cell: a line above and below, its ends at the outer cells.
    if (isCurrent && m_table->hasFocus() && (option.state & QStyle::State_KeyboardFocusChange)) {
        const QRect box = option.rect;
        painter->fillRect(QRect(box.left(), box.top(), box.width(), 2), tokens.focus);
        painter->fillRect(QRect(box.left(), box.bottom() - 1, box.width(), 2), tokens.focus);
        if (isFirst)
            painter->fillRect(QRect(box.left(), box.top(), 2, box.height()), tokens.focus);
        if (box.right() >= m_table->viewport()->width() - 1)
            painter->fillRect(QRect(box.right() - 1, box.top(), 2, box.height()), tokens.focus);
    }
    painter->restore();
}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    return {QStyledItemDelegate::sizeHint(option, index).width(), m_table->rowHeight(index.row())};
}

void CellDelegate::paintContent(QPainter &painter, const QRect &area, const QModelIndex &index) const
{
    paintLines(painter, area, index);
}

void CellDelegate::paintLines(QPainter &painter, const QRect &area, const QModelIndex &index) const
{
    const QString second = index.data(SecondLine).toString();
    const bool isFigure = index.data(IsFigure).toBool();
    const auto draw = [&](const QRect &line, const QString &text, QFont font, int ink) {
        painter.setPen(m_theme.tokens().*inkRole(ink));
        if (isFigure) {
            drawTabular(painter, line, text, font, Qt::AlignRight | Qt::AlignVCenter);
            return;
        }
        painter.setFont(font);
        painter.drawText(line, Qt::AlignVCenter | Qt::AlignLeading | Qt::TextSingleLine,
                         QFontMetrics(font).elidedText(text, Qt::ElideRight, line.width()));
    };
    QFont first = m_theme.font(index.data(IsMono).toBool() ? TextStyle::Mono : TextStyle::Body);
    if (index.data(IsStrong).toBool())
        first.setWeight(QFont::Medium);
    const QString text = index.data(Qt::DisplayRole).toString();
    if (second.isEmpty()) {
        draw(area, text, first, index.data(Ink).toInt());
        return;
    }
    QFont small = m_theme.font(index.data(SecondMono).toBool() ? TextStyle::Mono : TextStyle::Caption);
    small.setPixelSize(m_theme.font(TextStyle::Caption).pixelSize());
    const int top = QFontMetrics(first).height();
    const int bottom = QFontMetrics(small).height();
    const int start = area.top() + (area.height() - top - bottom) / 2;
    draw(QRect(area.left(), start, area.width(), top), text, first, index.data(Ink).toInt());
    const QVariant ink = index.data(SecondInk);
    draw(QRect(area.left(), start + top, area.width(), bottom), second, small,
         ink.isValid() ? ink.toInt() : Text3);
}

} // namespace Ui
