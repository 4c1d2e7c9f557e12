#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace Gateway {

/// Short texts by text, the most recently used ones within two bounds. Not thread-safe.
class LruCache
{
public:
    struct Entry
    {
        std::optional<std::string> value; ///< Nothing: known not to exist.
        std::int64_t expiresMs = 0;       ///< ms since 1970 UTC; 0: never.
    };

    /// `maxBytes` counts keys, values and 128 bytes for each entry.
    LruCache(std::size_t maxEntries, std::size_t maxBytes);

    /// Null when unknown or over at `nowMs`; else the entry, now the most recently used. Valid until the next
    /// call.
    const Entry *find(std::string_view key, std::int64_t nowMs);
    void put(std::string_view key, Entry entry);

    std::size_t size() const { return m_index.size(); }
    std::size_t bytes() const { return m_bytes; }

private:
    struct Node
    {
        std::string key;
        Entry entry;
    };
    using Nodes = std::list<Node>;

    static std::size_t sizeOf(const Node &node);
    void drop(Nodes::iterator node);

    const std::size_t m_maxEntries;
    const std::size_t m_maxBytes;
    std::size_t m_bytes = 0;
    Nodes m_nodes; ///< Most recently used first.
    std::unordered_map<std::string_view, Nodes::iterator> m_index;
};

} // namespace Gateway
