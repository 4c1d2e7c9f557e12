#include "tests/support/fakefaults.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace TestSupport {

namespace {

constexpr std::array<std::string_view, static_cast<std::size_t>(Fault::Count)> NAMES = {"none",
                                                                                        "invalid-key",
                                                                                        "leaked-key",
                                                                                        "suspended-key",
                                                                                        "service-disabled",
                                                                                        "region-refused",
                                                                                        "minute-quota",
                                                                                        "day-quota",
                                                                                        "day-quota-short",
                                                                                        "bare-quota",
                                                                                        "help-quota",
                                                                                        "limit-zero",
                                                                                        "model-missing",
                                                                                        "internal-error",
                                                                                        "overloaded",
                                                                                        "deadline",
                                                                                        "html-error",
                                                                                        "empty-body",
                                                                                        "empty-candidate",
                                                                                        "stall-head",
                                                                                        "stall-body",
                                                                                        "close-before-head",
                                                                                        "reset-before-head",
                                                                                        "reset-after-head",
                                                                                        "reset-mid-body",
                                                                                        "reset-mid-event",
                                                                                        "truncated-body",
                                                                                        "error-event",
                                                                                        "raw-error-tail",
                                                                                        "slow-drip"};

// Time for the other side to read what came before a reset.
constexpr double BREAK_DELAY_MS = 30;
constexpr double DRIP_DELAY_MS = 1;

std::string retryText(double seconds)
{
    char text[64];
    std::snprintf(text, sizeof(text), "\nPlease retry in %.9gs.", seconds);
    return text;
}

json::object helpDetail()
{
    return {
        {"@type", "type.googleapis.com/google.rpc.Help"},
        {"links", json::array{json::object{{"description", "Learn more about Gemini API quotas"},
                                           {"url", "https://ai.google.dev/gemini-api/docs/rate-limits"}}}}};
}

FakeAnswer quotaAnswer(std::string_view model, std::string_view quotaId, int limit, double seconds)
{
    constexpr std::string_view METRIC =
        "generativelanguage.googleapis.com/generate_content_free_tier_requests";
    std::string message =
        "You exceeded your current quota, please check your plan and billing details. For more "
        "information on this error, head to: "
        "https://ai.google.dev/gemini-api/docs/rate-limits.\n* Quota exceeded for metric: ";
    message += METRIC;
    message += ", limit: " + std::to_string(limit) + ", model: " + std::string(model);
    json::object violation{{"quotaMetric", METRIC},
                           {"quotaId", quotaId},
                           {"quotaDimensions", json::object{{"location", "global"}, {"model", model}}}};
    if (limit > 0)
        violation["quotaValue"] = std::to_string(limit);
    json::array details{helpDetail(), json::object{{"@type", "type.googleapis.com/google.rpc.QuotaFailure"},
                                                   {"violations", json::array{std::move(violation)}}}};
    if (seconds > 0) {
        message += retryText(seconds);
        details.push_back(retryInfo(seconds));
    }
    return errorAnswer(429, message, std::move(details));
}

FakeAnswer keyRefusal(Fault fault, std::string_view key)
{
    constexpr std::string_view INVALID = "API key not valid. Please pass a valid API key.";
    switch (fault) {
    case Fault::InvalidKey:
        // Google's DebugInfo repeats the key: whoever passes it on leaks it.
        return errorAnswer(400, INVALID,
                           {errorInfo("API_KEY_INVALID"),
                            json::object{{"@type", "type.googleapis.com/google.rpc.LocalizedMessage"},
                                         {"locale", "en-US"},
                                         {"message", INVALID}},
                            json::object{{"@type", "type.googleapis.com/google.rpc.DebugInfo"},
                                         {"detail", "Invalid API key: " + std::string(key)}}});
    case Fault::LeakedKey:
        return errorAnswer(403, "Your API key was reported as leaked. Please use another API key.");
    case Fault::SuspendedKey:
        return errorAnswer(
            403, "Permission denied: Consumer 'api_key:" + std::string(key) + "' has been suspended.",
            {errorInfo("CONSUMER_SUSPENDED", {{"consumer", "projects/12345678"}})});
    case Fault::ServiceDisabled:
        return errorAnswer(
            403,
            "Generative Language API has not been used in project 12345678 before or it is "
            "disabled. Enable it by visiting https://console.developers.google.com/apis/api/"
            "generativelanguage.googleapis.com/overview?project=12345678 then retry. If you "
            "enabled this API recently, wait a few minutes for the action to propagate to our "
            "systems and retry.",
            {helpDetail(), errorInfo("SERVICE_DISABLED", {{"consumer", "projects/12345678"}})});
    default:
        return errorAnswer(400, "User location is not supported for the API use.", {}, "FAILED_PRECONDITION");
    }
}

FakeAnswer emptyCandidate(std::string_view model)
{
    return jsonAnswer(
        json::object{{"candidates", json::array{json::object{{"content", json::object{{"role", "model"}}},
                                                             {"finishReason", "STOP"},
                                                             {"index", 0}}}},
                     {"usageMetadata", json::object{{"promptTokenCount", 5}, {"totalTokenCount", 5}}},
                     {"modelVersion", model}});
}

HttpStep breakStep(StepEnd end)
{
    HttpStep step;
    step.bytes = std::make_shared<const std::string>();
    step.delayMs = end == StepEnd::Stall ? 0 : BREAK_DELAY_MS;
    step.end = end;
    return step;
}

// Keeps the head and `whole` body steps, then `half` of the next one if told, then breaks.
void cutPlan(HttpPlan &plan, std::size_t whole, bool half, StepEnd end)
{
    std::vector<HttpStep> kept(plan.steps.begin(), plan.steps.begin() + static_cast<std::ptrdiff_t>(std::min(
                                                                            plan.steps.size(), whole + 1)));
    if (half && plan.steps.size() > whole + 1) {
        HttpStep part = plan.steps[whole + 1];
        part.bytes = std::make_shared<const std::string>(part.bytes->substr(0, part.bytes->size() / 2));
        kept.push_back(std::move(part));
    }
    kept.push_back(breakStep(end));
    plan.steps = std::move(kept);
}

void drip(HttpPlan &plan)
{
    std::vector<HttpStep> drops;
    for (const HttpStep &step : plan.steps) {
        for (const char byte : *step.bytes) {
            HttpStep drop;
            drop.bytes = std::make_shared<const std::string>(1, byte);
            drop.delayMs = DRIP_DELAY_MS;
            drops.push_back(std::move(drop));
        }
    }
    plan.steps = std::move(drops);
}

} // namespace

std::string_view faultName(Fault fault)
{
    return NAMES[static_cast<std::size_t>(fault)];
}

std::optional<Fault> faultByName(std::string_view name)
{
    const auto found = std::find(NAMES.begin(), NAMES.end(), name);
    if (found == NAMES.end())
        return std::nullopt;
    return static_cast<Fault>(found - NAMES.begin());
}

std::optional<FakeAnswer> refusal(const FaultScript &script, std::string_view key, std::string_view model)
{
    const double seconds = script.seconds > 0 ? script.seconds : 36;
    switch (script.fault) {
    case Fault::InvalidKey:
    case Fault::LeakedKey:
    case Fault::SuspendedKey:
    case Fault::ServiceDisabled:
    case Fault::RegionRefused:
        return keyRefusal(script.fault, key);
    case Fault::MinuteQuota:
        return quotaAnswer(model, "GenerateRequestsPerMinutePerProjectPerModel-FreeTier", 10, seconds);
    case Fault::DayQuota:
        return quotaAnswer(model, "GenerateRequestsPerDayPerProjectPerModel-FreeTier", 250, 0);
    case Fault::DayQuotaShort:
        return quotaAnswer(model, "GenerateRequestsPerDayPerProjectPerModel-FreeTier", 250, seconds);
    case Fault::LimitZero:
        return quotaAnswer(model, "GenerateRequestsPerDayPerProjectPerModel-FreeTier", 0, seconds);
    case Fault::BareQuota:
        return errorAnswer(429, "Resource has been exhausted (e.g. check quota).");
    case Fault::HelpQuota:
        return errorAnswer(429, "Resource has been exhausted (e.g. check quota).", {helpDetail()});
    case Fault::ModelMissing:
        return errorAnswer(404,
                           "models/" + std::string(model) +
                               " is not found for API version v1beta, or is not supported for "
                               "generateContent. Call ListModels to see the list of available models and "
                               "their supported methods.");
    case Fault::InternalError:
        return errorAnswer(500, "An internal error has occurred. Please retry or report in "
                                "https://developers.generativeai.google/guide/troubleshooting");
    case Fault::Overloaded:
        return errorAnswer(503, "The model is overloaded. Please try again later.");
    case Fault::Deadline:
        return errorAnswer(504, "Deadline expired before operation could complete.");
    case Fault::HtmlError:
        return FakeAnswer{502,
                          "text/html; charset=UTF-8",
                          {},
                          {{"<!DOCTYPE html>\n<html lang=en>\n<title>Error 502 (Server Error)!!1</title>\n"
                            "<p><b>502.</b> <ins>That\xE2\x80\x99s an error.</ins>\n",
                            0}},
                          false};
    case Fault::EmptyBody:
        return FakeAnswer{200, "application/json; charset=UTF-8", {}, {}, false};
    case Fault::EmptyCandidate:
        return emptyCandidate(model);
    default:
        return std::nullopt;
    }
}

void spoilAnswer(FakeAnswer &answer, Fault fault)
{
    if (fault != Fault::ErrorEvent && fault != Fault::RawErrorTail)
        return;
    const std::string error =
        Gateway::toJson(errorObject(503, "The model is overloaded. Please try again later."));
    if (!answer.streamed) {
        answer = errorAnswer(503, "The model is overloaded. Please try again later.");
        return;
    }
    answer.pieces.resize(std::min<std::size_t>(answer.pieces.size(), 1));
    const bool isSse = answer.contentType.starts_with("text/event-stream");
    if (fault == Fault::RawErrorTail)
        answer.pieces.push_back({error + "\n", 0});
    else
        answer.pieces.push_back({isSse ? "data: " + error + "\r\n\r\n" : ",\r\n" + error + "\n]", 0});
}

void breakPlan(HttpPlan &plan, Fault fault)
{
    switch (fault) {
    case Fault::StallHead:
        plan.steps = {breakStep(StepEnd::Stall)};
        break;
    case Fault::CloseBeforeHead:
        plan.steps = {breakStep(StepEnd::Close)};
        break;
    case Fault::ResetBeforeHead:
        plan.steps = {breakStep(StepEnd::Reset)};
        break;
    case Fault::ResetAfterHead:
        cutPlan(plan, 0, false, StepEnd::Reset);
        break;
    // An unary body is one step, so it breaks in its middle; a stream breaks after its first event.
    case Fault::ResetMidBody:
        cutPlan(plan, plan.steps.size() > 2 ? 1 : 0, plan.steps.size() == 2, StepEnd::Reset);
        break;
    case Fault::ResetMidEvent:
        cutPlan(plan, plan.steps.size() > 2 ? 1 : 0, true, StepEnd::Reset);
        break;
    case Fault::TruncatedBody:
        cutPlan(plan, plan.steps.size() > 2 ? 1 : 0, plan.steps.size() == 2, StepEnd::Close);
        break;
    case Fault::StallBody:
        cutPlan(plan, plan.steps.size() > 2 ? 1 : 0, plan.steps.size() == 2, StepEnd::Stall);
        break;
    case Fault::SlowDrip:
        drip(plan);
        break;
    default:
        break;
    }
}

} // namespace TestSupport
