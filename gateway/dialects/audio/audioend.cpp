#include "gateway/dialects/audio/audioend.h"

#include <algorithm>
#include <array>
#include <string>

namespace Gateway {

namespace {

constexpr std::array<std::string_view, 6> FILTERS{
    "SAFETY", "PROHIBITED_CONTENT", "BLOCKLIST", "RECITATION", "SPII", "LANGUAGE"};

} // namespace

Result<void> checkFilter(std::string_view blockReason, std::string_view finishReason)
{
    const bool isFiltered = std::find(FILTERS.begin(), FILTERS.end(), finishReason) != FILTERS.end();
    if (blockReason.empty() && !isFiltered)
        return {};
    return fail(400, "content_filter",
                "Gemini refuses this content (" +
                    std::string(blockReason.empty() ? finishReason : blockReason) + ").");
}

Result<void> checkComplete(std::string_view finishReason)
{
    if (finishReason == "STOP")
        return {};
    return fail(502, "incomplete_upstream_answer",
                "Gemini ended before the answer was complete" +
                    (finishReason.empty() ? "." : " (" + std::string(finishReason) + ")."));
}

} // namespace Gateway
