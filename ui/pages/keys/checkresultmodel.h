#pragma once

#include <vector>

#include <QAbstractTableModel>

#include "gateway/control/control.h"

namespace Ui {

class KeyModel;

/// What Google said of each key, refused ones first.
class CheckResultModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CheckResultModel)

public:
    enum Column : int { Key, Verdict, Words, Time, Columns };
    enum DataRole : int { VerdictRole = Qt::UserRole + 1 };

    CheckResultModel(const KeyModel &keys, std::vector<Gateway::CheckResult> results, QObject *parent);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Row
    {
        QString name;
        Gateway::CheckResult result;
    };
    static QString words(const Gateway::CheckResult &result);

    std::vector<Row> m_rows;
};

} // namespace Ui
