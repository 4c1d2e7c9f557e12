#include "gateway/access/tokenmeter.h"

namespace Gateway {

TokenMeter::TokenMeter(const Clock &clock)
    : m_clock(clock)
{
}

void TokenMeter::load(const std::vector<TokenUse> &uses)
{
    for (const TokenUse &use : uses)
        counters(use.id)->load(use);
}

std::shared_ptr<TokenCounters> TokenMeter::counters(TokenId id)
{
    const std::lock_guard lock(m_mutex);
    std::shared_ptr<TokenCounters> &found = m_counters[id];
    if (!found)
        found = std::make_shared<TokenCounters>(id, m_clock);
    return found;
}

std::vector<TokenUse> TokenMeter::takeChanges()
{
    std::vector<TokenUse> changes;
    for (const std::shared_ptr<TokenCounters> &counters : all()) {
        if (const std::optional<TokenUse> change = counters->takeChange())
            changes.push_back(*change);
    }
    return changes;
}

std::vector<TokenUse> TokenMeter::snapshot() const
{
    std::vector<TokenUse> uses;
    for (const std::shared_ptr<TokenCounters> &counters : all())
        uses.push_back(counters->use());
    return uses;
}

std::vector<std::shared_ptr<TokenCounters>> TokenMeter::all() const
{
    std::vector<std::shared_ptr<TokenCounters>> found;
    const std::lock_guard lock(m_mutex);
    found.reserve(m_counters.size());
    for (const auto &[id, counters] : m_counters)
        found.push_back(counters);
    return found;
}

} // namespace Gateway
