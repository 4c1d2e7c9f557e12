#include "gateway/upstream/requestwriter.h"

#include <algorithm>
#include <charconv>

namespace Gateway {

namespace {

constexpr std::string_view KEY_HEADER = "x-goog-api-key";
constexpr std::string_view AUTHORIZATION = "Authorization";

/// Methods for which a server expects to be told that the body is empty (RFC 9110, 8.6).
bool impliesBody(std::string_view method)
{
    return method == "POST" || method == "PUT" || method == "PATCH";
}

bool isToken(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return c > ' ' && c < 0x7f &&
               std::string_view("\"(),/:;<=>?@[\\]{}").find(c) == std::string_view::npos;
    });
}

bool fitsInHeader(std::string_view text)
{
    return std::none_of(text.begin(), text.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

/// Headers that the transport writes itself, or that would make it wait (Expect).
bool isTransportsOwn(std::string_view name, const UpstreamRequest &request)
{
    switch (name.size()) {
    case 4:
        return equalsIgnoreCase(name, "Host");
    case 6:
        return equalsIgnoreCase(name, "Expect");
    case 10:
        return equalsIgnoreCase(name, "Connection");
    case 13:
        return !request.apiKey.empty() && equalsIgnoreCase(name, AUTHORIZATION);
    case 14:
        return equalsIgnoreCase(name, "Content-Length") ||
               (!request.apiKey.empty() && equalsIgnoreCase(name, KEY_HEADER));
    case 15:
        return request.decode && equalsIgnoreCase(name, "Accept-Encoding");
    case 17:
        return equalsIgnoreCase(name, "Transfer-Encoding");
    default:
        return false;
    }
}

bool isAmong(const Headers *headers, std::string_view name)
{
    return headers && std::any_of(headers->begin(), headers->end(), [name](const auto &header) {
               return equalsIgnoreCase(header.first, name);
           });
}

void addLine(std::string &head, std::string_view name, std::string_view value)
{
    head += name;
    head += ": ";
    head += value;
    head += "\r\n";
}

void addKey(std::string &head, const UpstreamRequest &request)
{
    if (!request.keyIsBearer) {
        addLine(head, KEY_HEADER, request.apiKey);
        return;
    }
    head += AUTHORIZATION;
    head += ": Bearer ";
    head += request.apiKey;
    head += "\r\n";
}

/// Of a client's headers and those of the options and parameters the stronger of a name goes.
void addHeaders(std::string &head, const UpstreamRequest &request)
{
    const Headers *fixed = request.fixedHeaders;
    const Headers *strong = request.strongHeaders;
    if (request.headers) {
        for (const auto &[name, value] : *request.headers) {
            if (!isTransportsOwn(name, request) && !isAmong(fixed, name) && !isAmong(strong, name) &&
                isToken(name) && fitsInHeader(value))
                addLine(head, name, value);
        }
    }
    if (fixed) {
        for (const auto &[name, value] : *fixed) {
            if (!isAmong(strong, name))
                addLine(head, name, value);
        }
    }
    if (strong) {
        for (const auto &[name, value] : *strong)
            addLine(head, name, value);
    }
}

} // namespace

bool sendsBody(const UpstreamRequest &request)
{
    return request.method != "HEAD" && (request.hasBody || impliesBody(request.method));
}

bool writeRequestHead(const UpstreamRequest &request, std::string_view target, std::string_view host,
                      std::string &head)
{
    head.clear();
    if (!isToken(request.method))
        return false;
    head += request.method;
    head += ' ';
    head += target;
    head += " HTTP/1.1\r\n";
    addLine(head, "Host", host);
    if (!request.apiKey.empty() && fitsInHeader(request.apiKey))
        addKey(head, request);
    addHeaders(head, request);
    if (request.decode)
        addLine(head, "Accept-Encoding", "gzip");
    if (sendsBody(request)) {
        char digits[20];
        const auto end = std::to_chars(digits, digits + sizeof(digits), request.body.size());
        addLine(head, "Content-Length", {digits, static_cast<std::size_t>(end.ptr - digits)});
    }
    head += "\r\n";
    return true;
}

} // namespace Gateway
