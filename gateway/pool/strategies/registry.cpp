#include <algorithm>
#include <array>

#include "gateway/pool/strategies/strategy.h"

namespace Gateway {

std::span<const StrategyInfo *const> strategyTable()
{
    static constexpr std::array<const StrategyInfo *, 7> TABLE{
        &MOST_REMAINING, &ROUND_ROBIN, &LEAST_RECENTLY_USED, &LEAST_IN_FLIGHT,
        &WEIGHTED,       &PRIORITY,    &RANDOM_OF_TWO};
    return TABLE;
}

std::unique_ptr<Strategy> makeStrategy(std::string_view name)
{
    const std::span<const StrategyInfo *const> table = strategyTable();
    const auto found = std::find_if(table.begin(), table.end(),
                                    [name](const StrategyInfo *info) { return info->name == name; });
    return (found == table.end() ? table.front() : *found)->make();
}

} // namespace Gateway
