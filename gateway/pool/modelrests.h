#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <unordered_map>
#include <utility>

#include "gateway/common/quota.h"
#include "gateway/pool/keybitmap.h"

namespace Gateway {

/// Why nobody may be lent for a model.
enum class RestKind : std::uint8_t {
    Real,      ///< Google said so, or the user.
    Predicted, ///< A limit is used up by our count.
    Absent,    ///< The project does not have the model.
};

/// A rest of one key, or of one scope for one model.
struct Rest
{
    std::int64_t untilMs = 0; ///< ms since 1970 UTC.
    std::int64_t probeMs = 0; ///< When it may be lent as a probe, ms since 1970 UTC; 0: never.
    std::uint16_t reason = 0; ///< In the pool's WordTable.
    RestKind kind = RestKind::Real;
    QuotaKind by = QuotaKind::None; ///< Predicted: the limit.
    std::uint32_t teller = 0;       ///< Real: the slot of the key whose row in the store holds it.
};

/// All rests for one model, in the order in which they end. Who rests is named by a number: a scope, or a
/// slot in the rests of whole keys.
class ModelRests
{
public:
    /// When a rest ends, and whose.
    using Order = std::set<std::pair<std::int64_t, std::uint32_t>>;
    static constexpr std::uint32_t NONE = KeyBitmap::NONE;

    std::size_t size() const { return m_rests.size(); }
    /// How many of them are RestKind::Absent.
    std::size_t absentCount() const { return m_absentCount; }

    const Rest *find(std::uint32_t slot) const;
    /// Adds or replaces; a new rest has no place in the order until stand() is called.
    void put(std::uint32_t slot, const Rest &rest);
    void erase(std::uint32_t slot);

    /// `waits`: the end of this rest is all that the key needs to be usable for the model (it is neither
    /// sidelined nor resting as a whole). `probes`: it might be lent as a probe. Ignored for a slot without a
    /// rest.
    void stand(std::uint32_t slot, bool waits, bool probes);

    /// Whose rest is over at `nowMs`, or NONE.
    std::uint32_t firstOver(std::int64_t nowMs) const;
    /// Who may be probed at `nowMs`, or NONE.
    std::uint32_t firstProbe(std::int64_t nowMs) const;
    /// Likewise among those that rest by our count only.
    std::uint32_t firstPredictedProbe(std::int64_t nowMs) const;
    /// Whether this key may be probed at `nowMs`.
    bool mayProbe(std::uint32_t slot, std::int64_t nowMs) const;
    /// The key, which has a rest, may be probed (again) at `probeMs`.
    void setProbe(std::uint32_t slot, std::int64_t probeMs);
    /// The rests that wait, soonest end first; without absences.
    const Order &waiting() const { return m_waiting; }
    /// Likewise the absences.
    const Order &waitingAbsent() const { return m_absent; }

    /// The wall clock was set by `ms`: so are all times.
    void shift(std::int64_t ms);
    /// Calls `visit(who, rest)` for each.
    template <typename Visit>
    void forEach(Visit visit) const
    {
        for (const auto &[who, entry] : m_rests)
            visit(who, entry.rest);
    }

private:
    struct Entry
    {
        Rest rest;
        bool isPlaced = false; ///< Known to the orders below.
        bool waits = false;
        bool probes = false;
    };
    Order &orderOf(const Entry &entry);
    Order &probesOf(const Entry &entry);
    void link(std::uint32_t slot, const Entry &entry);
    void unlink(std::uint32_t slot, const Entry &entry);

    std::unordered_map<std::uint32_t, Entry> m_rests;
    Order m_waiting;
    Order m_parked; ///< Rests of keys that would not be usable anyway.
    Order m_absent;
    Order m_probes; ///< By the time of the probe.
    Order m_predictedProbes;
    std::size_t m_absentCount = 0;
};

} // namespace Gateway
