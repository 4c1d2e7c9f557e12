#include "gateway/store/durationcounts.h"

#include <bit>
#include <numeric>

namespace Gateway {

namespace {

void appendVarint(std::string &out, std::uint64_t value)
{
    for (; value >= 0x80; value >>= 7)
        out += static_cast<char>(value | 0x80);
    out += static_cast<char>(value);
}

bool takeVarint(std::string_view &text, std::uint64_t &value)
{
    value = 0;
    for (int shift = 0; shift < 64 && !text.empty(); shift += 7) {
        const auto byte = static_cast<unsigned char>(text.front());
        text.remove_prefix(1);
        value |= std::uint64_t{byte & 0x7fU} << shift;
        if (byte < 0x80)
            return true;
    }
    return false;
}

} // namespace

std::size_t DurationCounts::bucketOf(std::uint64_t ms)
{
    if (ms < EXACT)
        return static_cast<std::size_t>(ms);
    const int bits = std::bit_width(ms);
    if (bits > MAX_BITS)
        return BUCKETS - 1;
    // The three bits behind the first one say which eighth of the octave it is.
    const std::size_t eighth = (ms >> (bits - 4)) & (PER_OCTAVE - 1);
    return EXACT + static_cast<std::size_t>(bits - EXACT_BITS - 1) * PER_OCTAVE + eighth;
}

std::int64_t DurationCounts::middleOf(std::size_t bucket)
{
    if (bucket < EXACT)
        return static_cast<std::int64_t>(bucket);
    const std::size_t octave = (bucket - EXACT) / PER_OCTAVE;
    const std::size_t eighth = (bucket - EXACT) % PER_OCTAVE;
    const std::int64_t width = std::int64_t{2} << octave;
    return static_cast<std::int64_t>(PER_OCTAVE + eighth) * width + width / 2;
}

void DurationCounts::add(std::int64_t ms)
{
    if (ms >= 0)
        ++m_counts[bucketOf(static_cast<std::uint64_t>(ms))];
}

void DurationCounts::add(const DurationCounts &other)
{
    for (std::size_t bucket = 0; bucket < BUCKETS; ++bucket)
        m_counts[bucket] += other.m_counts[bucket];
}

std::int64_t DurationCounts::percentile(int percent) const
{
    const std::uint64_t all = std::accumulate(m_counts.begin(), m_counts.end(), std::uint64_t{0});
    if (all == 0)
        return -1;
    const std::uint64_t wanted = (all * static_cast<std::uint64_t>(percent) + 99) / 100;
    std::uint64_t seen = 0;
    for (std::size_t bucket = 0; bucket < BUCKETS; ++bucket) {
        seen += m_counts[bucket];
        if (seen >= wanted)
            return middleOf(bucket);
    }
    return middleOf(BUCKETS - 1);
}

std::string DurationCounts::encoded() const
{
    std::string column;
    std::size_t last = 0;
    for (std::size_t bucket = 0; bucket < BUCKETS; ++bucket) {
        if (m_counts[bucket] == 0)
            continue;
        appendVarint(column, bucket - last);
        appendVarint(column, m_counts[bucket]);
        last = bucket;
    }
    return column;
}

bool DurationCounts::addEncoded(std::string_view column)
{
    std::size_t bucket = 0;
    while (!column.empty()) {
        std::uint64_t further = 0;
        std::uint64_t count = 0;
        if (!takeVarint(column, further) || !takeVarint(column, count) || further >= BUCKETS - bucket)
            return false;
        bucket += static_cast<std::size_t>(further);
        m_counts[bucket] += count;
    }
    return true;
}

} // namespace Gateway
