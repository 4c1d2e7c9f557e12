#include "gateway/relay/liveusage.h"

#include "gateway/telemetry/usagescanner.h"

namespace Gateway {

namespace {

constexpr std::int64_t TokenCounts::*COUNTS[] = {&TokenCounts::prompt,   &TokenCounts::candidates,
                                                 &TokenCounts::thoughts, &TokenCounts::cached,
                                                 &TokenCounts::toolUse,  &TokenCounts::total};

bool contains(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

void add(TokenCounts &sum, const TokenCounts &counts)
{
    for (const auto member : COUNTS) {
        if (counts.*member >= 0)
            sum.*member = (sum.*member < 0 ? 0 : sum.*member) + counts.*member;
    }
}

} // namespace

void LiveUsage::message(std::string_view json)
{
    // With their quotes these can only be members: inside a text Google escapes quotes.
    const bool tells = contains(json, UsageScanner::GEMINI);
    const bool hasContent = contains(json, "\"modelTurn\"") || contains(json, "\"toolCall\"");
    const bool ends = contains(json, "\"turnComplete\"") || contains(json, "\"toolCall\"");
    if (tells) {
        UsageScanner scanner;
        scanner.feed(json);
        m_turn = scanner.tokens();
    }
    m_isBetweenTurns = ends || (m_isBetweenTurns && !hasContent);
    if (m_isBetweenTurns)
        endTurn();
}

void LiveUsage::endTurn()
{
    add(m_sum, m_turn);
    m_turn = TokenCounts();
}

TokenCounts LiveUsage::tokens() const
{
    TokenCounts all = m_sum;
    add(all, m_turn);
    return all;
}

} // namespace Gateway
