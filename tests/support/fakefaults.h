#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tests/support/fakeanswer.h"

namespace TestSupport {

/// Ways of Google to fail.
enum class Fault : std::uint8_t {
    None,
    // Refusals with a body.
    InvalidKey,
    LeakedKey,
    SuspendedKey,
    ServiceDisabled,
    RegionRefused,
    MinuteQuota,   ///< 429 per minute with RetryInfo.
    DayQuota,      ///< 429 with a PerDay quotaId and no delay.
    DayQuotaShort, ///< The same with a short RetryInfo.
    BareQuota,     ///< 429 without details.
    HelpQuota,     ///< 429 with only a Help detail.
    LimitZero,     ///< 429 "limit: 0": the tier does not have the model.
    ModelMissing,
    InternalError,
    Overloaded,
    Deadline,
    HtmlError,
    EmptyBody,
    EmptyCandidate,
    // Broken answers.
    StallHead,
    StallBody,
    CloseBeforeHead,
    ResetBeforeHead,
    ResetAfterHead,
    ResetMidBody,
    ResetMidEvent,
    TruncatedBody, ///< Closed in peace before the body's end.
    ErrorEvent,
    RawErrorTail,
    SlowDrip,
    Count
};

/// "invalid-key", "minute-quota", …
std::string_view faultName(Fault fault);
std::optional<Fault> faultByName(std::string_view name);

/// What the fake does instead of answering well.
struct FaultScript
{
    std::string key = "*";   ///< Upstream key, "*" for any.
    std::string model = "*"; ///< Model id, "*" for any call, also one without a model.
    Fault fault = Fault::None;
    int times = -1;     ///< How often; < 0: for ever.
    double seconds = 0; ///< Quotas: the retry delay (0: 36); stalls and drips have their own.
};

/// The answer in place of the good one, or nothing when the fault breaks an answer instead.
std::optional<FakeAnswer> refusal(const FaultScript &script, std::string_view key, std::string_view model);

/// Faults that change the body's content but not its framing.
void spoilAnswer(FakeAnswer &answer, Fault fault);

/// Faults of the connection; `plan` is as planOf() made it.
void breakPlan(HttpPlan &plan, Fault fault);

} // namespace TestSupport
