#include "gateway/pool/affinity.h"

namespace Gateway {

KeyId AffinityMap::find(std::uint64_t conversation, std::int64_t monoMs)
{
    const auto found = m_byConversation.find(conversation);
    if (found == m_byConversation.end() || found->second->lastMs + IDLE_MS <= monoMs)
        return 0;
    return found->second->key;
}

void AffinityMap::remember(std::uint64_t conversation, KeyId key, std::int64_t monoMs)
{
    const auto found = m_byConversation.find(conversation);
    if (found != m_byConversation.end()) {
        m_entries.splice(m_entries.begin(), m_entries, found->second);
    } else if (m_entries.size() < MOST) {
        m_entries.emplace_front();
    } else {
        m_byConversation.erase(m_entries.back().conversation);
        m_entries.splice(m_entries.begin(), m_entries, std::prev(m_entries.end()));
    }
    m_entries.front() = {conversation, key, monoMs};
    m_byConversation[conversation] = m_entries.begin();
    // Those idle for too long are let go, a few at a time.
    for (int step = 0; step < 2 && m_entries.back().lastMs + IDLE_MS <= monoMs; ++step) {
        m_byConversation.erase(m_entries.back().conversation);
        m_entries.pop_back();
    }
}

} // namespace Gateway
