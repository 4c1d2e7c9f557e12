#include "gateway/upstream/closeverdict.h"

#include "gateway/common/json.h"

namespace Gateway {

namespace {

/// One row: matches when the code and the words fit.
struct Rule
{
    int code;               ///< 0: any.
    std::string_view words; ///< Anywhere in the reason, without case; empty: any.
    int status;             ///< As HTTP would have it.
    std::string_view word;  ///< google.rpc.Code's name.
};

/// The first row that matches counts. Reasons as they were seen in clients' reports.
constexpr Rule RULES[] = {
    {0, "api key not valid", 400, "INVALID_ARGUMENT"},
    {0, "api key expired", 400, "INVALID_ARGUMENT"},
    {0, "api_key_invalid", 400, "INVALID_ARGUMENT"},
    {0, "reported as leaked", 403, "PERMISSION_DENIED"},
    {0, "has been suspended", 403, "PERMISSION_DENIED"},
    {0, "or it is disabled", 403, "PERMISSION_DENIED"},
    {0, "has been denied access", 403, "PERMISSION_DENIED"},
    {0, "unregistered callers", 403, "PERMISSION_DENIED"},
    {0, "permission denied", 403, "PERMISSION_DENIED"},
    {0, "location is not supported", 400, "FAILED_PRECONDITION"},
    {0, "exceeded your current quota", 429, "RESOURCE_EXHAUSTED"},
    {0, "resource_exhausted", 429, "RESOURCE_EXHAUSTED"},
    {0, "resource has been exhausted", 429, "RESOURCE_EXHAUSTED"},
    {0, "quota exceeded", 429, "RESOURCE_EXHAUSTED"},
    {0, "is not found for api version", 404, "NOT_FOUND"},
    {0, "no longer available", 404, "NOT_FOUND"},
    {0, "overloaded", 503, "UNAVAILABLE"},
    {0, "service is currently unavailable", 503, "UNAVAILABLE"},
    {0, "deadline", 504, "DEADLINE_EXCEEDED"},
    {1007, "", 400, "INVALID_ARGUMENT"},
    {1008, "", 400, "FAILED_PRECONDITION"},
    {1009, "", 400, "INVALID_ARGUMENT"},
    {1003, "", 400, "INVALID_ARGUMENT"},
    {1011, "", 500, "INTERNAL"},
    {1012, "", 503, "INTERNAL"},
    {1013, "", 503, "UNAVAILABLE"},
};

} // namespace

CloseError errorOfClose(const WsClose &close)
{
    if (close.code == WsClose::NORMAL || close.code == WsClose::NO_CODE || close.code == WsClose::GOING_AWAY)
        return {};
    for (const Rule &rule : RULES) {
        if ((rule.code != 0 && rule.code != close.code) ||
            (!rule.words.empty() && !containsIgnoreCase(close.reason, rule.words)))
            continue;
        const std::string text = close.reason.empty()
                                     ? "The session was closed with " + std::to_string(close.code) + '.'
                                     : close.reason;
        const json::object body{
            {"error", json::object{{"code", rule.status}, {"message", text}, {"status", rule.word}}}};
        return {rule.status, toJson(body)};
    }
    return {502, {}};
}

Outcome classifyClose(const WsClose &close, const ClassifierOptions &options)
{
    const CloseError error = errorOfClose(close);
    return error.status == 0 ? Outcome() : classify(error.status, error.body, {}, options);
}

} // namespace Gateway
