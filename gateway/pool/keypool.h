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
#include "gateway/pool/lease.h"

namespace Gateway {

/// Why there is no key.
struct Refusal
{
    enum class Why : std::uint8_t {
        Exhausted,  ///< Every key that could serve was tried for this request.
        Resting,    ///< All usable keys rest for this model; `waitMs` to the first.
        NoneUsable, ///< Only sidelined or disabled keys, or none at all.
        Settling,   ///< A key's last change is not durable yet: ask again in a few ms.
    };
    Why why = Why::NoneUsable;
    std::int64_t waitMs = 0; ///< Until the first resting key returns; 0 when none rests.
    int total = 0;
    int invalid = 0; ///< Sidelined.
    int resting = 0; ///< Usable, but not now for this model.
    int disabled = 0;
};

/// What to look for.
struct AcquireRequest
{
    std::string_view model;       ///< Without "models/"; empty when the call names none.
    std::span<const KeyId> tried; ///< Keys this request has had already.
    KeyId owner = 0;              ///< Not 0: only this key will do.
    bool lastAttempt = false;     ///< No other attempt can follow: do not probe a resting key with this one.
};

struct PoolOptions
{
    int maxFailures = 3; ///< Unclear failures in a row until a key is sidelined; at least 1.
};

/// The keys and what each can do now. All functions may be called from any thread; acquiring and reporting
/// are O(log n) under one mutex, with no I/O inside.
class KeyPool
{
public:
    /// Receives every change of health outside the mutex, one call at a time and in the order of the tickets;
    /// it may call the pool. The pool lends a changed key again only after settled() has named every ticket
    /// of it. Without a journal changes count as durable at once.
    using Journal = std::function<void(std::vector<KeyChange>)>;

    /// `clock` must outlive the pool.
    KeyPool(const Clock &clock, PoolOptions options, Journal journal);
    ~KeyPool();
    KeyPool(const KeyPool &) = delete;
    KeyPool &operator=(const KeyPool &) = delete;

    /// Adds keys as the store has them; an id that is there already is replaced. Rests that are over are left
    /// out; rows with id 0 or without a secret are ignored.
    void load(std::vector<KeyRow> rows);
    void remove(KeyId key);
    void setOptions(PoolOptions options);

    /// The next key in turn that is usable for the model and was not tried.
    ///
    /// A key whose day quota is used up for the model rests until midnight Pacific, but once an hour it is
    /// lent as a probe: only for a request's first attempt and, while another key could serve, only if a
    /// second attempt may follow, so that a failing probe is never what the client sees.
    tl::expected<Lease, Refusal> acquire(const AcquireRequest &request);

    /// What came of a lease; takes it. Ignored for a lease that is not open in this pool. A Check that
    /// succeeds, or meets only a quota, puts the key back.
    void report(Lease lease, const Outcome &outcome);

    /// The changes with these tickets are durable (or can never be: the store said so in the log).
    void settled(std::span<const std::uint64_t> tickets);

    /// Puts a sidelined key back (a check succeeded), or a user's order. A disabled key stays disabled; rests
    /// stay.
    void revive(KeyId key);

    /// Numbers of this moment for health answers; `resting` counts the usable keys that rest for at least one
    /// model. `why` and `waitMs` say something only when no key at all can be used.
    Refusal counts() const;

    /// Sidelined keys, for the background check, at most `limit`; successive calls go round all of them. Each
    /// is lent with an empty model (the checker may set the one it asks) until it is reported or dropped.
    std::vector<Lease> sidelined(int limit);

    /// Counters gathered since the last call.
    std::vector<KeyCounters> takeCounters();

    /// All keys as they stand, for the control facade: O(n), in steps that let requests pass between.
    std::vector<KeyRow> snapshot() const;

    /// Leases that are neither reported nor dropped: 0 when nothing runs.
    int openLeases() const;

private:
    std::shared_ptr<PoolCore> m_core;
};

} // namespace Gateway
