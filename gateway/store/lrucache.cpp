#include "gateway/store/lrucache.h"

namespace Gateway {

namespace {

/// What list, index and string headers need beside the texts.
constexpr std::size_t ENTRY_OVERHEAD = 128;

} // namespace

LruCache::LruCache(std::size_t maxEntries, std::size_t maxBytes)
    : m_maxEntries(maxEntries)
    , m_maxBytes(maxBytes)
{
}

const LruCache::Entry *LruCache::find(std::string_view key, std::int64_t nowMs)
{
    const auto found = m_index.find(key);
    if (found == m_index.end())
        return nullptr;
    const Nodes::iterator node = found->second;
    if (node->entry.expiresMs != 0 && node->entry.expiresMs <= nowMs) {
        drop(node);
        return nullptr;
    }
    m_nodes.splice(m_nodes.begin(), m_nodes, node);
    return &node->entry;
}

void LruCache::put(std::string_view key, Entry entry)
{
    if (const auto found = m_index.find(key); found != m_index.end())
        drop(found->second);
    m_nodes.push_front({std::string(key), std::move(entry)});
    m_index.emplace(m_nodes.front().key, m_nodes.begin());
    m_bytes += sizeOf(m_nodes.front());
    while (!m_nodes.empty() && (m_index.size() > m_maxEntries || m_bytes > m_maxBytes))
        drop(std::prev(m_nodes.end()));
}

std::size_t LruCache::sizeOf(const Node &node)
{
    return ENTRY_OVERHEAD + node.key.size() + (node.entry.value ? node.entry.value->size() : 0);
}

void LruCache::drop(Nodes::iterator node)
{
    m_bytes -= sizeOf(*node);
    m_index.erase(node->key);
    m_nodes.erase(node);
}

} // namespace Gateway
