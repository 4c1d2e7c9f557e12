#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "gateway/common/clock.h"
#include "gateway/common/keyrow.h"
#include "gateway/common/outcome.h"
#include "gateway/common/quota.h"
#include "gateway/pool/lease.h"
#include "gateway/pool/pooloptions.h"
#include "gateway/pool/poolrequest.h"
#include "gateway/pool/poolviews.h"

namespace Gateway {

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

    /// Adds keys as the store has them, and what was remembered of quotas and models; a key that is there
    /// already is replaced. Rests that are over are left out; rows with id 0 or without a secret are ignored.
    void load(std::vector<KeyRow> rows, std::vector<QuotaRow> quotas = {},
              std::vector<ModelStateRow> models = {});
    void remove(KeyId key);
    void setOptions(PoolOptions options);
    /// What the user says of a key from now on; its health stays. False: there is no such key.
    bool update(KeyId key, KeySettings settings);

    /// The key that the strategy prefers among those that are usable for the model and were not tried.
    ///
    /// The request is counted against its project's minute and day at once, and once more told apart when it
    /// is reported. A key that would exceed a limit rests until there is room again.
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
    /// Rests whole keys until `untilMs` (ms since 1970 UTC).
    void rest(std::span<const KeyId> keys, std::int64_t untilMs);
    /// Ends the keys' rests for `model`, and what keeps it back: a predicted rest, "not available". Empty:
    /// for every model, and of the keys as a whole. Keys of the same project return as well.
    void liftRests(std::span<const KeyId> keys, std::string_view model);
    /// Forgets unclear failures in a row; a sidelined key stays sidelined.
    void resetFailures(std::span<const KeyId> keys);
    /// A check that ran outside a lease: its moment, and what it met unless that is empty. Changes no health.
    void setChecked(KeyId key, std::int64_t atMs, std::string_view error);

    /// Numbers of this moment for health answers; `resting` counts the usable keys that rest for at least one
    /// model. `why` and `waitMs` say something only when no key at all can be used.
    Refusal counts() const;

    /// Sidelined keys, for the background check, at most `limit`; successive calls go round all of them. Each
    /// is lent with an empty model (the checker may set the one it asks) until it is reported or dropped.
    std::vector<Lease> sidelined(int limit);
    /// One key for a check on demand, whatever its health or rests. Nothing for an unknown key, one that is
    /// being checked, or one whose last change is not durable yet.
    std::optional<Lease> lendForCheck(KeyId key);

    /// Counters gathered since the last call.
    std::vector<KeyCounters> takeCounters();
    /// What changed of quotas since the last call, whole rows.
    std::vector<QuotaRow> takeQuotaChanges();
    /// The models whose breaker changed since the last call.
    std::vector<ModelStateRow> takeModelStates();
    /// Who must look again, since the last call.
    HealthChanges takeHealthChanges();
    /// Called outside the mutex, from any thread, when takeHealthChanges() has something again. Set before
    /// the pool is used by several threads.
    void setHealthListener(std::function<void()> listener);

    /// All keys as they stand, for the control facade: O(n), in steps that let requests pass between.
    std::vector<KeyRow> snapshot() const;
    /// One key with all that is known of its models. Nothing for an unknown one.
    std::optional<KeyView> view(KeyId key) const;
    /// At most `limit` keys from `from` on: 0, or a page's `next`.
    KeyPage page(std::uint32_t from, int limit) const;
    /// Every model of which something is known, by name.
    std::vector<ModelHealth> modelHealth() const;

    /// Leases that are neither reported nor dropped: 0 when nothing runs.
    int openLeases() const;

private:
    std::shared_ptr<PoolCore> m_core;
};

} // namespace Gateway
