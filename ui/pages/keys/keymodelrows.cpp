// Which rows the table has and in which order: the second part of KeyModel.
#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

#include "ui/pages/keys/keymodel.h"

using namespace Gateway;

namespace Ui {

namespace {

/// Above so many separate changes a table is quicker made anew.
constexpr int MOST_RANGES = 32;

double fullest(const KeyInfo &key)
{
    return std::max(key.minuteShare, key.dayShare);
}

/// Below, at and above 0 as in strcmp().
template <typename T>
int compared(const T &left, const T &right)
{
    return left < right ? -1 : (right < left ? 1 : 0);
}

int comparedIn(int column, bool hasSums, const KeyItem &left, const KeyItem &right)
{
    const KeyInfo &a = left.key;
    const KeyInfo &b = right.key;
    switch (column) {
    case KeyModel::Status:
        return compared(std::tuple(a.status, a.untilMs), std::tuple(b.status, b.untilMs));
    case KeyModel::Key:
        return left.order.compare(right.order);
    case KeyModel::Project:
        return a.settings.project.compare(b.settings.project);
    case KeyModel::Quota:
        return compared(fullest(a), fullest(b));
    case KeyModel::Day: // where the day is not asked for, all they ever had
        return hasSums ? compared(std::pair(left.dayCalls, a.calls), std::pair(right.dayCalls, b.calls))
                       : compared(a.calls, b.calls);
    case KeyModel::History:
        return hasSums ? compared(std::pair(left.dayFailed, a.failedCalls),
                                  std::pair(right.dayFailed, b.failedCalls))
                       : compared(a.failedCalls, b.failedCalls);
    case KeyModel::LastUsed:
        return compared(a.lastUsedMs, b.lastUsedMs);
    case KeyModel::LastError:
        return compared(a.lastErrorMs, b.lastErrorMs);
    default:
        return 0;
    }
}

} // namespace

bool KeyModel::isBefore(const KeyItem &left, const KeyItem &right) const
{
    const int sign = comparedIn(m_sortColumn, total() <= MOST_SUMMED, left, right);
    if (sign != 0)
        return m_sortOrder == Qt::AscendingOrder ? sign < 0 : sign > 0;
    return left.key.id < right.key.id;
}

void KeyModel::order()
{
    std::sort(m_items.begin(), m_items.end(),
              [this](const auto &left, const auto &right) { return isBefore(*left, *right); });
}

void KeyModel::mixIn(std::size_t from)
{
    const auto middle = m_items.begin() + static_cast<std::ptrdiff_t>(from);
    const auto before = [this](const auto &left, const auto &right) { return isBefore(*left, *right); };
    std::sort(middle, m_items.end(), before);
    std::inplace_merge(m_items.begin(), middle, m_items.end(), before);
}

void KeyModel::sort(int column, Qt::SortOrder order)
{
    m_sortColumn = column;
    m_sortOrder = order;
    this->order();
    show(filtered());
    sumIfSorted();
}

void KeyModel::setFilter(const KeyFilter &filter)
{
    if (filter == m_filter)
        return;
    m_filter = filter;
    show(filtered());
}

KeyModel::Items KeyModel::filtered() const
{
    const KeyMatcher matcher(m_filter);
    Items found;
    for (const auto &item : m_items) {
        if (matcher.matches(*item))
            found.push_back(item.get());
    }
    return found;
}

void KeyModel::show(Items next)
{
    if (next == m_shown)
        return;
    for (std::size_t i = 0; i < next.size(); ++i)
        next[i]->next = static_cast<int>(i);
    int ranges = 0;
    for (std::size_t i = 0; i < m_shown.size(); ++i)
        ranges += m_shown[i]->next < 0 && (i == 0 || m_shown[i - 1]->next >= 0) ? 1 : 0;
    for (std::size_t i = 0; i < next.size(); ++i)
        ranges += next[i]->row < 0 && (i == 0 || next[i - 1]->row >= 0) ? 1 : 0;
    if (ranges > MOST_RANGES) {
        beginResetModel();
        for (KeyItem *item : m_shown)
            item->row = -1;
        m_shown = next;
        number();
        endResetModel();
    } else {
        removeLeft();
        reorder(next);
        insertNew(next);
    }
    for (KeyItem *item : next)
        item->next = -1;
}

void KeyModel::number()
{
    for (std::size_t i = 0; i < m_shown.size(); ++i)
        m_shown[i]->row = static_cast<int>(i);
}

void KeyModel::removeLeft()
{
    for (int end = rowCount(); end > 0;) {
        int first = end;
        while (first > 0 && m_shown[static_cast<std::size_t>(first - 1)]->next < 0)
            --first;
        if (first == end) {
            --end;
            continue;
        }
        beginRemoveRows({}, first, end - 1);
        for (int row = first; row < end; ++row)
            m_shown[static_cast<std::size_t>(row)]->row = -1;
        m_shown.erase(m_shown.begin() + first, m_shown.begin() + end);
        number();
        endRemoveRows();
        end = first;
    }
}

void KeyModel::reorder(const Items &next)
{
    Items kept;
    std::copy_if(next.begin(), next.end(), std::back_inserter(kept),
                 [](const KeyItem *item) { return item->row >= 0; });
    if (kept == m_shown)
        return;
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    const Items before = std::exchange(m_shown, kept);
    number();
    const QModelIndexList from = persistentIndexList();
    QModelIndexList to;
    to.reserve(from.size());
    for (const QModelIndex &index : from)
        to += this->index(before[static_cast<std::size_t>(index.row())]->row, index.column());
    changePersistentIndexList(from, to);
    Q_EMIT layoutChanged({}, VerticalSortHint);
}

void KeyModel::insertNew(const Items &next)
{
    for (std::size_t first = 0; first < next.size(); ++first) {
        if (next[first]->row >= 0)
            continue;
        std::size_t end = first;
        while (end < next.size() && next[end]->row < 0)
            ++end;
        beginInsertRows({}, static_cast<int>(first), static_cast<int>(end - 1));
        m_shown.insert(m_shown.begin() + static_cast<std::ptrdiff_t>(first),
                       next.begin() + static_cast<std::ptrdiff_t>(first),
                       next.begin() + static_cast<std::ptrdiff_t>(end));
        number();
        endInsertRows();
        first = end - 1;
    }
}

/// Neighbouring rows are told together, and many rows as one stretch.
void KeyModel::tellChanged(const Items &changed, int firstColumn, int lastColumn)
{
    std::vector<int> rows;
    for (const KeyItem *item : changed) {
        if (item->row >= 0)
            rows.push_back(item->row);
    }
    if (rows.empty())
        return;
    std::sort(rows.begin(), rows.end());
    const auto tell = [&](int first, int last) {
        Q_EMIT dataChanged(index(first, firstColumn), index(last, lastColumn));
    };
    if (rows.size() > 4 * MOST_RANGES) {
        tell(rows.front(), rows.back());
        return;
    }
    int first = rows.front();
    int last = first;
    for (const int row : rows) {
        if (row > last + 1) {
            tell(first, last);
            first = row;
        }
        last = row;
    }
    tell(first, last);
}

} // namespace Ui
