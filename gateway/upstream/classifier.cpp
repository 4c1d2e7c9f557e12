#include "gateway/upstream/classifier.h"

#include <algorithm>
#include <array>

#include "gateway/upstream/googleerror.h"
#include "gateway/upstream/keymask.h"
#include "gateway/upstream/retrydelay.h"

namespace Gateway {

namespace {

constexpr std::int64_t MINUTE_MS = 60'000;
constexpr std::int64_t SPEND_WINDOW_MS = 10 * MINUTE_MS; // ai.google.dev/gemini-api/docs/rate-limits
constexpr std::int64_t LEAST_REST_MS = 1'000;            // "0s" must not mean: ask again and again
constexpr std::size_t LONGEST_TEXT = 1'000;

/// One row: matches when all that it names is there.
struct Rule
{
    int status;              ///< 0: any.
    std::string_view reason; ///< ErrorInfo.reason or status word; `*` stands for any characters; empty: any.
    std::string_view words;  ///< In the message or DebugInfo, in lower case; empty: any.
    OutcomeKind kind;
};

using enum OutcomeKind;

/// The first row that matches counts. Sources: ai.google.dev/gemini-api/docs/troubleshooting,
/// cloud.google.com/service-infrastructure (google.api.ErrorReason), and answers as they were seen.
constexpr Rule RULES[] = {
    // what is wrong with the key, whatever the status
    {0, "API_KEY_INVALID", "", KeyFault},
    {0, "API_KEY_EXPIRED", "", KeyFault},
    {0, "API_KEY_*_BLOCKED", "", KeyFault},
    {0, "CONSUMER_SUSPENDED", "", KeyFault},
    {0, "CONSUMER_INVALID", "", KeyFault},
    {0, "SERVICE_DISABLED", "", KeyFault},
    {0, "BILLING_DISABLED", "", KeyFault},

    // the model has no capacity, whoever asks
    {0, "MODEL_CAPACITY_EXHAUSTED", "", Overloaded},
    {0, "", "model is overloaded", Overloaded},
    {0, "", "no capacity available", Overloaded},

    {400, "", "api key not valid", KeyFault},
    {400, "", "api key expired", KeyFault},
    {400, "", "api key not found", KeyFault},
    {400, "", "location is not supported", Unclear}, // a paid project may be served there
    {400, "FAILED_PRECONDITION", "billing", Unclear},
    {400, "FAILED_PRECONDITION", "free tier", Unclear},
    {400, "", "", CallerFault},

    // a method that takes OAuth only refuses every key: asking for it is the caller's fault
    {401, "", "api keys are not supported", CallerFault},
    {401, "ACCESS_TOKEN_*", "", KeyFault},
    {401, "CREDENTIALS_*", "", KeyFault},
    {401, "ACCOUNT_STATE_INVALID", "", KeyFault},
    {401, "", "api key not valid", KeyFault},
    {401, "", "", Unclear},

    {402, "", "", Unclear}, // another project may have paid

    {403, "", "reported as leaked", KeyFault},
    {403, "", "has been suspended", KeyFault},
    {403, "", "has been denied access", KeyFault},
    {403, "", "or it is disabled", KeyFault}, // "API has not been used in project … before or it is disabled"
    {403, "", "are blocked", KeyFault},       // "Requests from referer … are blocked"
    {403, "", "permission to access the file", CallerFault},
    {403, "", "permission to access the cachedcontent", CallerFault},
    {403, "", "permission to access the corpus", CallerFault},
    {403, "", "cachedcontent not found", CallerFault},
    {403, "", "cached content", CallerFault},
    {403, "", "may not exist", CallerFault},
    {403, "", "", Unclear},

    // "models/x is not found for API version v1beta, or is not supported for y": also of a wrong method
    {404, "", "is not found for api version", NoSuchModel},
    {404, "", "no longer available", NoSuchModel}, // "This model x is no longer available to new users."
    {404, "", "does not have access to it", NoSuchModel},

    {407, "", "", NetworkTrouble}, // the proxy speaks, not Google
    {408, "", "", ServerTrouble},
    {429, "", "", RateLimited}, // refined by refineQuota()
    {499, "", "", ServerTrouble},
    {503, "UNAVAILABLE", "", Overloaded}, // without this word it is some server on the way that speaks
};

bool matches(const Rule &rule, int status, const GoogleError &error)
{
    if (rule.status != 0 && rule.status != status)
        return false;
    if (!rule.reason.empty() && !matchesPattern(error.reason, rule.reason) &&
        !matchesPattern(error.status, rule.reason))
        return false;
    return rule.words.empty() || error.words.find(rule.words) != std::string::npos;
}

OutcomeKind kindOf(int status, const GoogleError &error)
{
    for (const Rule &rule : RULES) {
        if (matches(rule, status, error))
            return rule.kind;
    }
    return status >= 400 && status < 500 ? CallerFault : ServerTrouble;
}

/// Quotas that do not come back before the day, the month or the account is renewed.
bool isUsedUpForLong(const GoogleError &error)
{
    constexpr std::array<std::string_view, 2> reasons = {"QUOTA_EXHAUSTED",
                                                         "INSUFFICIENT_G1_CREDITS_BALANCE"};
    constexpr std::array<std::string_view, 2> words = {"monthly spending", "credits are depleted"};
    return std::find(reasons.begin(), reasons.end(), error.reason) != reasons.end() ||
           std::any_of(words.begin(), words.end(), [&](std::string_view phrase) {
               return error.words.find(phrase) != std::string::npos;
           });
}

void nameQuota(Outcome &outcome, const std::optional<GoogleError::Quota> &quota)
{
    if (!quota)
        return;
    outcome.quota = quota->kind;
    outcome.quotaLimit = quota->limit;
}

/// Kind and rest of a 429. A day's quota is believed over a short RetryInfo that comes with it, unless the
/// options say otherwise: no source settles which is right, and a wrong belief in the short delay costs a
/// refused call each time.
void refineQuota(Outcome &outcome, const GoogleError &error, const Headers &headers,
                 const ClassifierOptions &options)
{
    outcome.tier = error.tier;
    if (error.limitZero) {
        outcome.kind = NoSuchModel;
        outcome.reason = "MODEL_NOT_ON_TIER";
        outcome.text = "This model is not offered on the key's tier (its limit is 0). " + outcome.text;
        return;
    }
    const bool shortDelayCounts = !options.dayQuotaUntilMidnight && error.retryMs;
    if (isUsedUpForLong(error) || (error.perDay && !shortDelayCounts)) {
        outcome.kind = DayQuota;
        nameQuota(outcome, error.perDay);
        return;
    }
    nameQuota(outcome, error.spend ? error.spend : error.perMinute ? error.perMinute : error.perDay);
    std::optional<std::int64_t> rest = error.retryMs;
    if (!rest)
        rest = namedWaitMs(error.words);
    if (!rest)
        rest = retryAfterMs(headers);
    if (!rest)
        rest = error.spend ? SPEND_WINDOW_MS : error.perMinute ? MINUTE_MS : options.defaultRestMs;
    outcome.restMs = std::max(*rest, LEAST_REST_MS);
}

/// At most LONGEST_TEXT bytes, not cut inside a UTF-8 character.
std::string shortened(std::string text)
{
    if (text.size() <= LONGEST_TEXT)
        return text;
    std::size_t size = LONGEST_TEXT;
    while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80)
        --size;
    text.resize(size);
    return text + "…";
}

} // namespace

Outcome classify(int status, std::string_view body, const Headers &headers, const ClassifierOptions &options)
{
    Outcome outcome;
    if (status >= 200 && status < 400)
        return outcome;
    const GoogleError error = readGoogleError(body);
    outcome.kind = kindOf(status, error);
    outcome.reason = error.reason.empty() ? error.status : error.reason;
    outcome.text = shortened(withKeysMasked(trimmed(error.message)));
    if (outcome.text.empty())
        outcome.text = "Google answered with status " + std::to_string(status) + " and no message.";
    if (outcome.kind == RateLimited)
        refineQuota(outcome, error, headers, options);
    return outcome;
}

Outcome classifyTransport(const UpstreamEnd &end)
{
    Outcome outcome;
    outcome.kind = NetworkTrouble;
    outcome.reason = end.timedOut ? "TIMEOUT" : "NETWORK";
    outcome.text = end.error.empty() ? "The connection to Google ended before the answer did." : end.error;
    return outcome;
}

} // namespace Gateway
