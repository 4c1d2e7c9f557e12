#include "gateway/pool/strategies/strategy.h"

namespace Gateway {

namespace {

/// Stride scheduling: who weighs twice as much takes steps half as long, and the one furthest back serves
/// (Waldspurger and Weihl 1995, "Stride scheduling").
class Weighted final : public Strategy
{
public:
    std::uint64_t rankOf(const Contender &contender) const override { return contender.rankOrFront(); }
    std::uint64_t rankAfter(const Contender &contender) const override
    {
        constexpr std::uint64_t stride = std::uint64_t{1} << 32;
        const int weight = contender.key.settings ? contender.key.settings->weight : KeySettings().weight;
        return contender.rankOrFront() + stride / static_cast<std::uint64_t>(weight < 1 ? 1 : weight);
    }
};

std::unique_ptr<Strategy> make()
{
    return std::make_unique<Weighted>();
}

} // namespace

const StrategyInfo WEIGHTED{"weighted", "In proportion to the weights of the keys.", &make};

} // namespace Gateway
