#include "gateway/pool/strategies/strategy.h"

namespace Gateway {

namespace {

/// Stride scheduling as in `weighted`, with what is left as the weight: a project with twice as much left
/// serves twice as often, so that all of them last until the day ends.
class MostRemaining final : public Strategy
{
public:
    std::uint64_t rankOf(const Contender &contender) const override { return contender.rankOrFront(); }
    std::uint64_t rankAfter(const Contender &contender) const override
    {
        constexpr double stride = 268'435'456.0;
        return contender.rankOrFront() + static_cast<std::uint64_t>(stride / contender.share);
    }
    bool readsShare() const override { return true; }
    bool weighsTies() const override { return true; }
};

std::unique_ptr<Strategy> make()
{
    return std::make_unique<MostRemaining>();
}

} // namespace

const StrategyInfo MOST_REMAINING{
    "most-remaining",
    "In proportion to what each project has left of its day for the model; unused ones first.", &make};

} // namespace Gateway
