#include "tests/support/httprequestparser.h"

#include <charconv>

namespace TestSupport {

namespace {

constexpr std::string_view BAD = "400 Bad Request";

// The size of a chunked body at the front of `bytes` with its framing; 0 while unfinished, npos when broken.
std::size_t takeChunked(std::string_view bytes, std::string &body)
{
    std::size_t at = 0;
    for (;;) {
        const std::size_t lineEnd = bytes.find("\r\n", at);
        if (lineEnd == std::string_view::npos)
            return 0;
        std::size_t size = 0;
        const char *begin = bytes.data() + at;
        const auto [end, fault] = std::from_chars(begin, bytes.data() + lineEnd, size, 16);
        if (fault != std::errc{} || end == begin)
            return std::string_view::npos;
        at = lineEnd + 2;
        if (size == 0) {
            const std::size_t trailerEnd = bytes.find("\r\n", at);
            return trailerEnd == std::string_view::npos ? 0 : trailerEnd + 2;
        }
        if (bytes.size() < at + size + 2)
            return 0;
        if (bytes.substr(at + size, 2) != "\r\n")
            return std::string_view::npos;
        body += bytes.substr(at, size);
        at += size + 2;
    }
}

bool parseHead(std::string_view head, HttpRequest &request)
{
    const std::size_t lineEnd = head.find("\r\n");
    const std::string_view line = head.substr(0, lineEnd);
    const std::size_t first = line.find(' ');
    const std::size_t last = line.rfind(' ');
    if (first == std::string_view::npos || last == first || line.substr(last + 1) != "HTTP/1.1")
        return false;
    request.method = line.substr(0, first);
    const std::string_view target = line.substr(first + 1, last - first - 1);
    const std::size_t question = target.find('?');
    request.path = target.substr(0, question);
    if (question != std::string_view::npos)
        request.query = target.substr(question + 1);
    for (std::size_t at = lineEnd + 2; at < head.size();) {
        const std::size_t end = head.find("\r\n", at);
        const std::string_view field = head.substr(at, end - at);
        const std::size_t colon = field.find(':');
        if (colon == std::string_view::npos || colon == 0 || field.find(' ') < colon)
            return false;
        request.headers.emplace_back(field.substr(0, colon), Gateway::trimmed(field.substr(colon + 1)));
        at = end + 2;
    }
    return true;
}

} // namespace

std::size_t contentLengthOf(std::string_view head)
{
    constexpr std::string_view NAME = "\ncontent-length:";
    for (std::size_t at = head.find('\n'); at != std::string_view::npos; at = head.find('\n', at + 1)) {
        if (!Gateway::startsWithIgnoreCase(head.substr(at), NAME))
            continue;
        at += NAME.size();
        while (at < head.size() && head[at] == ' ')
            ++at;
        std::size_t length = 0;
        std::from_chars(head.data() + at, head.data() + head.size(), length);
        return length;
    }
    return 0;
}

ParsedRequest parseHttpRequest(std::string_view bytes)
{
    ParsedRequest parsed;
    const std::size_t headEnd = bytes.find("\r\n\r\n");
    if (headEnd == std::string_view::npos)
        return parsed;
    const std::string_view head = bytes.substr(0, headEnd + 2);
    const std::string_view rest = bytes.substr(headEnd + 4);
    HttpRequest &request = parsed.request;
    if (!parseHead(head, request)) {
        parsed.state = ParsedRequest::Bad;
        parsed.fault = BAD;
        return parsed;
    }
    const std::string_view length = Gateway::headerValue(request.headers, "content-length");
    const std::string_view coding = Gateway::headerValue(request.headers, "transfer-encoding");
    std::size_t bodySize = 0;
    bool isWhole = true;
    if (!coding.empty()) {
        bodySize = takeChunked(rest, request.body);
        isWhole = bodySize != 0;
    } else if (!length.empty()) {
        const auto [end, fault] = std::from_chars(length.data(), length.data() + length.size(), bodySize);
        if (fault != std::errc{} || end != length.data() + length.size())
            bodySize = std::string_view::npos;
        isWhole = rest.size() >= bodySize;
        if (isWhole)
            request.body = rest.substr(0, bodySize);
    }
    if (bodySize == std::string_view::npos || (!coding.empty() && !length.empty())) {
        parsed.state = ParsedRequest::Bad;
        parsed.fault = BAD;
        return parsed;
    }
    if (isWhole) {
        parsed.state = ParsedRequest::Complete;
        parsed.size = headEnd + 4 + bodySize;
    } else {
        parsed.wantsContinue =
            Gateway::equalsIgnoreCase(Gateway::headerValue(request.headers, "expect"), "100-continue");
    }
    return parsed;
}

} // namespace TestSupport
