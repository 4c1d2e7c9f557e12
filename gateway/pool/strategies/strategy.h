#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "gateway/pool/keyslot.h"

namespace Gateway {

/// A key in one model's order, as a strategy sees it.
struct Contender
{
    const KeySlot &key;
    std::uint32_t slot = 0;
    std::uint64_t rank = 0;  ///< As it stands in the order; FRESH when it just came in.
    std::uint64_t front = 0; ///< How far the order has come: the rank of the key picked last.
    double share = 1;        ///< What its project has left for the model, divided among its keys; above 0.

    static constexpr std::uint64_t FRESH = UINT64_MAX;
    /// A newcomer joins where the others are: what it missed is not made up for in a burst.
    std::uint64_t rankOrFront() const { return rank == FRESH ? front : rank; }
};

/// How keys are ordered: the one with the lowest rank serves. A model has its own order; ranks are looked at
/// again when they have come to the top, so they may grow by themselves, but must not fall.
class Strategy
{
public:
    virtual ~Strategy() = default;

    /// The rank of a key now; UINT64_MAX is not allowed.
    virtual std::uint64_t rankOf(const Contender &contender) const = 0;
    /// The rank of a key that was picked just now.
    virtual std::uint64_t rankAfter(const Contender &contender) const { return rankOf(contender); }

    /// Whether rankAfter() reads Contender::share.
    virtual bool readsShare() const { return false; }
    /// Whether ranks fall when a lease comes back: then they are looked at again.
    virtual bool readsInFlight() const { return false; }
    /// Whether of several keys with the same rank the one with fewer in flight, then the one unused for
    /// longest, is taken; else the one added first.
    virtual bool weighsTies() const { return false; }
    /// Whether two keys are drawn by lot, and the better of them taken (as weighsTies()): ranks play no part.
    virtual bool drawsLots() const { return false; }
};

/// A row of the registry.
struct StrategyInfo
{
    std::string_view name;        ///< As in the setting KEY_STRATEGY.
    std::string_view description; ///< One line for people.
    std::unique_ptr<Strategy> (*make)();
};

/// All strategies, the default first.
std::span<const StrategyInfo *const> strategyTable();

/// The strategy of this name, the default for any other.
std::unique_ptr<Strategy> makeStrategy(std::string_view name);

extern const StrategyInfo LEAST_IN_FLIGHT;
extern const StrategyInfo LEAST_RECENTLY_USED;
extern const StrategyInfo MOST_REMAINING;
extern const StrategyInfo PRIORITY;
extern const StrategyInfo RANDOM_OF_TWO;
extern const StrategyInfo ROUND_ROBIN;
extern const StrategyInfo WEIGHTED;

} // namespace Gateway
