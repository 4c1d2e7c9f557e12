#include "ui/pages/keys/keyhistories.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include <QDateTime>

using namespace Gateway;

namespace Ui {

namespace {

constexpr std::int64_t FRESH_MS = 3LL * 60 * 1000;
constexpr std::size_t MOST_KEYS = 1'000; ///< That the control takes at once.
constexpr std::int64_t DAY_MS = KeyHistories::SPAN_MS * KeyHistories::CELLS;

std::int64_t total(const std::vector<std::int64_t> &counts)
{
    return std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
}

} // namespace

KeyHistories::KeyHistories(Control &control, QObject *parent)
    : QObject(parent)
    , m_control(control)
{
}

const std::vector<StripCell> *KeyHistories::cells(KeyId id) const
{
    const auto found = m_entries.find(id);
    return found == m_entries.end() || found->second.cells.empty() ? nullptr : &found->second.cells;
}

std::int64_t KeyHistories::fromMs(KeyId id) const
{
    const auto found = m_entries.find(id);
    return found == m_entries.end() ? 0 : found->second.fromMs;
}

void KeyHistories::look(const std::vector<KeyId> &ids)
{
    const std::int64_t now = QDateTime::currentMSecsSinceEpoch();
    std::vector<KeyId> wanted;
    for (const KeyId id : ids) {
        Entry &entry = m_entries[id];
        if (now - entry.askedMs < FRESH_MS || wanted.size() == MOST_KEYS)
            continue;
        entry.askedMs = now;
        wanted.push_back(id);
    }
    if (wanted.empty())
        return;
    m_control.keys().history(wanted, SPAN_MS, CELLS,
                             {this, [this, wanted](Result<std::vector<KeyHistory>> histories) {
                                  if (histories) {
                                      take(*histories);
                                      return;
                                  }
                                  // To be asked for again when they are next looked at.
                                  for (const KeyId id : wanted)
                                      m_entries.erase(id);
                              }});
}

void KeyHistories::take(const std::vector<KeyHistory> &histories)
{
    std::vector<KeyId> came;
    for (const KeyHistory &history : histories) {
        Entry &entry = m_entries[history.id];
        entry.fromMs = history.fromMs;
        entry.cells.clear();
        for (std::size_t i = 0; i < std::min(history.calls.size(), history.failed.size()); ++i)
            entry.cells.push_back({static_cast<int>(history.calls[i]), static_cast<int>(history.failed[i])});
        came.push_back(history.id);
        Q_EMIT sumCame(history.id, total(history.calls), total(history.failed));
    }
    Q_EMIT cellsCame(came);
}

void KeyHistories::sum(std::vector<KeyId> ids)
{
    m_unsummed = std::move(ids);
    if (!m_isSumming)
        sumNext();
}

void KeyHistories::sumNext()
{
    m_isSumming = !m_unsummed.empty();
    if (!m_isSumming) {
        Q_EMIT sumsDone();
        return;
    }
    const std::size_t count = std::min(m_unsummed.size(), MOST_KEYS);
    std::vector<KeyId> part(m_unsummed.end() - static_cast<std::ptrdiff_t>(count), m_unsummed.end());
    m_unsummed.resize(m_unsummed.size() - count);
    m_control.keys().history(std::move(part), DAY_MS, 1,
                             {this, [this](Result<std::vector<KeyHistory>> histories) {
                                  if (!histories)
                                      m_unsummed.clear();
                                  else
                                      for (const KeyHistory &history : *histories)
                                          Q_EMIT sumCame(history.id, total(history.calls),
                                                         total(history.failed));
                                  sumNext();
                              }});
}

void KeyHistories::forget(KeyId id)
{
    m_entries.erase(id);
}

} // namespace Ui
