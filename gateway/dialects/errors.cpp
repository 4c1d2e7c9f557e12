#include "gateway/dialects/errors.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <iterator>

#include "gateway/common/json.h"

namespace Gateway {

namespace {

/// How one HTTP status is called in the dialects. OpenAI: developers.openai.com/docs/guides/error-codes and
/// the answers its API gives (401 is an invalid_request_error with code invalid_api_key, 404 likewise with
/// model_not_found). Anthropic: platform.claude.com/docs/en/api/errors. Gemini: google/rpc/code.proto.
struct StatusWords
{
    int status;
    std::string_view openAi;
    std::string_view anthropic;
    std::string_view rpc;
};

constexpr auto STATUS_WORDS = std::to_array<StatusWords>({
    {400, "invalid_request_error", "invalid_request_error", "INVALID_ARGUMENT"},
    {401, "invalid_request_error", "authentication_error", "UNAUTHENTICATED"},
    {402, "insufficient_quota", "billing_error", "FAILED_PRECONDITION"},
    {403, "permission_error", "permission_error", "PERMISSION_DENIED"},
    {404, "invalid_request_error", "not_found_error", "NOT_FOUND"},
    {405, "invalid_request_error", "invalid_request_error", "UNIMPLEMENTED"},
    {408, "invalid_request_error", "timeout_error", "DEADLINE_EXCEEDED"},
    {409, "invalid_request_error", "invalid_request_error", "ABORTED"},
    {412, "invalid_request_error", "invalid_request_error", "FAILED_PRECONDITION"},
    {413, "invalid_request_error", "request_too_large", "INVALID_ARGUMENT"},
    {416, "invalid_request_error", "invalid_request_error", "OUT_OF_RANGE"},
    {429, "rate_limit_error", "rate_limit_error", "RESOURCE_EXHAUSTED"},
    {499, "invalid_request_error", "invalid_request_error", "CANCELLED"},
    {500, "server_error", "api_error", "INTERNAL"},
    {501, "server_error", "api_error", "UNIMPLEMENTED"},
    {502, "server_error", "api_error", "UNAVAILABLE"},
    {503, "service_unavailable_error", "overloaded_error", "UNAVAILABLE"},
    {504, "server_error", "timeout_error", "DEADLINE_EXCEEDED"},
    {529, "service_unavailable_error", "overloaded_error", "UNAVAILABLE"},
});
constexpr StatusWords OTHER_CALLER_FAULT{0, "invalid_request_error", "invalid_request_error",
                                         "INVALID_ARGUMENT"};
constexpr StatusWords OTHER_SERVER_FAULT{0, "server_error", "api_error", "INTERNAL"};

/// The canonical words of google.rpc.Code: an error that came with one keeps it (400 may be
/// FAILED_PRECONDITION).
constexpr auto RPC_WORDS = std::to_array<std::string_view>(
    {"ABORTED", "ALREADY_EXISTS", "CANCELLED", "DATA_LOSS", "DEADLINE_EXCEEDED", "FAILED_PRECONDITION",
     "INTERNAL", "INVALID_ARGUMENT", "NOT_FOUND", "OUT_OF_RANGE", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED",
     "UNAUTHENTICATED", "UNAVAILABLE", "UNIMPLEMENTED", "UNKNOWN"});

const StatusWords &wordsFor(int status)
{
    const auto *const found = std::ranges::find(STATUS_WORDS, status, &StatusWords::status);
    if (found != STATUS_WORDS.end())
        return *found;
    return status >= 400 && status < 500 ? OTHER_CALLER_FAULT : OTHER_SERVER_FAULT;
}

std::string upperCase(std::string_view text)
{
    std::string out;
    std::ranges::transform(text, std::back_inserter(out),
                           [](unsigned char letter) { return static_cast<char>(std::toupper(letter)); });
    return out;
}

/// OpenAI's own word where its clients act on one, else ours.
std::string_view openAiCode(const Error &error)
{
    if (error.status == 401) // a known token that is no longer good says so itself
        return error.code.starts_with("token_") ? std::string_view(error.code) : "invalid_api_key";
    if (error.code == "daily_quota_exhausted")
        return "insufficient_quota";
    const std::string_view code = error.code;
    if (error.status == 429 && (code.empty() || code == "resource_exhausted"))
        return "rate_limit_exceeded";
    if (error.status == 404 && code == "not_found" && error.text.find("models/") != std::string::npos)
        return "model_not_found";
    return code;
}

/// Most follow from the status; two come with their code.
std::string_view openAiType(std::string_view code, int status)
{
    if (code == "insufficient_quota")
        return code;
    return code == "moderation_blocked" ? "image_generation_user_error" : wordsFor(status).openAi;
}

void appendNullable(std::string &out, std::string_view name, std::string_view text)
{
    if (!text.empty())
        return appendJsonMember(out, name, text);
    out += ",\"";
    out += name;
    out += "\":null";
}

std::string anthropicBody(const Error &error, std::string_view requestId)
{
    std::string out = "{\"type\":\"error\",\"error\":{\"type\":";
    appendJsonString(out, wordsFor(error.status).anthropic);
    appendJsonMember(out, "message", error.text);
    out += '}';
    appendNullable(out, "request_id", requestId);
    out += '}';
    return out;
}

void appendDetail(std::string &out, bool &first, std::string_view type)
{
    out += first ? "" : ",";
    first = false;
    out += "{\"@type\":\"type.googleapis.com/google.rpc.";
    out += type;
    out += '"';
}

/// google.protobuf.Duration in JSON: "36.4s".
std::string durationText(std::int64_t ms)
{
    std::string out = std::to_string(ms / 1000);
    if (const std::int64_t rest = ms % 1000; rest != 0) {
        const std::string digits = std::to_string(1000 + rest);
        out += '.';
        out.append(digits, 1);
    }
    return out + 's';
}

void appendDetails(std::string &out, const Error &error, bool codeIsReason)
{
    bool first = true;
    out += ",\"details\":[";
    if (codeIsReason) {
        appendDetail(out, first, "ErrorInfo");
        appendJsonMember(out, "reason", upperCase(error.code));
        out += ",\"domain\":\"gemini-balance\"}";
    }
    if (!error.param.empty()) {
        appendDetail(out, first, "BadRequest");
        out += ",\"fieldViolations\":[{\"field\":";
        appendJsonString(out, error.param);
        appendJsonMember(out, "description", error.text);
        out += "}]}";
    }
    if (error.retryAfterMs > 0) {
        appendDetail(out, first, "RetryInfo");
        appendJsonMember(out, "retryDelay", durationText(error.retryAfterMs));
        out += '}';
    }
    out += ']';
}

std::string geminiBody(const Error &error)
{
    const std::string word = upperCase(error.code);
    const bool isRpcWord = std::ranges::find(RPC_WORDS, word) != RPC_WORDS.end();
    const bool codeIsReason = !isRpcWord && !error.code.empty();
    std::string out = "{\"error\":{\"code\":" + std::to_string(error.status);
    appendJsonMember(out, "message", error.text);
    appendJsonMember(out, "status", isRpcWord ? std::string_view(word) : wordsFor(error.status).rpc);
    if (codeIsReason || !error.param.empty() || error.retryAfterMs > 0)
        appendDetails(out, error, codeIsReason);
    out += "}}";
    return out;
}

std::string adminBody(const Error &error, std::string_view requestId)
{
    std::string out = "{\"error\":{\"code\":";
    appendJsonString(out, error.code.empty() ? std::string_view("error") : std::string_view(error.code));
    appendJsonMember(out, "message", error.text);
    if (!error.param.empty())
        appendJsonMember(out, "param", error.param);
    if (!requestId.empty())
        appendJsonMember(out, "request_id", requestId);
    out += "}}";
    return out;
}

} // namespace

std::string openAiError(const Error &error, std::string_view code)
{
    std::string out = "{\"message\":";
    appendJsonString(out, error.text);
    appendJsonMember(out, "type", openAiType(code, error.status));
    appendNullable(out, "param", error.param);
    appendNullable(out, "code", code);
    out += '}';
    return out;
}

std::string errorBody(Dialect dialect, const Error &error, std::string_view requestId)
{
    switch (dialect) {
    case Dialect::Gemini:
        return geminiBody(error);
    case Dialect::OpenAi:
        return "{\"error\":" + openAiError(error, openAiCode(error)) + '}';
    case Dialect::Anthropic:
        return anthropicBody(error, requestId);
    case Dialect::Ollama: {
        std::string out = "{\"error\":";
        appendJsonString(out, error.text);
        return out + '}';
    }
    case Dialect::Admin:
        break;
    }
    return adminBody(error, requestId);
}

int errorStatus(Dialect dialect, const Error &error)
{
    constexpr int UNAVAILABLE = 503;
    constexpr int OVERLOADED = 529;
    return dialect == Dialect::Anthropic && error.status == UNAVAILABLE ? OVERLOADED : error.status;
}

std::string_view heartbeatOf(Dialect dialect)
{
    if (dialect == Dialect::Anthropic)
        return "event: ping\ndata: {\"type\": \"ping\"}\n\n";
    if (dialect == Dialect::Ollama)
        return R"({"model":"","created_at":"1970-01-01T00:00:00Z","message":{"role":"assistant","content":""},)"
               R"("response":"","done":false})"
               "\n";
    return ": heartbeat\n\n";
}

} // namespace Gateway
