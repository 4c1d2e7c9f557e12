#include "gateway/pool/strategies/strategy.h"

namespace Gateway {

namespace {

/// Fill first: the same order every time.
class Priority final : public Strategy
{
public:
    std::uint64_t rankOf(const Contender &contender) const override
    {
        constexpr std::int64_t highest = 1'000'000; // more than any priority
        const std::int64_t priority = contender.key.settings ? contender.key.settings->priority : 0;
        return (static_cast<std::uint64_t>(highest - priority) << 32) | contender.slot;
    }
};

std::unique_ptr<Strategy> make()
{
    return std::make_unique<Priority>();
}

} // namespace

const StrategyInfo PRIORITY{"priority", "The key of the highest priority until it rests, then the next.",
                            &make};

} // namespace Gateway
