#include "ui/pages/keys/keymodel.h"

#include <algorithm>
#include <set>
#include <utility>

#include <QDateTime>
#include <QItemSelectionModel>
#include <QTimer>

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int SHORTEST_PAUSE_MS = 250; ///< A table changes at most four times a second.
constexpr int LONGEST_PAUSE_MS = 5'000;
constexpr int KEYS_PER_MS = 20;

} // namespace

KeyModel::KeyModel(Control &control, QObject *parent)
    : QAbstractTableModel(parent)
    , m_control(control)
    , m_histories(control)
    , m_pause(new QTimer(this))
{
    m_pause->setSingleShot(true);
    connect(m_pause, &QTimer::timeout, this, &KeyModel::ask);
    connect(&control, &Control::keysChanged, this, &KeyModel::want);
    connect(&m_histories, &KeyHistories::sumCame, this, &KeyModel::takeSum);
    connect(&m_histories, &KeyHistories::cellsCame, this, [this](const std::vector<KeyId> &ids) {
        Items items;
        for (const KeyId id : ids) {
            if (const auto found = m_byId.find(id); found != m_byId.end())
                items.push_back(found->second);
        }
        tellChanged(items, Day, History);
        Q_EMIT keysTouched(ids);
    });
    connect(&m_histories, &KeyHistories::sumsDone, this, [this] {
        if (m_sortColumn == Day || m_sortColumn == History) {
            order();
            show(filtered());
        }
    });
    reload();
}

KeyModel::~KeyModel() = default;

int KeyModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int KeyModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : Columns;
}

Qt::ItemFlags KeyModel::flags(const QModelIndex &index) const
{
    return index.isValid() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren
                           : Qt::ItemFlags();
}

void KeyModel::reload()
{
    want({});
}

void KeyModel::want(const std::vector<KeyId> &ids)
{
    m_wantsAll = m_wantsAll || ids.empty();
    m_wanted.insert(ids.begin(), ids.end());
    if (!m_isAsking && !m_pause->isActive())
        ask();
}

void KeyModel::ask()
{
    if (m_isAsking || (!m_wantsAll && m_wanted.empty()))
        return;
    m_isAsking = true;
    KeyQuery query;
    if (!m_wantsAll && m_isLoaded)
        query.ids.assign(m_wanted.begin(), m_wanted.end());
    m_wantsAll = false;
    m_wanted.clear();
    m_control.keys().list(query, {this, [this, asked = query.ids](Result<KeyInfoPage> page) {
                                      if (page && asked.empty())
                                          takeAll(std::move(page->keys));
                                      else if (page)
                                          takeSome(asked, std::move(page->keys));
                                      m_failure =
                                          page ? QString() : QString::fromStdString(page.error().text);
                                      if (!page)
                                          Q_EMIT loadFailed(page.error());
                                      finishAsking();
                                  }});
}

void KeyModel::finishAsking()
{
    m_isAsking = false;
    m_pause->start(std::clamp(total() / KEYS_PER_MS, SHORTEST_PAUSE_MS, LONGEST_PAUSE_MS));
}

bool KeyModel::takeOne(KeyInfo key, Items &changed)
{
    key.models.clear();
    const auto found = m_byId.find(key.id);
    if (found != m_byId.end()) {
        found->second->isSeen = true;
        if (found->second->take(std::move(key)))
            changed.push_back(found->second);
        return false;
    }
    m_items.push_back(std::make_unique<KeyItem>(std::move(key)));
    KeyItem *item = m_items.back().get();
    m_byId.emplace(item->key.id, item);
    changed.push_back(item);
    return true;
}

void KeyModel::takeAll(std::vector<KeyInfo> keys)
{
    for (const auto &item : m_items)
        item->isSeen = false;
    const std::size_t before = m_items.size();
    Items changed;
    for (KeyInfo &key : keys)
        takeOne(std::move(key), changed);
    m_isLoaded = true;
    mixIn(before);
    settle(changed);
    sumIfSorted();
}

void KeyModel::takeSome(const std::vector<KeyId> &asked, std::vector<KeyInfo> keys)
{
    for (const KeyId id : asked) {
        if (const auto found = m_byId.find(id); found != m_byId.end())
            found->second->isSeen = false;
    }
    const std::size_t before = m_items.size();
    Items changed;
    for (KeyInfo &key : keys)
        takeOne(std::move(key), changed);
    mixIn(before);
    settle(changed);
}

/// Lets go of keys that are no more, and tells the table and others what is new.
void KeyModel::settle(const Items &changed)
{
    std::vector<KeyId> touched;
    for (const KeyItem *item : changed)
        touched.push_back(item->key.id);
    const auto kept =
        std::stable_partition(m_items.begin(), m_items.end(), [](const auto &item) { return item->isSeen; });
    for (auto gone = kept; gone != m_items.end(); ++gone) {
        touched.push_back((*gone)->key.id);
        m_byId.erase((*gone)->key.id);
        m_histories.forget((*gone)->key.id);
        m_gone.push_back(std::move(*gone));
    }
    m_items.erase(kept, m_items.end());
    show(filtered());
    m_gone.clear();
    tellChanged(changed, 0, Columns - 1);
    recount();
    Q_EMIT countsChanged();
    if (!touched.empty())
        Q_EMIT keysTouched(touched);
}

void KeyModel::recount()
{
    m_counts = {};
    for (const auto &item : m_items)
        ++m_counts[static_cast<std::size_t>(item->key.status)];
}

void KeyModel::takeSum(KeyId id, qint64 calls, qint64 failed)
{
    const auto found = m_byId.find(id);
    if (found == m_byId.end())
        return;
    found->second->dayCalls = calls;
    found->second->dayFailed = failed;
}

void KeyModel::sumIfSorted()
{
    if ((m_sortColumn != Day && m_sortColumn != History) || total() > MOST_SUMMED)
        return;
    std::vector<KeyId> ids;
    for (const auto &item : m_items) {
        if (item->dayCalls < 0)
            ids.push_back(item->key.id);
    }
    if (!ids.empty())
        m_histories.sum(std::move(ids));
}

const KeyInfo *KeyModel::keyAt(int row) const
{
    return row >= 0 && row < rowCount() ? &m_shown[static_cast<std::size_t>(row)]->key : nullptr;
}

const KeyInfo *KeyModel::find(KeyId id) const
{
    const auto found = m_byId.find(id);
    return found == m_byId.end() ? nullptr : &found->second->key;
}

int KeyModel::rowOf(KeyId id) const
{
    const auto found = m_byId.find(id);
    return found == m_byId.end() ? -1 : found->second->row;
}

QString KeyModel::nameOf(KeyId id) const
{
    const auto found = m_byId.find(id);
    return found == m_byId.end() ? QString() : found->second->name();
}

QStringList KeyModel::projects() const
{
    std::set<std::string> names;
    for (const auto &item : m_items) {
        if (!item->key.settings.project.empty())
            names.insert(item->key.settings.project);
    }
    QStringList texts;
    for (const std::string &name : names)
        texts += QString::fromStdString(name);
    return texts;
}

QStringList KeyModel::tags() const
{
    std::set<std::string> names;
    for (const auto &item : m_items)
        names.insert(item->key.settings.tags.begin(), item->key.settings.tags.end());
    QStringList texts;
    for (const std::string &name : names)
        texts += QString::fromStdString(name);
    return texts;
}

void KeyModel::setSelection(const QItemSelectionModel *selection)
{
    m_selection = selection;
    connect(selection, &QItemSelectionModel::selectionChanged, this, &KeyModel::followSelection);
    for (auto changed : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(this, changed, this, &KeyModel::followSelection);
    connect(this, &QAbstractItemModel::modelReset, this, &KeyModel::followSelection);
}

/// Counts ranges and no rows, for all of very many may be selected.
void KeyModel::followSelection()
{
    int selected = 0;
    for (const QItemSelectionRange &range : m_selection->selection())
        selected += range.height();
    const Qt::CheckState state =
        selected == 0 ? Qt::Unchecked : (selected < rowCount() ? Qt::PartiallyChecked : Qt::Checked);
    if (state == std::exchange(m_allChecked, state))
        return;
    Q_EMIT headerDataChanged(Qt::Horizontal, Box, Box);
}

void KeyModel::look(int first, int last)
{
    std::vector<KeyId> ids;
    for (int row = std::max(first, 0); row <= std::min(last, rowCount() - 1); ++row)
        ids.push_back(keyAt(row)->id);
    m_histories.look(ids);
}

void KeyModel::tick(int first, int last)
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    std::vector<KeyId> over;
    for (int row = std::max(first, 0); row <= std::min(last, rowCount() - 1); ++row) {
        const KeyInfo &key = *keyAt(row);
        if (key.status == KeyStatus::Resting) {
            Q_EMIT dataChanged(index(row, Status), index(row, Status));
            if (key.untilMs <= now)
                over.push_back(key.id);
        }
        Q_EMIT dataChanged(index(row, LastUsed), index(row, LastUsed));
    }
    if (!over.empty())
        want(over);
}

} // namespace Ui
