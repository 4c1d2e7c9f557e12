#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string_view>
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

    /// `midnightMs`: the next midnight Pacific. A rest until then was for a day's quota and may be probed.
    void load(KeyRow row, std::int64_t nowMs, std::int64_t midnightMs);
    void reserve(std::size_t more) { m_table.reserve(more); }
    void remove(KeyId key);

    tl::expected<Lease, Refusal> acquire(const AcquireRequest &request, std::int64_t nowMs);
    /// `rules.maxFailures` is filled in here.
    void report(const Lease &lease, const Outcome &outcome, HealthRules rules);
    void settled(std::uint64_t ticket);
    void revive(KeyId key, std::int64_t nowMs);
    std::vector<Lease> sidelined(int limit);
    Refusal counts(std::int64_t nowMs) { return m_chooser.counts(nowMs); }
    std::vector<KeyCounters> takeCounters();
    int openLeases() const { return m_openLeases; }

    /// Slots, some of which may be free.
    std::uint32_t slots() const { return m_table.size(); }
    /// Appends the keys in the slots from `from` until before `to`.
    void appendRows(std::vector<KeyRow> &rows, std::uint32_t from, std::uint32_t to,
                    std::int64_t nowMs) const;

    /// A lease was dropped without a report. Locks.
    void dropped(const Lease &lease);

private:
    Lease lend(std::uint32_t slot, std::string_view model, Lease::Kind kind);
    /// Closes the lease; false when its key is no longer the one that was lent.
    bool takeBack(const Lease &lease);
    void countCall(std::uint32_t slot, bool failed);
    bool applyHealth(KeySlot &key, const HealthVerdict &verdict, const Outcome &outcome, std::int64_t nowMs);
    bool applyRest(const Lease &lease, const HealthVerdict &verdict, const Outcome &outcome,
                   std::int64_t nowMs, std::vector<ModelRest> &changes);
    /// Journals the slot's state as it is now, and brings what follows from it up to date.
    void changed(std::uint32_t slot, std::vector<ModelRest> rests);

    KeyTable m_table;
    KeyChooser m_chooser;
    std::vector<std::uint32_t> m_dirty; ///< Slots with unsent counters.
    std::uint32_t m_checkCursor = 0;
    int m_openLeases = 0;
};

} // namespace Gateway
