#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace Gateway {

/// How many things took how long: counts in buckets that are exact up to 15 ms and an eighth wide beyond. Can
/// be added up, and tells percentiles.
class DurationCounts
{
public:
    /// Negative: not told, not counted.
    void add(std::int64_t ms);
    void add(const DurationCounts &other);

    /// The duration that the share `percent` (1 to 100) stays within, right to a sixteenth; -1 without any.
    std::int64_t percentile(int percent) const;

    /// As a column holds it: pairs of varints, how many buckets further and how many there.
    std::string encoded() const;
    /// Adds what `column` holds; false when it is no such text (what came before the fault was added).
    bool addEncoded(std::string_view column);

private:
    static constexpr std::size_t EXACT = 16;
    static constexpr int EXACT_BITS = 4;
    static constexpr std::size_t PER_OCTAVE = 8;
    static constexpr int MAX_BITS = 32; ///< Longer ones (49 days) count as these.
    static constexpr std::size_t BUCKETS = EXACT + PER_OCTAVE * (MAX_BITS - EXACT_BITS);

    static std::size_t bucketOf(std::uint64_t ms);
    static std::int64_t middleOf(std::size_t bucket);

    std::array<std::uint64_t, BUCKETS> m_counts{};
};

} // namespace Gateway
