#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <unordered_map>

#include "gateway/common/keyrow.h"

namespace Gateway {

/// Which key serves which conversation, so that what Google cached of it is met again. Holds a bounded
/// number; the one unused for longest goes first.
class AffinityMap
{
public:
    static constexpr std::size_t MOST = 50'000;
    static constexpr std::int64_t IDLE_MS = 3'600'000;

    /// The conversation's key, 0 when none is known or it was idle for too long. `monoMs`: monotonic.
    KeyId find(std::uint64_t conversation, std::int64_t monoMs);
    void remember(std::uint64_t conversation, KeyId key, std::int64_t monoMs);
    std::size_t size() const { return m_entries.size(); }

private:
    struct Entry
    {
        std::uint64_t conversation = 0;
        KeyId key = 0;
        std::int64_t lastMs = 0;
    };

    std::list<Entry> m_entries; ///< The one used last comes first.
    std::unordered_map<std::uint64_t, std::list<Entry>::iterator> m_byConversation;
};

} // namespace Gateway
