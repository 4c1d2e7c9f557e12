#include "gateway/relay/verdicts.h"

#include <algorithm>

namespace Gateway {

namespace {

std::string counted(int number, std::string_view noun)
{
    return std::to_string(number) + ' ' + std::string(noun) + (number == 1 ? "" : "s");
}

/// "42 s", "3 min", "5 h": rounded up.
std::string roundedWait(std::int64_t ms)
{
    const std::int64_t seconds = std::max<std::int64_t>((ms + 999) / 1000, 1);
    if (seconds < 120)
        return std::to_string(seconds) + " s";
    if (seconds < 2 * 3600)
        return std::to_string((seconds + 59) / 60) + " min";
    return std::to_string((seconds + 3599) / 3600) + " h";
}

std::string tally(const Refusal &refusal)
{
    return std::to_string(refusal.invalid) + " invalid, " + std::to_string(refusal.resting) + " resting, " +
           std::to_string(refusal.disabled) + " disabled";
}

} // namespace

Error refusalError(const Refusal &refusal, std::string_view model)
{
    Error error;
    if (refusal.why == Refusal::Why::Resting) {
        error.status = 429;
        error.code = "all_keys_resting";
        error.text = "All usable keys rest";
        if (!model.empty())
            error.text += " for " + std::string(model);
        error.text += "; the first is back in " + roundedWait(refusal.waitMs) + ". Of " +
                      counted(refusal.total, "key") + ": " + tally(refusal) + '.';
        error.retryAfterMs = std::max<std::int64_t>(refusal.waitMs, 1);
        return error;
    }
    error.status = 503;
    error.code = "no_usable_key";
    if (refusal.total == 0)
        error.text = "The gateway has no Gemini API key yet. Add one with GEMINI_API_KEYS.";
    else
        error.text =
            "None of the " + counted(refusal.total, "key") + " can be used now: " + tally(refusal) + '.';
    return error;
}

Error finalError(const Outcome &outcome, const Error &error, int attempts)
{
    Error told = error;
    if (outcome.kind == OutcomeKind::KeyFault) {
        told.status = 503;
        told.code = "no_usable_key";
        told.text = "Google refused the " + counted(attempts, "key") + " tried: " + outcome.text;
    }
    return told;
}

std::int64_t backoffMs(int attempt, std::uint32_t random)
{
    constexpr std::int64_t first = 100;
    constexpr std::int64_t longest = 3000;
    const std::int64_t full = std::min(longest, first << std::clamp(attempt - 1, 0, 10));
    return full - static_cast<std::int64_t>(random % static_cast<std::uint32_t>(full / 2 + 1));
}

} // namespace Gateway
