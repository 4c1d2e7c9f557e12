#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <iterator>

#include "gateway/common/json.h"
#include "gateway/dialects/errors.h"

namespace Gateway {

namespace {

constexpr std::size_t MAX_TITLE = 200;
/// Runs at least this long of mixed capitals, small letters and digits are taken for a credential.
constexpr std::size_t MIN_SECRET_RUN = 30;
constexpr std::string_view HIDDEN = "[hidden]";
/// Google words these before a credential, e.g. "Consumer 'api_key:…' has been suspended.".
constexpr auto SECRET_LABELS = std::to_array<std::string_view>({"api_key:", "api key: ", "key=", "bearer "});

bool isTokenByte(char byte)
{
    const auto letter = static_cast<unsigned char>(byte);
    return std::isalnum(letter) != 0 || byte == '-' || byte == '_';
}

bool looksSecret(std::string_view run)
{
    const auto has = [run](auto kind) {
        return std::ranges::any_of(run, [kind](unsigned char letter) { return kind(letter) != 0; });
    };
    return run.size() >= MIN_SECRET_RUN && has([](int c) { return std::isupper(c); }) &&
           has([](int c) { return std::islower(c); }) && has([](int c) { return std::isdigit(c); });
}

bool endsWithLabel(std::string_view text)
{
    return std::ranges::any_of(SECRET_LABELS, [text](std::string_view label) {
        return text.size() >= label.size() &&
               equalsIgnoreCase(text.substr(text.size() - label.size()), label);
    });
}

/// `text` with every credential in it replaced.
std::string withoutSecrets(std::string_view text)
{
    std::string out;
    std::size_t at = 0;
    while (at < text.size()) {
        if (!isTokenByte(text[at])) {
            out += text[at++];
            continue;
        }
        const auto end =
            std::find_if_not(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), isTokenByte);
        std::string_view run = text.substr(at, static_cast<std::size_t>(end - text.begin()) - at);
        at += run.size();
        // Keys may be in two pieces: "AQ." and the rest.
        const bool labelled = endsWithLabel(out);
        while (labelled && at + 1 < text.size() && text[at] == '.' && isTokenByte(text[at + 1])) {
            const auto next =
                std::find_if_not(text.begin() + static_cast<std::ptrdiff_t>(at + 1), text.end(), isTokenByte);
            at = static_cast<std::size_t>(next - text.begin());
        }
        out += labelled || looksSecret(run) ? HIDDEN : run;
    }
    return out;
}

std::string lowerCase(std::string_view text)
{
    std::string out;
    std::ranges::transform(text, std::back_inserter(out),
                           [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
    return out;
}

/// "36s", "36.4s" → ms; 0 when it is no duration.
std::int64_t durationMs(std::string_view text)
{
    double seconds = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), seconds);
    const bool isDuration =
        read.ec == std::errc() && read.ptr != text.data() + text.size() && *read.ptr == 's';
    constexpr double MAX_SECONDS = 1e9;
    if (!isDuration || seconds <= 0 || seconds > MAX_SECONDS)
        return 0;
    return static_cast<std::int64_t>(std::ceil(seconds * 1000));
}

void readDetail(const json::object &detail, Error &error)
{
    const std::string_view type = stringAt(detail, "@type");
    if (type.ends_with("google.rpc.RetryInfo"))
        error.retryAfterMs = durationMs(stringAt(detail, "retryDelay"));
    if (type.ends_with("google.rpc.ErrorInfo") && !stringAt(detail, "reason").empty())
        error.code = lowerCase(stringAt(detail, "reason"));
    const json::array *violations = arrayAt(detail, "violations");
    if (!type.ends_with("google.rpc.QuotaFailure") || !violations)
        return;
    for (const json::value &violation : *violations) {
        const json::object *object = violation.if_object();
        if (object && stringAt(*object, "quotaId").find("PerDay") != std::string_view::npos)
            error.code = "daily_quota_exhausted";
    }
}

/// The HTTP status that goes with a google.rpc.Code word.
int statusOfWord(std::string_view word)
{
    struct Row
    {
        std::string_view word;
        int status;
    };
    static constexpr auto ROWS = std::to_array<Row>({{"INVALID_ARGUMENT", 400},
                                                     {"FAILED_PRECONDITION", 400},
                                                     {"OUT_OF_RANGE", 400},
                                                     {"UNAUTHENTICATED", 401},
                                                     {"PERMISSION_DENIED", 403},
                                                     {"NOT_FOUND", 404},
                                                     {"ABORTED", 409},
                                                     {"ALREADY_EXISTS", 409},
                                                     {"RESOURCE_EXHAUSTED", 429},
                                                     {"CANCELLED", 499},
                                                     {"INTERNAL", 500},
                                                     {"UNIMPLEMENTED", 501},
                                                     {"UNAVAILABLE", 503},
                                                     {"DEADLINE_EXCEEDED", 504}});
    const auto *const row = std::ranges::find(ROWS, word, &Row::word);
    return row == ROWS.end() ? 0 : row->status;
}

bool isErrorStatus(std::int64_t status)
{
    return status >= 400 && status < 600;
}

/// An error told inside an answer with status 200 has its own; without any it is the upstream's fault.
int statusFor(int httpStatus, const json::object &told)
{
    if (isErrorStatus(httpStatus))
        return httpStatus;
    const std::int64_t code = integerAt(told, "code", 0);
    if (isErrorStatus(code))
        return static_cast<int>(code);
    const int ofWord = statusOfWord(stringAt(told, "status"));
    return ofWord != 0 ? ofWord : 502;
}

/// "Please retry in 36.4s." where Google gives no RetryInfo.
std::int64_t retryFromText(std::string_view text)
{
    static constexpr std::string_view PHRASE = "retry in ";
    const std::size_t at = text.find(PHRASE);
    return at == std::string_view::npos ? 0 : durationMs(text.substr(at + PHRASE.size()));
}

Error readTold(int httpStatus, const json::object &told)
{
    Error error;
    error.status = statusFor(httpStatus, told);
    // Interactions name their errors by a word in `code` where google.rpc.Status has the number.
    const std::string_view word = stringAt(told, "code");
    error.code = lowerCase(word.empty() ? stringAt(told, "status") : word);
    if (const json::array *details = arrayAt(told, "details")) {
        for (const json::value &detail : *details)
            if (const json::object *object = detail.if_object())
                readDetail(*object, error);
    }
    error.text = withoutSecrets(stringAt(told, "message"));
    if (error.retryAfterMs == 0)
        error.retryAfterMs = retryFromText(error.text);
    return error;
}

const json::object *toldError(const json::value &body)
{
    const json::array *list = body.if_array();
    const json::object *object = list && !list->empty() ? list->front().if_object() : body.if_object();
    return object ? objectAt(*object, "error") : nullptr;
}

/// What a page that is no JSON says of itself.
std::string pageTitle(std::string_view body)
{
    const std::size_t open = body.find("<title>");
    if (open == std::string_view::npos)
        return {};
    const std::size_t start = open + std::string_view("<title>").size();
    const std::string_view title = trimmed(body.substr(start, body.find('<', start) - start));
    const bool plain = std::ranges::all_of(title, [](unsigned char c) { return c >= 0x20 && c < 0x7f; });
    return plain && title.size() <= MAX_TITLE ? withoutSecrets(title) : std::string();
}

std::string codeOfStatus(int status)
{
    switch (status) {
    case 401:
        return "unauthenticated";
    case 403:
        return "permission_denied";
    case 404:
        return "not_found";
    case 429:
        return "resource_exhausted";
    default:
        return status < 500 ? "invalid_argument" : "unavailable";
    }
}

} // namespace

Error errorFromGemini(int status, std::string_view body)
{
    Error error;
    error.status = isErrorStatus(status) ? status : 502;
    if (const Result<json::value> parsed = parseJson(body)) {
        if (const json::object *told = toldError(*parsed))
            error = readTold(status, *told);
    } else if (const std::string title = pageTitle(body); !title.empty()) {
        error.text = "Google answered with a page: " + title + '.';
    }
    if (error.code.empty())
        error.code = codeOfStatus(error.status);
    if (error.text.empty())
        error.text = "Google answered with status " + std::to_string(status) +
                     (trimmed(body).empty() ? " and no body." : " and no readable error.");
    return error;
}

} // namespace Gateway
