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
    std::string text = std::to_string(refusal.invalid) + " invalid, " + std::to_string(refusal.resting) +
                       " resting, " + std::to_string(refusal.disabled) + " disabled";
    if (refusal.absent > 0)
        text += ", " + std::to_string(refusal.absent) + " without this model";
    return text;
}

Error restingError(const Refusal &refusal, std::string_view model)
{
    Error error;
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

Error overloadedError(const Refusal &refusal, std::string_view model)
{
    Error error;
    error.status = 503;
    error.code = "model_overloaded";
    error.text = std::string(model) + " is overloaded at Google, whatever the key; it is asked again in " +
                 roundedWait(refusal.waitMs) + '.';
    if (!refusal.reason.empty())
        error.text += " Google: " + refusal.reason;
    error.retryAfterMs = std::max<std::int64_t>(refusal.waitMs, 1);
    return error;
}

Error absentError(const Refusal &refusal, std::string_view model)
{
    Error error;
    error.status = 404;
    error.code = "model_not_found";
    error.param = "model";
    error.text = std::string(model) + " is not available to the project of any key (" +
                 counted(refusal.total, "key") + ": " + tally(refusal) + "). Google is asked again in " +
                 roundedWait(refusal.waitMs) + '.';
    if (!refusal.reason.empty())
        error.text += " Google: " + refusal.reason;
    return error;
}

bool contains(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

} // namespace

bool isInnocent(OutcomeKind kind)
{
    return kind == OutcomeKind::ServerTrouble || kind == OutcomeKind::NetworkTrouble ||
           kind == OutcomeKind::Overloaded;
}

bool isOfTheModel(OutcomeKind kind)
{
    return kind == OutcomeKind::Overloaded || kind == OutcomeKind::NoSuchModel ||
           kind == OutcomeKind::RateLimited || kind == OutcomeKind::DayQuota;
}

Outcome cancelledOutcome(std::string why)
{
    Outcome outcome;
    outcome.kind = OutcomeKind::Cancelled;
    outcome.text = std::move(why);
    return outcome;
}

AttemptFailure failureOf(const Refusal &refusal, std::string_view model)
{
    AttemptFailure failure;
    failure.error = refusalError(refusal, model);
    failure.outcome.text = failure.error.text;
    switch (refusal.why) {
    case Refusal::Why::Resting:
        failure.outcome.kind = OutcomeKind::RateLimited;
        break;
    case Refusal::Why::Overloaded:
        failure.outcome.kind = OutcomeKind::Overloaded;
        break;
    case Refusal::Why::Absent:
        failure.outcome.kind = OutcomeKind::NoSuchModel;
        break;
    default:
        failure.outcome.kind = OutcomeKind::Unclear;
        break;
    }
    return failure;
}

AttemptFailure unreachable(const Error &error)
{
    AttemptFailure failure;
    failure.error = error;
    failure.outcome.kind = OutcomeKind::NetworkTrouble;
    failure.outcome.reason = error.code;
    failure.outcome.text = error.text;
    return failure;
}

void settleAbsence(Outcome &outcome, const Passage &passage, const ModelBook &book)
{
    if (outcome.kind != OutcomeKind::NoSuchModel || !contains(outcome.text, "is not supported for"))
        return;
    const bool isChat = passage.kind() != CallKind::Other;
    const bool answersThis = book.hasAnswered(passage.model(), isChat);
    const bool answersOther = book.hasAnswered(passage.model(), !isChat);
    if (!answersThis && (answersOther || !isChat)) // of a call that is rare, nothing is believed unseen
        outcome.kind = OutcomeKind::CallerFault;
}

Error refusalError(const Refusal &refusal, std::string_view model)
{
    if (refusal.why == Refusal::Why::Resting)
        return restingError(refusal, model);
    if (refusal.why == Refusal::Why::Overloaded)
        return overloadedError(refusal, model);
    if (refusal.why == Refusal::Why::Absent)
        return absentError(refusal, model);
    Error error;
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
