#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

#include "gateway/pool/changejournal.h"
#include "gateway/pool/keychooser.h"
#include "gateway/pool/keyhealth.h"
#include "gateway/pool/keypool.h"
#include "gateway/pool/keytable.h"

namespace Gateway {

/// The pool behind its mutex: what KeyPool locks and calls. Leases hold it weakly, so one that outlives the
/// pool does no harm. Every function but dropped() is called with `mutex` held.
class PoolCore : public std::enable_shared_from_this<PoolCore>
{
public:
    PoolCore(const Clock &poolClock, PoolOptions poolOptions, ChangeJournal::Receiver receiver);
    PoolCore(const PoolCore &) = delete;
    PoolCore &operator=(const PoolCore &) = delete;

    mutable std::mutex mutex;
    const Clock &clock;
    PoolOptions options;
    ChangeJournal journal;
    std::function<void()> healthListener;

    /// `midnightMs`: the next midnight Pacific. A rest until then was for a day's quota and may be probed.
    void load(KeyRow row, std::int64_t nowMs, std::int64_t midnightMs);
    void reserve(std::size_t more) { m_table.reserve(more); }
    void remove(KeyId key);

    tl::expected<Lease, Refusal> acquire(const AcquireRequest &request, std::int64_t nowMs);
    /// `rules.maxFailures` is filled in here.
    void report(const Lease &lease, const Outcome &outcome, HealthRules rules);
    void settled(std::uint64_t ticket);
    bool update(KeyId key, KeySettings settings);
    void revive(KeyId key, std::int64_t nowMs);
    void rest(KeyId key, std::int64_t untilMs, std::int64_t nowMs);
    void liftRests(KeyId key, std::string_view model, std::int64_t nowMs);
    void resetFailures(KeyId key);
    void setChecked(KeyId key, std::int64_t atMs, std::string_view error);
    std::vector<Lease> sidelined(int limit);
    std::optional<Lease> lendForCheck(KeyId key);
    Refusal counts(std::int64_t nowMs) { return m_chooser.counts(nowMs); }
    std::vector<KeyCounters> takeCounters();
    int openLeases() const { return m_openLeases; }

    /// Slots, some of which may be free.
    std::uint32_t slots() const { return m_table.size(); }
    /// Appends the keys in the slots from `from` until before `to`.
    void appendRows(std::vector<KeyRow> &rows, std::uint32_t from, std::uint32_t to,
                    std::int64_t nowMs) const;

    std::optional<KeyView> view(KeyId key, std::int64_t nowMs) const;
    /// The keys in the slots from `from` until before `to`.
    void appendViews(std::vector<KeyView> &views, std::uint32_t from, std::uint32_t to,
                     std::int64_t nowMs) const;
    std::vector<ModelHealth> modelHealth(std::int64_t nowMs);

    HealthChanges takeHealthChanges();
    /// Whether the listener must be called, once the mutex is free.
    bool takeWake() { return std::exchange(m_wake, false); }

    /// A lease was dropped without a report. Locks.
    void dropped(const Lease &lease);

private:
    Lease lend(std::uint32_t slot, std::string_view model, Lease::Kind kind);
    /// Closes the lease; false when its key is no longer the one that was lent.
    bool takeBack(const Lease &lease);
    void countCall(std::uint32_t slot, bool failed);
    void noteOutcome(KeySlot &key, const Lease &lease, const Outcome &outcome, std::int64_t nowMs);
    /// The counters of the slot have something to be sent.
    void markDirty(std::uint32_t slot);
    /// Listeners must look at the key.
    void tell(std::uint32_t slot);
    KeyRow rowOf(std::uint32_t slot, std::int64_t nowMs) const;
    KeyView viewOf(std::uint32_t slot, std::int64_t nowMs) const;
    bool applyHealth(KeySlot &key, const HealthVerdict &verdict, const Outcome &outcome, std::int64_t nowMs);
    bool applyRest(const Lease &lease, const HealthVerdict &verdict, const Outcome &outcome,
                   std::int64_t nowMs, std::vector<ModelRest> &changes);
    /// Journals the slot's state as it is now, and brings what follows from it up to date.
    void changed(std::uint32_t slot, std::vector<ModelRest> rests);

    KeyTable m_table;
    KeyChooser m_chooser;
    std::vector<std::uint32_t> m_dirty; ///< Slots with unsent counters.
    std::vector<KeyId> m_told;          ///< Keys listeners must look at.
    bool m_wake = false;
    std::uint32_t m_checkCursor = 0;
    int m_openLeases = 0;
};

} // namespace Gateway
