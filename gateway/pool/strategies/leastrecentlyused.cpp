#include "gateway/pool/strategies/strategy.h"

namespace Gateway {

namespace {

/// The turn at which the key was last picked, for any model: it only grows.
class LeastRecentlyUsed final : public Strategy
{
public:
    std::uint64_t rankOf(const Contender &contender) const override { return contender.key.turn; }
};

std::unique_ptr<Strategy> make()
{
    return std::make_unique<LeastRecentlyUsed>();
}

} // namespace

const StrategyInfo LEAST_RECENTLY_USED{"least-recently-used",
                                       "The key that was unused for longest, whatever the model.", &make};

} // namespace Gateway
