#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "gateway/common/keysettings.h"

namespace Gateway {

/// Which of Google's allowances a number is about; each is per project and model
/// (ai.google.dev/gemini-api/docs/rate-limits).
enum class QuotaKind : std::uint8_t {
    None = 0,       ///< Not a quota, or not told which.
    MinuteRequests, ///< RPM
    MinuteTokens,   ///< TPM, input tokens
    DayRequests,    ///< RPD
    DayTokens,      ///< TPD
    Spend,          ///< Money in a rolling window of ten minutes.
    Count
};

constexpr std::size_t QUOTA_KINDS = static_cast<std::size_t>(QuotaKind::Count);

/// "minute_requests", "minute_tokens", "day_requests", "day_tokens", "spend"; "" for None.
std::string_view quotaKindName(QuotaKind kind);

/// A limit as Google named it in a 429 (`quotaValue`).
struct LearnedLimit
{
    std::int64_t value = 0;     ///< 0: not known.
    std::int64_t learnedMs = 0; ///< ms since 1970 UTC.

    bool operator==(const LearnedLimit &) const = default;
};

/// What is remembered of one project and one model.
struct QuotaRow
{
    std::string scope; ///< See quotaScope().
    std::string model;
    std::int64_t day = 0; ///< Google's day the counts are of: days since 1970, Pacific time.
    std::int64_t dayRequests = 0;
    std::int64_t dayTokens = 0; ///< Input tokens.
    std::array<LearnedLimit, QUOTA_KINDS> limits{};
    std::int64_t unavailableUntilMs = 0; ///< Not 0: the project does not have the model; asked again then.
    std::string unavailableReason;       ///< Google's words.
    int unavailableTries = 0;            ///< Refusals in a row; each makes the next wait longer.
    KeyTier tier = KeyTier::Unknown;     ///< Of the project, as a quota of this model told it.
    std::int64_t tierMs = 0;             ///< When, ms since 1970 UTC; the newest of a project's rows counts.
};

/// A model's own trouble (overload), whatever the key.
struct ModelStateRow
{
    std::string model;
    std::int64_t openUntilMs = 0; ///< The breaker is open until then, ms since 1970 UTC; 0: closed.
    int failures = 0;             ///< In a row.
    std::string reason;           ///< Google's words.
};

/// Whose allowance a key uses: the name of its project, or "#17" for key 17 without one.
std::string quotaScope(std::string_view project, std::int64_t keyId);

} // namespace Gateway
