#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/pool/keypool.h"
#include "tests/support/fakeclock.h"

namespace Gateway {

inline KeyRow rowOf(KeyId id, KeyState state = KeyState::Usable)
{
    KeyRow row;
    row.id = id;
    row.secret = Secret("test-key-number-" + std::to_string(id));
    row.settings.label = "key " + std::to_string(id);
    row.state = state;
    return row;
}

inline Outcome outcomeOf(OutcomeKind kind, std::int64_t restMs = 0)
{
    return {kind, restMs, "SOME_REASON", "Some text."};
}

/// A pool on a fake clock with the usable keys 1…n. Its journal keeps every change, and settles it at once
/// unless told to wait.
struct PoolFixture
{
    explicit PoolFixture(int keys, PoolOptions options = {})
        : pool(clock, options, [this](std::vector<KeyChange> batch) { take(std::move(batch)); })
    {
        std::vector<KeyRow> rows;
        for (KeyId id = 1; id <= keys; ++id)
            rows.push_back(rowOf(id));
        pool.load(std::move(rows));
    }

    void take(std::vector<KeyChange> batch)
    {
        for (KeyChange &change : batch) {
            const std::uint64_t ticket = change.ticket;
            changes.push_back(std::move(change));
            if (settlesAtOnce)
                pool.settled(std::vector{ticket});
        }
    }

    tl::expected<Lease, Refusal> acquire(std::string_view model = "m", std::vector<KeyId> tried = {},
                                         KeyId owner = 0)
    {
        return pool.acquire({model, tried, owner});
    }

    /// One whole call: the key that served, or 0 when none was lent.
    KeyId call(OutcomeKind kind, std::string_view model = "m", std::int64_t restMs = 0)
    {
        tl::expected<Lease, Refusal> lease = acquire(model);
        if (!lease)
            return 0;
        const KeyId key = lease->key;
        pool.report(std::move(*lease), outcomeOf(kind, restMs));
        return key;
    }

    KeyRow row(KeyId id) const
    {
        for (KeyRow &candidate : pool.snapshot()) {
            if (candidate.id == id)
                return std::move(candidate);
        }
        return {};
    }

    FakeClock clock;
    bool settlesAtOnce = true;
    std::vector<KeyChange> changes;
    KeyPool pool;
};

} // namespace Gateway
