#include "gateway/upstream/googleerror.h"

#include <algorithm>
#include <charconv>

#include "gateway/common/json.h"
#include "gateway/common/text.h"
#include "gateway/upstream/quotaname.h"
#include "gateway/upstream/retrydelay.h"

namespace Gateway {

namespace {

constexpr std::size_t LONGEST_PLAIN_TEXT = 300;

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

char upper(char c)
{
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c;
}

bool contains(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

/// Whether `words` hold "limit: 0" and not "limit: 05" or "limit: 0.5".
bool namesLimitZero(std::string_view words)
{
    constexpr std::string_view phrase = "limit: 0";
    for (std::size_t at = words.find(phrase); at != std::string_view::npos; at = words.find(phrase, at + 1)) {
        const std::string_view behind = words.substr(at + phrase.size());
        const auto isDigit = [&](std::size_t i) {
            return i < behind.size() && behind[i] >= '0' && behind[i] <= '9';
        };
        if (!isDigit(0) && !(behind.starts_with('.') && isDigit(1)))
            return true;
    }
    return false;
}

/// The whole number after the first "limit: " in `words`, 0 when there is none.
std::int64_t limitIn(std::string_view words)
{
    constexpr std::string_view phrase = "limit: ";
    const std::size_t at = words.find(phrase);
    std::int64_t limit = 0;
    if (at != std::string_view::npos)
        std::from_chars(words.data() + at + phrase.size(), words.data() + words.size(), limit);
    return std::max<std::int64_t>(limit, 0);
}

/// A limit as text ("250") or number; -1 when it is neither.
std::int64_t limitAt(const json::object &from, std::string_view name)
{
    const std::string_view text = stringAt(from, name);
    std::int64_t limit = -1;
    if (text.empty())
        return integerAt(from, name, -1);
    const auto read = std::from_chars(text.data(), text.data() + text.size(), limit);
    return read.ec == std::errc() && read.ptr == text.data() + text.size() ? limit : -1;
}

/// Keeps the first of a kind that is told with its size.
void keepQuota(std::optional<GoogleError::Quota> &kept, const GoogleError::Quota &quota)
{
    if (!kept || (kept->limit == 0 && quota.limit > 0 && kept->kind == quota.kind) ||
        (kept->kind == QuotaKind::None && quota.kind != QuotaKind::None))
        kept = quota;
}

void noteQuota(GoogleError &error, const QuotaName &name, std::int64_t limit)
{
    const GoogleError::Quota quota{name.kind, std::max<std::int64_t>(limit, 0)};
    if (name.kind == QuotaKind::Spend)
        keepQuota(error.spend, quota);
    else if (name.period == QuotaName::Period::Day)
        keepQuota(error.perDay, quota);
    else if (name.period == QuotaName::Period::Minute)
        keepQuota(error.perMinute, quota);
    if (error.tier == KeyTier::Unknown)
        error.tier = name.tier;
    error.limitZero = error.limitZero || limit == 0;
}

void readViolations(GoogleError &error, const json::object &detail)
{
    const json::array *violations = arrayAt(detail, "violations");
    if (!violations)
        return;
    for (const json::value &entry : *violations) {
        if (const json::object *violation = entry.if_object())
            noteQuota(error,
                      readQuotaName(stringAt(*violation, "quotaId"), stringAt(*violation, "quotaMetric")),
                      limitAt(*violation, "quotaValue"));
    }
}

/// What the sentences tell, where the details told nothing.
void readWords(GoogleError &error)
{
    const QuotaName name = readQuotaWords(error.words);
    const std::int64_t limit = limitIn(error.words);
    if (error.tier == KeyTier::Unknown)
        error.tier = name.tier;
    error.limitZero = error.limitZero || namesLimitZero(error.words);
    if (name.kind == QuotaKind::Spend)
        keepQuota(error.spend, {name.kind, 0});
    if (contains(error.words, "per day"))
        keepQuota(error.perDay, {name.kind, limit});
    else if (contains(error.words, "per minute"))
        keepQuota(error.perMinute, {name.kind, limit});
    std::optional<GoogleError::Quota> &only = error.perDay ? error.perDay : error.perMinute;
    if (only && only->limit == 0 && !(error.perDay && error.perMinute))
        only->limit = limit; // some answers name the size in the sentence only
}

void readRetryDelay(GoogleError &error, const json::object &detail)
{
    if (const json::object *parts = objectAt(detail, "retryDelay")) { // protobuf's Duration spelled out
        const std::int64_t nanos = integerAt(*parts, "nanos", 0);
        error.retryMs = integerAt(*parts, "seconds", 0) * 1000 + (nanos + 999'999) / 1'000'000;
    } else if (const auto delay = durationMs(stringAt(detail, "retryDelay"))) {
        error.retryMs = delay;
    }
}

void readDetail(GoogleError &error, const json::object &detail)
{
    const std::string_view reason = stringAt(detail, "reason");
    if (error.reason.empty() && !reason.empty())
        error.reason = reason;
    if (const json::object *metadata = objectAt(detail, "metadata")) {
        noteQuota(error,
                  readQuotaName(stringAt(*metadata, "quota_limit"), stringAt(*metadata, "quota_metric")),
                  limitAt(*metadata, "quota_limit_value"));
    }
    readViolations(error, detail);
    readRetryDelay(error, detail);
    if (const std::string_view debug = stringAt(detail, "detail"); !debug.empty()) {
        error.words += '\n';
        error.words += debug;
    }
}

void readStatus(GoogleError &error, const json::object &status)
{
    error.code = static_cast<int>(std::clamp<std::int64_t>(integerAt(status, "code", 0), 0, 999));
    error.message = stringAt(status, "message");
    error.words = error.message;
    error.status = stringAt(status, "status");
    if (error.status.empty()) {
        error.status = stringAt(status, "code");
        std::transform(error.status.begin(), error.status.end(), error.status.begin(), upper);
    }
    if (const json::array *details = arrayAt(status, "details")) {
        for (const json::value &detail : *details) {
            if (const json::object *object = detail.if_object())
                readDetail(error, *object);
        }
    }
}

/// The object under "error", also of an array of one.
const json::object *statusOf(const json::value &body)
{
    const json::value *outer = &body;
    if (const json::array *array = body.if_array()) {
        if (array->empty())
            return nullptr;
        outer = &array->front();
    }
    const json::object *object = outer->if_object();
    return object ? objectAt(*object, "error") : nullptr;
}

} // namespace

GoogleError readGoogleError(std::string_view body)
{
    GoogleError error;
    body = trimmed(body);
    const Result<json::value> parsed = parseJson(body);
    if (!parsed) {
        if (!body.starts_with('<') && body.size() <= LONGEST_PLAIN_TEXT) // a proxy's plain sentence
            error.message = body;
        error.words = error.message;
    } else if (const json::object *status = statusOf(*parsed)) {
        readStatus(error, *status);
    } else if (parsed->is_object()) {
        error.message = stringAt(parsed->get_object(), "error");
        error.words = error.message;
    }
    std::transform(error.words.begin(), error.words.end(), error.words.begin(), lower);
    readWords(error);
    return error;
}

} // namespace Gateway
