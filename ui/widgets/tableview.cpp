#include "ui/widgets/tableview.h"

#include <algorithm>

#include <QHeaderView>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>

#include "ui/widgets/tableheader.h"

namespace Ui {

namespace {

bool contains(const std::vector<int> &columns, int column)
{
    return std::find(columns.begin(), columns.end(), column) != columns.end();
}

} // namespace

TableView::TableView(const Theme &theme, const QString &name, int rowHeight, QWidget *parent)
    : QTableView(parent)
    , m_theme(theme)
    , m_rowHeight(rowHeight)
{
    setAccessibleName(name);
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setMouseTracking(true);
    setTabKeyNavigation(false);
    setSortingEnabled(false);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setContextMenuPolicy(Qt::CustomContextMenu);
    setHorizontalHeader(new TableHeader(theme, this));
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    connect(this, &QWidget::customContextMenuRequested, this,
            [this](const QPoint &point) { Q_EMIT menuRequested(viewport()->mapToGlobal(point)); });
    connect(this, &QAbstractItemView::doubleClicked, this, &TableView::opened);
    connect(&theme, &Theme::changed, this, &TableView::retheme);
    retheme();
}

void TableView::retheme()
{
    const qreal scale = m_theme.font(TextStyle::Body).pixelSize() / 13.0;
    verticalHeader()->setMinimumSectionSize(1);
    verticalHeader()->setDefaultSectionSize(qRound(m_rowHeight * scale));
    layOutColumns();
    viewport()->update();
}

void TableView::setColumnWidths(const std::vector<int> &widths, int rest, int restMinimum)
{
    m_widths = widths;
    m_rest = rest;
    m_restMinimum = restMinimum;
    layOutColumns();
}

void TableView::setDropOrder(const std::vector<int> &columns)
{
    m_dropOrder = columns;
    layOutColumns();
}

void TableView::setHiddenByUser(const std::vector<int> &columns)
{
    m_hiddenByUser = columns;
    layOutColumns();
}

void TableView::setPaneOpen(bool isOpen)
{
    m_isPaneOpen = isOpen;
    viewport()->update();
}

void TableView::layOutColumns()
{
    const int count = static_cast<int>(m_widths.size());
    if (!model() || count == 0)
        return;
    const qreal scale = m_theme.font(TextStyle::Body).pixelSize() / 13.0;
    const auto widthOf = [&](int column) {
        return qRound((column == m_rest ? m_restMinimum : m_widths[static_cast<std::size_t>(column)]) *
                      scale);
    };
    std::vector<int> gone = m_hiddenByUser;
    int needed = 0;
    for (int column = 0; column < count; ++column)
        needed += contains(gone, column) ? 0 : widthOf(column);
    for (const int column : m_dropOrder) {
        if (needed <= viewport()->width())
            break;
        if (contains(gone, column))
            continue;
        gone.push_back(column);
        needed -= widthOf(column);
    }
    const int spare = std::max(0, viewport()->width() - needed);
    // Where the column that takes the rest was left out, the last one does.
    int taker = m_rest;
    for (int column = 0; column < count && contains(gone, m_rest); ++column) {
        if (!contains(gone, column))
            taker = column;
    }
    for (int column = 0; column < count; ++column) {
        setColumnHidden(column, contains(gone, column));
        setColumnWidth(column, widthOf(column) + (column == taker ? spare : 0));
    }
}

void TableView::hover(int row)
{
    if (row == m_hovered)
        return;
    const auto repaint = [this](int changed) {
        if (changed >= 0)
            viewport()->update(0, rowViewportPosition(changed), viewport()->width(), rowHeight(changed));
    };
    repaint(m_hovered);
    m_hovered = row;
    repaint(m_hovered);
}

void TableView::mouseMoveEvent(QMouseEvent *event)
{
    hover(rowAt(event->position().toPoint().y()));
    QTableView::mouseMoveEvent(event);
}

void TableView::leaveEvent(QEvent *event)
{
    hover(-1);
    QTableView::leaveEvent(event);
}

void TableView::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && currentIndex().isValid()) {
        Q_EMIT opened(currentIndex());
        return;
    }
    if (event->key() == Qt::Key_Menu && currentIndex().isValid()) {
        Q_EMIT menuRequested(viewport()->mapToGlobal(visualRect(currentIndex()).bottomLeft()));
        return;
    }
    if (event->matches(QKeySequence::MoveToStartOfLine) || event->matches(QKeySequence::MoveToEndOfLine)) {
        // Home and End go over rows: a row is one thing here.
        const bool isHome = event->matches(QKeySequence::MoveToStartOfLine);
        const int row = isHome ? 0 : model()->rowCount() - 1;
        setCurrentIndex(model()->index(row, std::max(0, currentIndex().column())));
        return;
    }
    QTableView::keyPressEvent(event);
}

void TableView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    layOutColumns();
}

} // namespace Ui
