#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "gateway/common/clock.h"
#include "gateway/common/keyrow.h"
#include "gateway/common/outcome.h"
#include "gateway/common/secret.h"

namespace Gateway {

/// The right to use one key for one attempt. Reported exactly once.
struct Lease
{
    KeyId key = 0;
    Secret secret;
    std::string model; ///< As acquired.
};

/// Why there is no key.
struct Refusal
{
    enum class Why : std::uint8_t {
        Exhausted,  ///< Every usable key was tried for this request.
        Resting,    ///< All usable keys rest for this model; `waitMs` to the first.
        NoneUsable, ///< Only sidelined or disabled keys, or none at all.
        Settling,   ///< A key's last change is not durable yet: ask again in a few ms.
    };
    Why why = Why::NoneUsable;
    std::int64_t waitMs = 0;
    int total = 0;
    int invalid = 0; ///< Sidelined.
    int resting = 0;
    int disabled = 0;
};

/// What to look for.
struct AcquireRequest
{
    std::string_view model;       ///< Without "models/"; empty when the call names none.
    std::span<const KeyId> tried; ///< Keys this request has had already.
    KeyId owner = 0;              ///< Not 0: only this key will do.
};

struct PoolOptions
{
    int maxFailures = 3; ///< Unclear failures in a row until a key is sidelined.
};

/// The keys and what each can do now. All functions may be called from any thread; acquiring and reporting
/// are O(log n) under one mutex, with no I/O inside.
class KeyPool
{
public:
    /// Receives every change of health, in order, outside the mutex; the pool lends a changed key again only
    /// after settled() has named the change's ticket.
    using Journal = std::function<void(std::vector<KeyChange>)>;

    KeyPool(const Clock &clock, PoolOptions options, Journal journal);
    ~KeyPool();

    /// Adds keys as the store has them; an id that is there already is replaced.
    void load(std::vector<KeyRow> rows);
    void remove(KeyId key);
    void setOptions(PoolOptions options);

    /// The next key in turn that is usable for the model and was not tried.
    tl::expected<Lease, Refusal> acquire(const AcquireRequest &request);

    /// What came of a lease; takes it.
    void report(Lease lease, const Outcome &outcome);

    /// The changes with these tickets are durable (or can never be: the store said so in the log).
    void settled(std::span<const std::uint64_t> tickets);

    /// Puts a sidelined key back (a check succeeded), or a user's order.
    void revive(KeyId key);

    /// Numbers of this moment for health answers: as in a Refusal for any model.
    Refusal counts() const;

    /// Sidelined keys, for the background check; at most `limit`.
    std::vector<Lease> sidelined(int limit) const;

    /// Counters gathered since the last call.
    std::vector<KeyCounters> takeCounters();

    /// All keys as they stand, for the control facade: O(n).
    std::vector<KeyRow> snapshot() const;

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace Gateway
