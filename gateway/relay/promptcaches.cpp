#include "gateway/relay/promptcaches.h"

#include <algorithm>
#include <utility>

namespace Gateway {

namespace {

constexpr std::int64_t MAKING_MS = 2 * 60'000; // longer than Google takes
constexpr std::int64_t FAILED_MS = 10 * 60'000;
constexpr std::int64_t MARGIN_MS = 5'000; // a request takes a while to get to Google

std::string placeOf(std::string_view print, KeyId key)
{
    return std::to_string(key) + ' ' + std::string(print);
}

std::string blockOf(std::string_view model, KeyId key)
{
    return std::to_string(key) + " model " + std::string(model);
}

} // namespace

PromptCaches::PromptCaches(const Clock &clock, std::size_t most)
    : m_clock(clock)
    , m_most(std::max<std::size_t>(most, 1))
{
}

std::optional<PromptCaches::Found> PromptCaches::find(std::span<const std::string> prints, KeyId key)
{
    const std::lock_guard lock(m_mutex);
    for (std::size_t i = 0; i < prints.size(); ++i) {
        Entry *entry = live(placeOf(prints[i], key));
        if (!entry || entry->name.empty())
            continue;
        const bool isOld = entry->endMs - m_clock.nowMs() < entry->ttlMs / 2;
        const bool mayExtend = isOld && !std::exchange(entry->isExtended, entry->isExtended || isOld);
        return Found{i, entry->name, entry->ttlMs, mayExtend};
    }
    return std::nullopt;
}

bool PromptCaches::claim(const std::string &print, KeyId key, std::string_view model)
{
    const std::lock_guard lock(m_mutex);
    std::string at = placeOf(print, key);
    if (live(at) || live(blockOf(model, key)))
        return false;
    putBlock(std::move(at), MAKING_MS);
    return true;
}

void PromptCaches::made(const std::string &print, KeyId key, std::string name, std::int64_t ttlMs,
                        std::int64_t endMs)
{
    const std::lock_guard lock(m_mutex);
    Entry &entry = put(placeOf(print, key));
    entry.name = std::move(name);
    entry.ttlMs = ttlMs;
    entry.endMs = endMs;
    entry.isExtended = false;
}

void PromptCaches::failed(const std::string &print, KeyId key, std::string_view model, bool isOfModel)
{
    const std::lock_guard lock(m_mutex);
    putBlock(placeOf(print, key), FAILED_MS);
    if (isOfModel)
        putBlock(blockOf(model, key), FAILED_MS);
}

void PromptCaches::extended(const std::string &print, KeyId key, std::int64_t endMs)
{
    const std::lock_guard lock(m_mutex);
    if (Entry *entry = live(placeOf(print, key)); entry && !entry->name.empty()) {
        entry->endMs = endMs;
        entry->isExtended = false;
    }
}

void PromptCaches::forget(const std::string &print, KeyId key)
{
    const std::lock_guard lock(m_mutex);
    const std::string at = placeOf(print, key);
    if (const auto found = m_index.find(at); found != m_index.end() && !found->second->name.empty()) {
        const Entries::iterator entry = found->second;
        m_index.erase(found);
        m_entries.erase(entry);
    }
}

void PromptCaches::block(KeyId key, std::string_view model)
{
    const std::lock_guard lock(m_mutex);
    putBlock(blockOf(model, key), FAILED_MS);
}

std::size_t PromptCaches::size() const
{
    const std::lock_guard lock(m_mutex);
    return m_entries.size();
}

PromptCaches::Entry *PromptCaches::live(const std::string &at)
{
    const auto found = m_index.find(at);
    if (found == m_index.end())
        return nullptr;
    const Entries::iterator entry = found->second;
    if (entry->endMs - MARGIN_MS > m_clock.nowMs()) {
        m_entries.splice(m_entries.begin(), m_entries, entry);
        return &*entry;
    }
    m_index.erase(found);
    m_entries.erase(entry);
    return nullptr;
}

PromptCaches::Entry &PromptCaches::put(std::string at)
{
    if (const auto found = m_index.find(at); found != m_index.end()) {
        m_entries.splice(m_entries.begin(), m_entries, found->second);
        return m_entries.front();
    }
    if (m_entries.size() == m_most) {
        m_index.erase(m_entries.back().at);
        m_entries.pop_back();
    }
    m_entries.push_front(Entry{std::move(at)});
    m_index.emplace(m_entries.front().at, m_entries.begin());
    return m_entries.front();
}

void PromptCaches::putBlock(std::string at, std::int64_t ms)
{
    Entry &entry = put(std::move(at));
    entry.name.clear();
    entry.endMs = m_clock.nowMs() + ms;
}

} // namespace Gateway
