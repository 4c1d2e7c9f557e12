#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "gateway/pool/keybitmap.h"
#include "gateway/pool/ranktree.h"

namespace Gateway {

/// How a key stands for one model; the first that fits.
enum class Standing : std::uint8_t {
    Out,       ///< Sidelined, disabled, or no key at all.
    Denied,    ///< Its settings do not allow the model.
    Resting,   ///< By a 429, or as a whole.
    Predicted, ///< A limit is used up by our count.
    Absent,    ///< Its project does not have the model.
    Settling,  ///< Its last change is not durable yet.
    Available,
    Count
};

/// How every key stands for one model, how many stand how, and in which order the available ones serve.
class ModelIndex
{
public:
    /// Makes room for slots under `capacity`, all of them out.
    void grow(std::uint32_t capacity);

    Standing at(std::uint32_t slot) const { return m_standings[slot]; }
    bool isAvailable(std::uint32_t slot) const { return at(slot) == Standing::Available; }
    int count(Standing standing) const { return m_counts[static_cast<std::size_t>(standing)]; }

    /// `rank` counts only for one that becomes available.
    /// The rank is kept while a key settles or has no room: it must not come back as if it had not served.
    void place(std::uint32_t slot, Standing standing, std::uint64_t rank);

    /// The rank that a key had when it was available last, RankTree::OUT when it is not kept.
    std::uint64_t keptRank(std::uint32_t slot) const;

    const KeyBitmap &available() const { return m_available; }
    RankTree &ranks() { return m_ranks; }
    const RankTree &ranks() const { return m_ranks; }

    std::uint64_t front = 0; ///< See Contender::front.

private:
    std::vector<Standing> m_standings;
    std::array<int, static_cast<std::size_t>(Standing::Count)> m_counts{};
    KeyBitmap m_available;
    RankTree m_ranks;
    std::unordered_map<std::uint32_t, std::uint64_t> m_kept;
};

} // namespace Gateway
