#include "gateway/http/answerhead.h"

#include <array>
#include <charconv>
#include <cstdio>
#include <ctime>

namespace Gateway {

namespace {

struct Status
{
    int code;
    std::string_view line;
};

/// The statuses this gateway or Google gives, most frequent first.
constexpr Status STATUSES[] = {
    {200, "HTTP/1.1 200 OK\r\n"},
    {400, "HTTP/1.1 400 Bad Request\r\n"},
    {401, "HTTP/1.1 401 Unauthorized\r\n"},
    {403, "HTTP/1.1 403 Forbidden\r\n"},
    {404, "HTTP/1.1 404 Not Found\r\n"},
    {429, "HTTP/1.1 429 Too Many Requests\r\n"},
    {500, "HTTP/1.1 500 Internal Server Error\r\n"},
    {502, "HTTP/1.1 502 Bad Gateway\r\n"},
    {503, "HTTP/1.1 503 Service Unavailable\r\n"},
    {504, "HTTP/1.1 504 Gateway Timeout\r\n"},
    {101, "HTTP/1.1 101 Switching Protocols\r\n"},
    {201, "HTTP/1.1 201 Created\r\n"},
    {202, "HTTP/1.1 202 Accepted\r\n"},
    {204, "HTTP/1.1 204 No Content\r\n"},
    {206, "HTTP/1.1 206 Partial Content\r\n"},
    {301, "HTTP/1.1 301 Moved Permanently\r\n"},
    {302, "HTTP/1.1 302 Found\r\n"},
    {303, "HTTP/1.1 303 See Other\r\n"},
    {304, "HTTP/1.1 304 Not Modified\r\n"},
    {307, "HTTP/1.1 307 Temporary Redirect\r\n"},
    {308, "HTTP/1.1 308 Permanent Redirect\r\n"},
    {402, "HTTP/1.1 402 Payment Required\r\n"},
    {405, "HTTP/1.1 405 Method Not Allowed\r\n"},
    {406, "HTTP/1.1 406 Not Acceptable\r\n"},
    {408, "HTTP/1.1 408 Request Timeout\r\n"},
    {409, "HTTP/1.1 409 Conflict\r\n"},
    {410, "HTTP/1.1 410 Gone\r\n"},
    {411, "HTTP/1.1 411 Length Required\r\n"},
    {412, "HTTP/1.1 412 Precondition Failed\r\n"},
    {413, "HTTP/1.1 413 Content Too Large\r\n"},
    {414, "HTTP/1.1 414 URI Too Long\r\n"},
    {415, "HTTP/1.1 415 Unsupported Media Type\r\n"},
    {416, "HTTP/1.1 416 Range Not Satisfiable\r\n"},
    {417, "HTTP/1.1 417 Expectation Failed\r\n"},
    {422, "HTTP/1.1 422 Unprocessable Content\r\n"},
    {423, "HTTP/1.1 423 Locked\r\n"},
    {426, "HTTP/1.1 426 Upgrade Required\r\n"},
    {431, "HTTP/1.1 431 Request Header Fields Too Large\r\n"},
    {499, "HTTP/1.1 499 Client Closed Request\r\n"},
    {501, "HTTP/1.1 501 Not Implemented\r\n"},
    {505, "HTTP/1.1 505 HTTP Version Not Supported\r\n"},
    {529, "HTTP/1.1 529 Overloaded\r\n"},
};

void appendStatusLine(std::string &out, int status)
{
    for (const Status &known : STATUSES) {
        if (known.code == status) {
            out += known.line;
            return;
        }
    }
    out += "HTTP/1.1 ";
    out += std::to_string(status >= 100 && status <= 999 ? status : 500);
    out += " \r\n"; // RFC 9112 4: the reason may be empty, its space may not
}

/// RFC 9110 5.6.7, without the locale's names.
std::string dateLine(std::int64_t second)
{
    static constexpr const char *DAYS[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr const char *MONTHS[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::time_t time = second;
    std::tm utc{};
    gmtime_r(&time, &utc);
    std::array<char, 64> line{};
    std::snprintf(line.data(), line.size(), "Date: %s, %02d %s %04d %02d:%02d:%02d GMT\r\n",
                  DAYS[utc.tm_wday], utc.tm_mday, MONTHS[utc.tm_mon], utc.tm_year + 1900, utc.tm_hour,
                  utc.tm_min, utc.tm_sec);
    return line.data();
}

/// Whether a header is this layer's own to write.
bool isOurs(std::string_view name)
{
    switch (name.size()) {
    case 4:
        return equalsIgnoreCase(name, "date");
    case 7:
        return equalsIgnoreCase(name, "trailer") || equalsIgnoreCase(name, "upgrade");
    case 10:
        return equalsIgnoreCase(name, "connection") || equalsIgnoreCase(name, "keep-alive");
    case 12:
        return equalsIgnoreCase(name, "x-request-id");
    case 14:
        return equalsIgnoreCase(name, "content-length");
    case 17:
        return equalsIgnoreCase(name, "transfer-encoding");
    default:
        return startsWithIgnoreCase(name, "access-control-");
    }
}

} // namespace

AnswerHead::AnswerHead(const Clock &clock)
    : m_clock(clock)
{
}

void AnswerHead::start(std::string &out, int status)
{
    const std::int64_t second = m_clock.nowMs() / 1000;
    if (second != m_second) {
        m_second = second;
        m_dateLine = dateLine(second);
    }
    appendStatusLine(out, status);
    out += m_dateLine;
}

void AnswerHead::add(std::string &out, std::string_view name, std::string_view value)
{
    bool breaksFraming = false;
    for (const char c : value)
        breaksFraming |= c == '\r' || c == '\n' || c == '\0';
    if (breaksFraming)
        return;
    out += name;
    out += ": ";
    out += value;
    out += "\r\n";
}

void AnswerHead::addLength(std::string &out, std::uint64_t bytes)
{
    char digits[24];
    out += "Content-Length: ";
    out.append(digits, std::to_chars(digits, digits + sizeof(digits), bytes).ptr);
    out += "\r\n";
}

void AnswerHead::addAll(std::string &out, const Headers &headers)
{
    for (const auto &[name, value] : headers) {
        if (!isOurs(name))
            add(out, name, value);
    }
}

} // namespace Gateway
