#include "ui/widgets/charttable.h"

#include <utility>

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QVBoxLayout>

#include "ui/text/format.h"
#include "ui/widgets/celldelegate.h"
#include "ui/widgets/tableview.h"

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr QSize SIZE{520, 480};
constexpr int ROW = 36;
constexpr int TIME_WIDTH = 130;
constexpr int VALUE_WIDTH = 96;

} // namespace

ChartTableModel::ChartTableModel(ChartData data, QObject *parent)
    : QAbstractTableModel(parent)
    , m_data(std::move(data))
{
}

int ChartTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_data.starts.size());
}

int ChartTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_data.series.size()) + 1;
}

QVariant ChartTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    if (role == CellDelegate::IsFigure)
        return index.column() > 0;
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    const auto span = m_data.starts.size() - 1 - static_cast<std::size_t>(index.row());
    if (index.column() == 0)
        return momentText(m_data.starts[span], m_data.starts.back());
    const ChartData::Series &series = m_data.series[static_cast<std::size_t>(index.column()) - 1];
    const double value = span < series.values.size() ? series.values[span] : -1;
    return value < 0 ? u"–"_s : m_data.text(value);
}

QVariant ChartTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && section > 0)
        return QVariant(Qt::AlignTrailing | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    return section == 0 ? tr("Time") : m_data.series[static_cast<std::size_t>(section) - 1].name;
}

QString ChartTableModel::text() const
{
    QString text;
    for (int row = -1; row < rowCount(); ++row) {
        for (int column = 0; column < columnCount(); ++column) {
            text += column > 0 ? u"\t"_s : QString();
            text += row < 0 ? headerData(column, Qt::Horizontal, Qt::DisplayRole).toString()
                            : index(row, column).data().toString();
        }
        text += u'\n';
    }
    return text;
}

ChartTable::ChartTable(const Theme &theme, const QString &title, ChartData figures, QWidget *parent)
    : Dialog(theme, title, parent)
{
    resize(SIZE);
    auto *model = new ChartTableModel(std::move(figures), this);
    auto *table = new TableView(theme, title, ROW);
    table->setModel(model);
    table->setItemDelegate(new CellDelegate(theme, table));
    std::vector<int> widths(static_cast<std::size_t>(model->columnCount()), VALUE_WIDTH);
    widths.front() = TIME_WIDTH;
    table->setColumnWidths(widths, 0, TIME_WIDTH);
    table->setSortingEnabled(false);
    body()->addWidget(table, 1);
    connect(addButton(Button::Kind::Secondary, tr("Copy")), &QAbstractButton::clicked, this,
            [model] { QApplication::clipboard()->setText(model->text()); });
    Button *close = addButton(Button::Kind::Primary, tr("Close"));
    close->setDefault(true);
    connect(close, &QAbstractButton::clicked, this, &QDialog::accept);
    table->setFocus();
}

void offerChartTable(const Theme &theme, QWidget *chart, const QString &title,
                     std::function<ChartData()> data)
{
    auto *action = new QAction(ChartTable::tr("Show as a table"), chart);
    action->setShortcut(Qt::CTRL | Qt::Key_T);
    chart->addAction(action);
    chart->setContextMenuPolicy(Qt::ActionsContextMenu);
    QObject::connect(action, &QAction::triggered, chart, [&theme, chart, title, data = std::move(data)] {
        (new ChartTable(theme, title, data(), chart->window()))->open();
    });
}

} // namespace Ui
