#pragma once

#include <deque>

#include <QAbstractTableModel>
#include <QStringList>

#include "gateway/control/control.h"

namespace Ui {

/// The newest lines of the program's log that level, category and search let through, oldest first.
class LogModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LogModel)

public:
    enum Column : int { Time, Level, Category, Text, Columns };
    static constexpr std::size_t MOST_LINES = 20'000;

    explicit LogModel(Gateway::Control &control, QObject *parent = nullptr);

    /// This level and above.
    void setLevel(Gateway::LogLevel level);
    /// Empty: all.
    void setCategory(const QString &category);
    void setSearch(const QString &search);
    void reload();

    /// All that have been seen, sorted.
    const QStringList &categories() const { return m_categories; }
    /// A line as it is copied: time, level, category, text.
    QString lineText(int row) const;
    bool isFiltered() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    void categoriesChanged();

private:
    void take(const std::vector<Gateway::LogLine> &lines);
    bool isWanted(const Gateway::LogLine &line) const;
    void filter();
    void noteCategories(const std::vector<Gateway::LogLine> &lines);

    Gateway::Control &m_control;
    std::deque<Gateway::LogLine> m_all;
    std::deque<Gateway::LogLine> m_shown;
    QStringList m_categories;
    Gateway::LogLevel m_level = Gateway::LogLevel::Debug;
    std::string m_category;
    QString m_search;
};

QString levelText(Gateway::LogLevel level);

} // namespace Ui
