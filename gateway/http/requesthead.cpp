#include "gateway/http/requesthead.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace Gateway {

namespace {

constexpr std::size_t METHOD_LIMIT = 32;
constexpr std::size_t LENGTH_DIGITS = 18;

enum CharClass : std::uint8_t { TOKEN = 1, TARGET = 2, VALUE = 4, HOST = 8 };

/// RFC 9110 5.6.2 (token), 5.5 (field-value); a target is visible ASCII without what RFC 3986 keeps out of
/// every URI and a server could misread.
constexpr std::array<std::uint8_t, 256> CLASSES = [] {
    std::array<std::uint8_t, 256> classes{};
    for (unsigned c = 0; c < 256; ++c) {
        const bool isVisible = c > 0x20 && c < 0x7f;
        const bool isAlphanumeric =
            (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        const bool isTokenMark =
            isVisible &&
            std::string_view("!#$%&'*+-.^_`|~").find(static_cast<char>(c)) != std::string_view::npos;
        if (isAlphanumeric || isTokenMark)
            classes[c] |= TOKEN;
        if (isVisible && c != '#' && c != '<' && c != '>' && c != '"' && c != '\\')
            classes[c] |= TARGET;
        if ((classes[c] & TARGET) && c != '/' && c != '?' && c != '@' && c != ',')
            classes[c] |= HOST;
        if (isVisible || c >= 0x80 || c == ' ' || c == '\t')
            classes[c] |= VALUE;
    }
    return classes;
}();

bool consistsOf(std::string_view text, CharClass wanted)
{
    for (const char c : text) {
        if (!(CLASSES[static_cast<unsigned char>(c)] & wanted))
            return false;
    }
    return true;
}

Error bad(std::string text)
{
    return {400, "bad_request", std::move(text), {}, 0};
}

std::optional<Error> readVersion(std::string_view version, HttpRequest &request)
{
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    if (version.size() != 8 || !version.starts_with("HTTP/") || !isDigit(version[5]) || version[6] != '.' ||
        !isDigit(version[7]))
        return bad("The request line must be METHOD TARGET HTTP/1.1.");
    if (version[5] != '1')
        return Error{505, "http_version_not_supported", "Only HTTP/1.1 and HTTP/1.0 are spoken here.", {}, 0};
    request.isHttp11 = version[7] != '0';
    request.keepAlive = request.isHttp11;
    return std::nullopt;
}

/// "http://host/path" → "/path", the host kept (RFC 9112 3.2.2: it overrides the Host header).
std::optional<Error> readTarget(std::string_view target, HttpRequest &request)
{
    if (!consistsOf(target, TARGET))
        return bad("The request target has bytes that must be percent-encoded.");
    if (startsWithIgnoreCase(target, "http://") || startsWithIgnoreCase(target, "https://")) {
        target.remove_prefix(target.find("//") + 2);
        const std::size_t end = std::min(target.find_first_of("/?"), target.size());
        request.host = target.substr(0, end);
        target.remove_prefix(end);
        if (request.host.empty() || !consistsOf(request.host, HOST))
            return bad("The request target names no host.");
        request.target = target.starts_with('/') ? "" : "/";
        request.target += target;
        return std::nullopt;
    }
    if (!target.starts_with('/') && target != "*")
        return bad("The request target must begin with a slash.");
    request.target = target;
    return std::nullopt;
}

std::optional<Error> readRequestLine(std::string_view line, const HttpLimits &limits, HttpRequest &request)
{
    const std::size_t methodEnd = line.find(' ');
    const std::size_t targetEnd = line.rfind(' ');
    if (methodEnd == std::string_view::npos || methodEnd == 0 || targetEnd == methodEnd)
        return bad("The request line must be METHOD TARGET HTTP/1.1.");
    const std::string_view method = line.substr(0, methodEnd);
    const std::string_view target = line.substr(methodEnd + 1, targetEnd - methodEnd - 1);
    if (target.size() > limits.targetBytes)
        return Error{414,
                     "uri_too_long",
                     "The request target is longer than " + std::to_string(limits.targetBytes) + " bytes.",
                     {},
                     0};
    if (method.size() > METHOD_LIMIT || !consistsOf(method, TOKEN))
        return bad("The request method is not a word.");
    request.method = method;
    if (std::optional<Error> error = readTarget(target, request))
        return error;
    return readVersion(line.substr(targetEnd + 1), request);
}

std::optional<Error> readContentLength(std::string_view value, HttpRequest &request)
{
    std::int64_t length = 0;
    if (value.empty() || value.size() > LENGTH_DIGITS)
        return bad("Content-Length is not a length.");
    for (const char c : value) {
        if (c < '0' || c > '9')
            return bad("Content-Length is not a length.");
        length = length * 10 + (c - '0');
    }
    if (request.contentLength >= 0 && request.contentLength != length)
        return bad("There are several Content-Length headers, and they differ.");
    request.contentLength = length;
    return std::nullopt;
}

std::optional<Error> readTransferEncoding(std::string_view value, HttpRequest &request)
{
    if (!equalsIgnoreCase(value, "chunked"))
        return Error{501, "not_implemented", "The only Transfer-Encoding known here is chunked.", {}, 0};
    if (request.isChunked)
        return bad("Transfer-Encoding is given twice.");
    request.isChunked = true;
    return std::nullopt;
}

void readConnection(std::string_view value, HttpRequest &request)
{
    while (!value.empty()) {
        const std::size_t end = std::min(value.find(','), value.size());
        const std::string_view option = trimmed(value.substr(0, end));
        if (equalsIgnoreCase(option, "close"))
            request.keepAlive = false;
        else if (!request.isHttp11 && equalsIgnoreCase(option, "keep-alive"))
            request.keepAlive = true;
        value.remove_prefix(std::min(end + 1, value.size()));
    }
}

std::optional<Error> readExpect(std::string_view value, HttpRequest &request)
{
    if (!equalsIgnoreCase(value, "100-continue"))
        return Error{417, "expectation_failed", "The only expectation known here is 100-continue.", {}, 0};
    request.expectsContinue = request.isHttp11;
    return std::nullopt;
}

/// The Host header of the request, checked for what can stand in an authority.
std::optional<Error> readHost(std::string_view value, bool &hasHost, HttpRequest &request)
{
    if (hasHost)
        return bad("There are several Host headers.");
    hasHost = true;
    if (!consistsOf(value, HOST))
        return bad("The Host header is not a host.");
    if (request.host.empty())
        request.host = value;
    return std::nullopt;
}

/// Acts on the headers that this layer needs, told apart by their length first.
std::optional<Error> readKnown(std::string_view name, std::string_view value, bool &hasHost,
                               HttpRequest &request)
{
    switch (name.size()) {
    case 4:
        if (equalsIgnoreCase(name, "host"))
            return readHost(value, hasHost, request);
        break;
    case 6:
        if (equalsIgnoreCase(name, "expect"))
            return readExpect(value, request);
        if (equalsIgnoreCase(name, "origin"))
            request.originAt = static_cast<int>(request.headers.size());
        break;
    case 10:
        if (equalsIgnoreCase(name, "connection"))
            readConnection(value, request);
        break;
    case 12:
        if (equalsIgnoreCase(name, "x-request-id"))
            request.requestIdAt = static_cast<int>(request.headers.size());
        break;
    case 14:
        if (equalsIgnoreCase(name, "content-length"))
            return readContentLength(value, request);
        break;
    case 17:
        if (equalsIgnoreCase(name, "transfer-encoding"))
            return readTransferEncoding(value, request);
        if (equalsIgnoreCase(name, "x-forwarded-proto"))
            request.forwardedProtoAt = static_cast<int>(request.headers.size());
        break;
    default:
        break;
    }
    return std::nullopt;
}

std::optional<Error> readHeader(std::string_view line, bool &hasHost, HttpRequest &request)
{
    if (line.front() == ' ' || line.front() == '\t')
        return bad("A header is folded over several lines.");
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0 || !consistsOf(line.substr(0, colon), TOKEN))
        return bad("A header line is not of the form NAME: VALUE.");
    const std::string_view name = line.substr(0, colon);
    const std::string_view value = trimmed(line.substr(colon + 1));
    if (!consistsOf(value, VALUE))
        return bad("A header value has a control character.");
    if (std::optional<Error> error = readKnown(name, value, hasHost, request))
        return error;
    request.headers.emplace_back(name, value);
    return std::nullopt;
}

std::optional<Error> judgeFraming(bool hasHost, const HttpRequest &request)
{
    if (request.isChunked && request.contentLength >= 0)
        return bad("There are both Content-Length and Transfer-Encoding.");
    if (request.isChunked && !request.isHttp11)
        return bad("HTTP/1.0 knows no Transfer-Encoding.");
    if (request.isHttp11 && !hasHost)
        return bad("The Host header is missing.");
    return std::nullopt;
}

} // namespace

bool canBeginRequest(char byte)
{
    return CLASSES[static_cast<unsigned char>(byte)] & TOKEN;
}

std::optional<Error> parseRequestHead(std::string_view head, const HttpLimits &limits, HttpRequest &request)
{
    std::size_t end = head.find("\r\n");
    if (std::optional<Error> error = readRequestLine(head.substr(0, end), limits, request))
        return error;
    head.remove_prefix(end + 2);
    request.headers.reserve(12);
    bool hasHost = false;
    while ((end = head.find("\r\n")) != 0 && end != std::string_view::npos) {
        if (request.headers.size() == limits.headerCount)
            return Error{431,
                         "header_too_large",
                         "There are more than " + std::to_string(limits.headerCount) + " headers.",
                         {},
                         0};
        if (std::optional<Error> error = readHeader(head.substr(0, end), hasHost, request))
            return error;
        head.remove_prefix(end + 2);
    }
    return judgeFraming(hasHost, request);
}

} // namespace Gateway
