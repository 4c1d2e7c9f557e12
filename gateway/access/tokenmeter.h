#pragma once

#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "gateway/access/tokencounters.h"
#include "gateway/common/clock.h"
#include "gateway/common/tokenrow.h"

namespace Gateway {

/// The counters of all named tokens. They belong to the token's id, so that an edited token goes on where it
/// was. Thread-safe.
class TokenMeter
{
public:
    /// `clock` must outlive this and what it gave out.
    explicit TokenMeter(const Clock &clock);

    /// What the store remembers, at start.
    void load(const std::vector<TokenUse> &uses);

    /// The token's counters; made when there are none.
    std::shared_ptr<TokenCounters> counters(TokenId id);

    /// What has changed since the last call, for the store.
    std::vector<TokenUse> takeChanges();

    /// All, for those who show it: O(tokens).
    std::vector<TokenUse> snapshot() const;

    const Clock &clock() const { return m_clock; }

private:
    std::vector<std::shared_ptr<TokenCounters>> all() const;

    const Clock &m_clock;
    mutable std::mutex m_mutex;
    std::unordered_map<TokenId, std::shared_ptr<TokenCounters>> m_counters;
};

} // namespace Gateway
