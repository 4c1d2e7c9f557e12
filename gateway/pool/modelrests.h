#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>

#include "gateway/pool/keybitmap.h"

namespace Gateway {

/// One key's rest for one model.
struct Rest
{
    std::int64_t untilMs = 0; ///< ms since 1970 UTC.
    std::int64_t probeMs = 0; ///< When it may be lent as a probe, ms since 1970 UTC; 0: never.
    std::uint16_t reason = 0; ///< In the pool's WordTable.
};

/// All rests for one model, in the order in which they end, and the keys that are left for it. Keys are named
/// by their slot.
class ModelRests
{
public:
    /// When a rest ends, and whose.
    using Order = std::set<std::pair<std::int64_t, std::uint32_t>>;
    static constexpr std::uint32_t NONE = KeyBitmap::NONE;

    /// `available`: the keys that can be lent when nothing rests. `model` may be empty: rests of whole keys.
    ModelRests(std::string model, KeyBitmap available);

    const std::string &model() const { return m_model; }
    std::size_t size() const { return m_rests.size(); }

    const Rest *find(std::uint32_t slot) const;
    /// Adds or replaces; a new rest has no place in the order until stand() is called.
    void put(std::uint32_t slot, const Rest &rest);
    void erase(std::uint32_t slot);

    /// `waits`: the end of this rest is all that the key needs to be usable for the model (it is neither
    /// sidelined nor resting as a whole). `probes`: it might be lent as a probe. Ignored for a slot without a
    /// rest.
    void stand(std::uint32_t slot, bool waits, bool probes);

    /// A key whose rest is over at `nowMs`, or NONE.
    std::uint32_t firstOver(std::int64_t nowMs) const;
    /// A key that may be probed at `nowMs`, or NONE.
    std::uint32_t firstProbe(std::int64_t nowMs) const;
    /// Whether this key may be probed at `nowMs`.
    bool mayProbe(std::uint32_t slot, std::int64_t nowMs) const;
    /// The key, which has a rest, may be probed (again) at `probeMs`.
    void setProbe(std::uint32_t slot, std::int64_t probeMs);
    /// The rests that wait, soonest end first.
    const Order &waiting() const { return m_waiting; }

    /// The keys that can be lent for this model now; kept by the owner of this object.
    KeyBitmap &available() { return m_available; }
    const KeyBitmap &available() const { return m_available; }

private:
    struct Entry
    {
        Rest rest;
        bool isPlaced = false; ///< Known to the orders below.
        bool waits = false;
        bool probes = false;
    };
    void link(std::uint32_t slot, const Entry &entry);
    void unlink(std::uint32_t slot, const Entry &entry);

    std::string m_model;
    std::unordered_map<std::uint32_t, Entry> m_rests;
    Order m_waiting;
    Order m_parked; ///< Rests of keys that would not be usable anyway.
    Order m_probes; ///< By the time of the probe.
    KeyBitmap m_available;
};

} // namespace Gateway
