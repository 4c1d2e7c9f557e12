#pragma once

#include <functional>

#include <QAbstractTableModel>

#include "ui/widgets/chartdata.h"
#include "ui/widgets/dialog.h"

namespace Ui {

/// The figures of a chart, the newest span first: a column for the time and one for each series.
class ChartTableModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ChartTableModel)

public:
    ChartTableModel(ChartData data, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// All of it with tabs between columns, as spreadsheets take it.
    QString text() const;

private:
    ChartData m_data;
};

/// A chart's figures as a table, to be read and copied.
class ChartTable final : public Dialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ChartTable)

public:
    ChartTable(const Theme &theme, const QString &title, ChartData figures, QWidget *parent);
};

/// Lets `chart` show its figures as a table: Ctrl+T while it is seen, and its context menu. `data` is asked
/// each time.
void offerChartTable(const Theme &theme, QWidget *chart, const QString &title,
                     std::function<ChartData()> data);

} // namespace Ui
