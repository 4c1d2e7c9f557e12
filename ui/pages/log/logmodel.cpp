#include "ui/pages/log/logmodel.h"

#include <algorithm>
#include <array>

#include <QDateTime>

#include "ui/text/format.h"
#include "ui/widgets/celldelegate.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

QString levelText(LogLevel level)
{
    const std::array names = {LogModel::tr("Debug"), LogModel::tr("Info"), LogModel::tr("Warning"),
                              LogModel::tr("Error")};
    return names[static_cast<std::size_t>(level)];
}

LogModel::LogModel(Control &control, QObject *parent)
    : QAbstractTableModel(parent)
    , m_control(control)
{
    connect(&control, &Control::logAppended, this, &LogModel::take);
}

void LogModel::reload()
{
    LogQuery query;
    query.limit = MOST_LINES;
    m_control.records().log(query, {this, [this](Result<LogPage> page) {
                                        if (!page)
                                            return;
                                        m_all.assign(page->lines.begin(), page->lines.end());
                                        noteCategories(page->lines);
                                        filter();
                                    }});
}

void LogModel::setLevel(LogLevel level)
{
    m_level = level;
    filter();
}

void LogModel::setCategory(const QString &category)
{
    m_category = category.toStdString();
    filter();
}

void LogModel::setSearch(const QString &search)
{
    m_search = search;
    filter();
}

bool LogModel::isFiltered() const
{
    return m_level != LogLevel::Debug || !m_category.empty() || !m_search.isEmpty();
}

bool LogModel::isWanted(const LogLine &line) const
{
    return line.level >= m_level && (m_category.empty() || line.category == m_category) &&
           (m_search.isEmpty() || QString::fromStdString(line.text).contains(m_search, Qt::CaseInsensitive));
}

void LogModel::filter()
{
    beginResetModel();
    m_shown.clear();
    std::copy_if(m_all.begin(), m_all.end(), std::back_inserter(m_shown),
                 [this](const LogLine &line) { return isWanted(line); });
    endResetModel();
}

void LogModel::noteCategories(const std::vector<LogLine> &lines)
{
    bool isNew = false;
    for (const LogLine &line : lines) {
        const QString category = QString::fromStdString(line.category);
        if (category.isEmpty() || m_categories.contains(category))
            continue;
        m_categories += category;
        isNew = true;
    }
    if (!isNew)
        return;
    m_categories.sort();
    Q_EMIT categoriesChanged();
}

void LogModel::take(const std::vector<LogLine> &lines)
{
    std::vector<LogLine> wanted;
    for (const LogLine &line : lines) {
        // The first page may hold what is told here once more.
        if (!m_all.empty() && line.number <= m_all.back().number)
            continue;
        m_all.push_back(line);
        if (isWanted(line))
            wanted.push_back(line);
    }
    noteCategories(lines);
    while (m_all.size() > MOST_LINES)
        m_all.pop_front();
    if (!wanted.empty()) {
        const int first = rowCount();
        beginInsertRows({}, first, first + static_cast<int>(wanted.size()) - 1);
        m_shown.insert(m_shown.end(), wanted.begin(), wanted.end());
        endInsertRows();
    }
    if (m_shown.size() > MOST_LINES) {
        const auto gone = static_cast<int>(m_shown.size() - MOST_LINES);
        beginRemoveRows({}, 0, gone - 1);
        m_shown.erase(m_shown.begin(), m_shown.begin() + gone);
        endRemoveRows();
    }
}

QString LogModel::lineText(int row) const
{
    const LogLine &line = m_shown[static_cast<std::size_t>(row)];
    return u"%1 %2 %3 %4"_s.arg(QDateTime::fromMSecsSinceEpoch(line.timeMs).toString(Qt::ISODateWithMs),
                                QLatin1String(logLevelName(line.level).data()),
                                QString::fromStdString(line.category), QString::fromStdString(line.text));
}

int LogModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int LogModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : Columns;
}

QVariant LogModel::data(const QModelIndex &index, int role) const
{
    if (index.row() < 0 || index.row() >= rowCount())
        return {};
    const LogLine &line = m_shown[static_cast<std::size_t>(index.row())];
    const bool isLoud = line.level >= LogLevel::Warning;
    switch (role) {
    case Qt::DisplayRole:
        switch (index.column()) {
        case Time:
            return QDateTime::fromMSecsSinceEpoch(line.timeMs).toString(u"HH:mm:ss.zzz"_s);
        case Level:
            return levelText(line.level);
        case Category:
            return QString::fromStdString(line.category);
        default:
            return QString::fromStdString(line.text);
        }
    case Qt::ToolTipRole:
        return index.column() == Text ? QVariant(QString::fromStdString(line.text)) : QVariant();
    case Qt::AccessibleTextRole:
        return u"%1, %2"_s.arg(levelText(line.level), QString::fromStdString(line.text));
    case CellDelegate::Ink:
        if (index.column() == Time || index.column() == Category)
            return CellDelegate::Text3;
        if (line.level == LogLevel::Debug)
            return CellDelegate::Text3;
        return isLoud ? (line.level == LogLevel::Error ? CellDelegate::BadText : CellDelegate::WarnText)
                      : CellDelegate::Text;
    case CellDelegate::IsStrong:
        return index.column() == Level && isLoud;
    default:
        return {};
    }
}

QVariant LogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 || section >= Columns)
        return {};
    const std::array names = {tr("Time"), tr("Level"), tr("Category"), tr("Text")};
    return names[static_cast<std::size_t>(section)];
}

} // namespace Ui
