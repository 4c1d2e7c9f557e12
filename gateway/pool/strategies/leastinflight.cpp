#include "gateway/pool/strategies/strategy.h"

namespace Gateway {

namespace {

/// Running requests in the upper 16 bits, the turn below: turns start at the time in ms, which takes 41.
class LeastInFlight final : public Strategy
{
public:
    std::uint64_t rankOf(const Contender &contender) const override
    {
        constexpr std::uint64_t turnBits = 48;
        constexpr std::uint64_t most = 0xFFFE; // one less than all: the highest rank means "out"
        const std::uint64_t inFlight = contender.key.inFlight < most ? contender.key.inFlight : most;
        return (inFlight << turnBits) | (contender.key.turn & ((std::uint64_t{1} << turnBits) - 1));
    }
    bool readsInFlight() const override { return true; }
};

std::unique_ptr<Strategy> make()
{
    return std::make_unique<LeastInFlight>();
}

} // namespace

const StrategyInfo LEAST_IN_FLIGHT{
    "least-in-flight", "The key with the fewest running requests, then the one unused for longest.", &make};

} // namespace Gateway
