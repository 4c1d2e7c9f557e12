#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "gateway/common/keysettings.h"
#include "gateway/common/quota.h"
#include "gateway/pool/poolmoment.h"
#include "gateway/pool/quotawindow.h"
#include "gateway/pool/scopetable.h"

namespace Gateway {

/// What few projects have for a model: kept beside the counts.
struct QuotaExtras
{
    std::array<LearnedLimit, QUOTA_KINDS> limits{};
    KeyTier assumedAs = KeyTier::Unknown; ///< The tier under which the limits are told to others.
    std::int64_t absentUntilMs = 0;       ///< Not 0: the project does not have the model.
    int absentTries = 0;
    std::string absentReason;
    KeyTier tier = KeyTier::Unknown; ///< As a quota of this model told it.
    std::int64_t tierMs = 0;         ///< When, ms since 1970 UTC.

    bool operator==(const QuotaExtras &) const = default;
};

/// What one scope used of one model.
struct QuotaEntry
{
    static constexpr std::uint32_t NO_WINDOW = UINT32_MAX;

    ScopeId scope = 0;
    std::uint32_t window = NO_WINDOW; ///< Only while something is in it.
    std::int64_t day = 0;             ///< Of the counts below; those of another day are 0.
    std::int64_t dayRequests = 0;
    std::int64_t dayTokens = 0;
    std::int64_t nextProbeMs = 0; ///< Monotonic: not before may a limit of our count be put to the test.
    std::uint8_t outgrown = 0;    ///< Bits of QuotaKind: limits of others that do not hold here.
    bool isDirty = false;
    std::unique_ptr<QuotaExtras> extras;
};

/// The smallest limits that projects of each tier were told for a model.
class TierLimits
{
public:
    void add(KeyTier tier, QuotaKind kind, std::int64_t value);
    void remove(KeyTier tier, QuotaKind kind, std::int64_t value);
    /// 0: none.
    std::int64_t smallest(KeyTier tier, QuotaKind kind) const;
    bool isEmpty() const { return m_count == 0; }

private:
    std::map<std::int64_t, int> &valuesOf(KeyTier tier, QuotaKind kind);

    std::array<std::array<std::map<std::int64_t, int>, QUOTA_KINDS>, 3> m_values;
    int m_count = 0;
};

/// What every scope used of one model, and its limits. Entries are made when a scope is first used with the
/// model.
class QuotaBook
{
public:
    QuotaEntry *find(ScopeId scope);
    const QuotaEntry *find(ScopeId scope) const;
    QuotaEntry &touch(ScopeId scope);
    void erase(ScopeId scope);
    /// What `from` used and learned counts for `to` from now on.
    void merge(ScopeId from, ScopeId to);

    /// Counts what was sent at `atMs` (monotonic) on `day`; negative numbers take back.
    void count(QuotaEntry &entry, std::int64_t requests, std::int64_t tokens, std::int64_t atMs,
               std::int64_t day, const PoolMoment &now);
    /// Null when nothing is in it.
    const QuotaWindow *windowOf(const QuotaEntry &entry) const;
    std::int64_t dayRequests(const QuotaEntry &entry, const PoolMoment &now) const;
    std::int64_t dayTokens(const QuotaEntry &entry, const PoolMoment &now) const;

    /// Google's word on a limit; 0 forgets. False when that is nothing new but for its date.
    bool learn(QuotaEntry &entry, KeyTier tier, QuotaKind kind, const LearnedLimit &limit);
    /// The scope's tier is known to be another.
    void retier(QuotaEntry &entry, KeyTier tier);
    const TierLimits &tierLimits() const { return m_tierLimits; }
    /// The greatest day limit that any scope was told; 0: none.
    std::int64_t greatestDayLimit() const { return m_greatestDay; }

    /// The row is new for the store.
    void markDirty(QuotaEntry &entry);
    /// Appends the rows that are new.
    void takeChanges(const std::string &model, const ScopeTable &scopes, std::vector<QuotaRow> &rows);

    /// A step of housekeeping: gives windows back that are over.
    void sweep(std::int64_t monoMs);
    std::size_t size() const { return m_entries.size(); }
    QuotaExtras &extrasOf(QuotaEntry &entry);

private:
    struct Window
    {
        QuotaWindow counts;
        std::int64_t lastMs = 0;
        ScopeId scope = 0;
        bool isUsed = false;
    };

    std::unordered_map<ScopeId, QuotaEntry> m_entries;
    std::vector<Window> m_windows;
    std::vector<std::uint32_t> m_freeWindows;
    std::size_t m_sweepAt = 0;
    std::vector<ScopeId> m_dirty;
    TierLimits m_tierLimits;
    std::int64_t m_greatestDay = 0;
};

} // namespace Gateway
