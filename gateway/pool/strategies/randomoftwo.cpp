#include "gateway/pool/strategies/strategy.h"

namespace Gateway {

namespace {

/// The power of two choices (Mitzenmacher 2001): nearly as even as looking at all.
class RandomOfTwo final : public Strategy
{
public:
    std::uint64_t rankOf(const Contender & /*contender*/) const override { return 0; }
    bool drawsLots() const override { return true; }
};

std::unique_ptr<Strategy> make()
{
    return std::make_unique<RandomOfTwo>();
}

} // namespace

const StrategyInfo RANDOM_OF_TWO{"random-of-two", "Of two random keys the one with fewer running requests.",
                                 &make};

} // namespace Gateway
