#include "gateway/relay/kepthead.h"

#include <algorithm>
#include <array>

#include "gateway/telemetry/redact.h"

namespace Gateway {

namespace {

constexpr std::string_view MASK = "…";
constexpr std::string_view UPLOAD = "upload_id";

bool isCredential(std::string_view name)
{
    // Whoever knows an upload's address may write to it.
    constexpr std::array<std::string_view, 7> names{
        "authorization", "proxy-authorization", "x-api-key",        "x-goog-api-key",
        "cookie",        "set-cookie",          "x-goog-upload-url"};
    return std::any_of(names.begin(), names.end(),
                       [&](std::string_view known) { return equalsIgnoreCase(name, known); });
}

void appendHeader(std::string &out, std::string_view name, std::string_view value)
{
    out += '\n';
    out += name;
    out += ": ";
    out += isCredential(name) ? std::string(MASK) : redacted(value);
}

/// "a=1&key=secret" → "a=1": without what a client may show its token in.
std::string shownQuery(std::string_view query)
{
    std::string shown(query);
    for (const std::string_view name : {"key", "access_token", "token"})
        shown = queryWithout(shown, name);
    if (!queryValue(shown, UPLOAD).empty()) { // told as missing: the call makes no sense without it
        shown = queryWithout(shown, UPLOAD);
        shown += (shown.empty() ? "" : "&") + std::string(UPLOAD) + '=' + std::string(MASK);
    }
    return redacted(shown);
}

} // namespace

std::string keptHead(const ClientRequest &request)
{
    std::string head = request.method + ' ' + redacted(request.path);
    if (const std::string query = shownQuery(request.query); !query.empty())
        head += '?' + query;
    for (const auto &[name, value] : request.headers)
        appendHeader(head, name, value);
    return head;
}

std::string keptHead(int status, std::string_view contentType, const Headers &headers)
{
    std::string head = std::to_string(status);
    if (!contentType.empty())
        appendHeader(head, "content-type", contentType);
    for (const auto &[name, value] : headers)
        appendHeader(head, name, value);
    return head;
}

} // namespace Gateway
