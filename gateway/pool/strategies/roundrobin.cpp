#include "gateway/pool/strategies/strategy.h"

namespace Gateway {

namespace {

/// Ranks are the turns at which keys were last picked for the model.
class RoundRobin final : public Strategy
{
public:
    std::uint64_t rankOf(const Contender &contender) const override { return contender.rankOrFront(); }
    std::uint64_t rankAfter(const Contender &contender) const override { return contender.key.turn; }
};

std::unique_ptr<Strategy> make()
{
    return std::make_unique<RoundRobin>();
}

} // namespace

const StrategyInfo ROUND_ROBIN{"round-robin", "Every key in turn.", &make};

} // namespace Gateway
