#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace Gateway {

struct StatsQuery
{
    std::int64_t fromMs = 0; ///< ms since 1970 UTC.
    std::int64_t toMs = 0;   ///< 0: until now.
    std::int64_t spanMs = 0; ///< Length of a point, a whole number of minutes; 0: no points are wanted.
    std::int64_t keyId = 0;  ///< Not 0: of this key only.
    std::string token;       ///< Not empty: of this token only.
    std::string model;       ///< Likewise.
};

/// What a number of requests came to.
struct UsageSum
{
    std::int64_t requests = 0;
    std::int64_t failed = 0;
    std::int64_t promptTokens = 0;
    std::int64_t cachedTokens = 0; ///< Of these.
    std::int64_t answerTokens = 0; ///< With thoughts.
    std::int64_t cost = 0;         ///< In millionths of a dollar.

    bool operator==(const UsageSum &) const = default;
};

struct UsagePoint
{
    std::int64_t timeMs = 0; ///< Start of its span.
    UsageSum sum;
    std::int64_t durationP50Ms = -1;
    std::int64_t durationP95Ms = -1;
};

/// The part of one model, token or key.
struct UsageShare
{
    std::string name;
    UsageSum sum;
};

struct UsageStats
{
    std::int64_t fromMs = 0;
    std::int64_t toMs = 0;
    UsageSum sum;
    UsageSum before;                 ///< The span of the same length before, for comparing.
    std::int64_t durationP50Ms = -1; ///< -1: no requests.
    std::int64_t durationP95Ms = -1;
    std::int64_t firstByteP50Ms = -1;
    std::int64_t firstByteP95Ms = -1;
    std::vector<UsagePoint> points; ///< Oldest first, without gaps.
    std::vector<UsageShare> models; ///< Largest first.
    std::vector<UsageShare> tokens;
};

} // namespace Gateway
