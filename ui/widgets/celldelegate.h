#pragma once

#include <QStyledItemDelegate>

#include "ui/theme.h"

namespace Ui {

class TableView;

/// Paints a cell's ground (selection, hover, line below, bar of an open pane) and its text. Sub-classes paint
/// what lies on it. A model says how by these roles beside the usual ones:
class CellDelegate : public QStyledItemDelegate
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CellDelegate)

public:
    enum DataRole : int {
        SecondLine = Qt::UserRole + 100, ///< QString below the first line, small.
        Ink,                             ///< int(InkOf): of the first line.
        SecondInk,                       ///< int(InkOf): of the second line.
        IsFigure,                        ///< bool: right, with tabular digits.
        IsMono,                          ///< bool: first line in the fixed font.
        SecondMono,                      ///< bool: second line in the fixed font.
        IsStrong,                        ///< bool: first line medium weight.
    };
    enum InkOf : int { Text, Text2, Text3, OkText, WarnText, BadText, IdleText, AccentText };

    CellDelegate(const Theme &theme, TableView *table);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const final;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

protected:
    /// What lies on the ground; `area` is the cell without its padding of 12 at both sides.
    virtual void paintContent(QPainter &painter, const QRect &area, const QModelIndex &index) const;

    const Theme &theme() const { return m_theme; }
    TableView *table() const { return m_table; }
    /// First and second line, or one line in the middle.
    void paintLines(QPainter &painter, const QRect &area, const QModelIndex &index) const;

private:
    const Theme &m_theme;
    TableView *m_table;
};

/// The colour role for CellDelegate::InkOf.
Role inkRole(int ink);

} // namespace Ui
