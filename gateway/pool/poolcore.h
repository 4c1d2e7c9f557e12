#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <string_view>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

#include "gateway/pool/changejournal.h"
#include "gateway/pool/keychooser.h"
#include "gateway/pool/keyhealth.h"
#include "gateway/pool/keypool.h"
#include "gateway/pool/keytable.h"
#include "gateway/pool/quotakeeper.h"

namespace Gateway {

/// The pool behind its mutex: what KeyPool locks and calls. Leases hold it weakly, so one that outlives the
/// pool does no harm. Every function but dropped() is called with `mutex` held.
class PoolCore : public std::enable_shared_from_this<PoolCore>
{
public:
    PoolCore(const Clock &clock, PoolOptions options, ChangeJournal::Receiver receiver);
    PoolCore(const PoolCore &) = delete;
    PoolCore &operator=(const PoolCore &) = delete;

    mutable std::mutex mutex;
    ChangeJournal journal;
    std::function<void()> healthListener;

    void setOptions(PoolOptions options);
    void load(KeyRow row);
    void load(const QuotaRow &row);
    void load(const ModelStateRow &row);
    void reserve(std::size_t more) { m_table.reserve(more); }
    void remove(KeyId key);

    tl::expected<Lease, Refusal> acquire(const AcquireRequest &request);
    void report(const Lease &lease, const Outcome &outcome);
    void settled(std::uint64_t ticket);
    bool update(KeyId key, KeySettings settings);
    void revive(KeyId key);
    void rest(KeyId key, std::int64_t untilMs);
    void liftRests(KeyId key, std::string_view model);
    void resetFailures(KeyId key);
    void setChecked(KeyId key, std::int64_t atMs, std::string_view error);
    std::vector<Lease> sidelined(int limit);
    std::optional<Lease> lendForCheck(KeyId key);

    Refusal counts() { return m_chooser.counts(moment()); }
    std::vector<KeyCounters> takeCounters();
    std::vector<QuotaRow> takeQuotaChanges();
    std::vector<ModelStateRow> takeModelStates();
    HealthChanges takeHealthChanges();
    /// Whether the listener must be called, once the mutex is free.
    bool takeWake() { return std::exchange(m_wake, false); }
    int openLeases() const { return m_openLeases; }

    /// Slots, some of which may be free.
    std::uint32_t slots() const { return m_table.size(); }
    /// Appends the keys in the slots from `from` until before `to`.
    void appendRows(std::vector<KeyRow> &rows, std::uint32_t from, std::uint32_t to);
    void appendViews(std::vector<KeyView> &views, std::uint32_t from, std::uint32_t to);
    std::optional<KeyView> view(KeyId key);
    std::vector<ModelHealth> modelHealth();

    /// A lease was dropped without a report. Locks.
    void dropped(const Lease &lease);

private:
    /// The time of this call; sees when the wall clock was set.
    const PoolMoment &moment();

    Lease lend(std::uint32_t slot, std::string_view model, Lease::Kind kind, const PoolMoment &now);
    /// Closes the lease; false when its key is no longer the one that was lent.
    bool takeBack(const Lease &lease);
    void countCall(std::uint32_t slot, bool failed);
    void noteOutcome(KeySlot &key, const Lease &lease, const Outcome &outcome, const PoolMoment &now);
    void noteModel(ModelState &model, const Lease &lease, const Outcome &outcome, const PoolMoment &now);
    ModelState *modelOf(const Lease &lease, const Outcome &outcome, const PoolMoment &now);
    bool applyHealth(KeySlot &key, const HealthVerdict &verdict, const Outcome &outcome,
                     const PoolMoment &now);
    bool applyRest(const Lease &lease, ModelState *model, const HealthVerdict &verdict,
                   const Outcome &outcome, const PoolMoment &now, std::vector<ModelRest> &changes);
    /// The row of another key held a rest of the scope: it does no longer.
    void untell(const Rest &rest, ScopeId scope, std::uint32_t slot, const std::string &model);
    /// Hands the rests that the store holds for a key to another of its project.
    void handOn(std::uint32_t slot);
    void loadRests(std::uint32_t slot, const std::vector<ModelRest> &rests, const PoolMoment &now);
    std::vector<ModelRest> restsOf(std::uint32_t slot, const PoolMoment &now) const;
    /// Journals the slot's state as it is now, and brings what follows from it up to date.
    void changed(std::uint32_t slot, std::vector<ModelRest> rests);

    /// The counters of the slot have something to be sent.
    void markDirty(std::uint32_t slot);
    /// Listeners must look at the key, or the model.
    void tell(std::uint32_t slot);
    void tell(ModelState &model);
    KeyRow rowOf(std::uint32_t slot, const PoolMoment &now) const;
    KeyView viewOf(std::uint32_t slot, const PoolMoment &now) const;

    const Clock &m_clock;
    PoolOptions m_options;
    PoolMoment m_now;
    KeyTable m_table;
    QuotaKeeper m_quotas;
    KeyChooser m_chooser;
    std::minstd_rand m_random;
    std::vector<std::uint32_t> m_dirty; ///< Slots with unsent counters.
    std::vector<KeyId> m_toldKeys;      ///< Keys listeners must look at.
    std::vector<std::string> m_toldModels;
    std::vector<std::string> m_dirtyModels; ///< Breakers the store must look at.
    bool m_wake = false;
    std::uint32_t m_checkCursor = 0;
    int m_openLeases = 0;
};

} // namespace Gateway
