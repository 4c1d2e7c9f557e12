#pragma once

#include <vector>

#include <QTableView>

#include "ui/theme.h"

namespace Ui {

/// A table as all pages have it: no grid but lines between rows, hover, whole rows selected, a header that
/// sorts, columns that go by themselves when the room gets narrow. Rows are painted by CellDelegate and its
/// sub-classes.
class TableView final : public QTableView
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TableView)

public:
    /// `rowHeight` in logical pixels for the usual font: 36, or 48 with two lines. Larger fonts get higher
    /// rows.
    TableView(const Theme &theme, const QString &name, int rowHeight, QWidget *parent = nullptr);

    /// The row under the mouse, -1: none.
    int hoveredRow() const { return m_hovered; }

    /// Width of a column at the usual font; one column, `rest`, takes what is left but at least
    /// `restMinimum`.
    void setColumnWidths(const std::vector<int> &widths, int rest, int restMinimum);
    /// Columns that are left out when there is no room, the first first.
    void setDropOrder(const std::vector<int> &columns);
    /// Columns that the user does not want to see.
    void setHiddenByUser(const std::vector<int> &columns);

    /// Whether the current row has its pane open, and gets a bar at its left.
    void setPaneOpen(bool isOpen);
    bool isPaneOpen() const { return m_isPaneOpen; }

Q_SIGNALS:
    /// Enter or double click.
    void opened(const QModelIndex &index);
    /// The menu key or the right button; `position` is global.
    void menuRequested(const QPoint &position);

protected:
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void hover(int row);
    void layOutColumns();
    void retheme();

    const Theme &m_theme;
    int m_rowHeight;
    std::vector<int> m_widths;
    std::vector<int> m_dropOrder;
    std::vector<int> m_hiddenByUser;
    int m_rest = -1;
    int m_restMinimum = 0;
    int m_hovered = -1;
    bool m_isPaneOpen = false;
};

} // namespace Ui
