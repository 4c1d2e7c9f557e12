#include "tests/support/fakeanswer.h"

#include <cmath>
#include <cstdio>
#include <utility>

#include <zlib.h>

namespace TestSupport {

namespace {

// Small writes are joined up to here.
constexpr std::size_t JOINED_SIZE = 16 * 1024;

// One gzip stream over all pieces; every piece is flushed so that it can be read by itself.
class Gzip
{
public:
    Gzip() { deflateInit2(&m_stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY); }
    ~Gzip() { deflateEnd(&m_stream); }
    Gzip(const Gzip &) = delete;
    Gzip &operator=(const Gzip &) = delete;

    std::string add(std::string_view text, bool isLast)
    {
        std::string out(deflateBound(&m_stream, text.size()) + 64, '\0');
        // zlib's next_in is not const, though it only reads.
        std::string copy(text);
        m_stream.next_in = reinterpret_cast<Bytef *>(copy.data());
        m_stream.avail_in = static_cast<uInt>(copy.size());
        m_stream.next_out = reinterpret_cast<Bytef *>(out.data());
        m_stream.avail_out = static_cast<uInt>(out.size());
        deflate(&m_stream, isLast ? Z_FINISH : Z_SYNC_FLUSH);
        out.resize(out.size() - m_stream.avail_out);
        return out;
    }

private:
    z_stream m_stream{};
};

std::string_view reasonPhrase(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 429:
        return "Too Many Requests";
    case 500:
        return "Internal Server Error";
    case 502:
        return "Bad Gateway";
    case 503:
        return "Service Unavailable";
    case 504:
        return "Gateway Timeout";
    default:
        return "Answer";
    }
}

// google/rpc/code.proto maps HTTP codes to these words.
std::string_view statusWord(int status)
{
    switch (status) {
    case 400:
        return "INVALID_ARGUMENT";
    case 401:
        return "UNAUTHENTICATED";
    case 403:
        return "PERMISSION_DENIED";
    case 404:
        return "NOT_FOUND";
    case 405:
        return "UNIMPLEMENTED";
    case 409:
        return "ABORTED";
    case 429:
        return "RESOURCE_EXHAUSTED";
    case 503:
        return "UNAVAILABLE";
    case 504:
        return "DEADLINE_EXCEEDED";
    default:
        return "INTERNAL";
    }
}

HttpStep stepOf(std::string bytes, double delayMs)
{
    HttpStep step;
    step.bytes = std::make_shared<const std::string>(std::move(bytes));
    step.delayMs = delayMs;
    return step;
}

std::string chunkOf(std::string_view bytes)
{
    char size[24];
    std::snprintf(size, sizeof(size), "%zx\r\n", bytes.size());
    std::string chunk = size;
    chunk += bytes;
    chunk += "\r\n";
    return chunk;
}

std::string headOf(const FakeAnswer &answer, bool isGzip, std::size_t length)
{
    std::string head = "HTTP/1.1 " + std::to_string(answer.status) + ' ';
    head += reasonPhrase(answer.status);
    if (!answer.contentType.empty())
        head += "\r\nContent-Type: " + answer.contentType;
    head += "\r\nVary: Origin\r\nVary: X-Origin\r\nVary: Referer\r\nServer: scaffolding on HTTPServer2\r\n"
            "X-XSS-Protection: 0\r\nX-Content-Type-Options: nosniff\r\n";
    for (const auto &[name, value] : answer.headers)
        head += name + ": " + value + "\r\n";
    if (isGzip)
        head += "Content-Encoding: gzip\r\n";
    if (answer.streamed)
        head += "Transfer-Encoding: chunked\r\n\r\n";
    else
        head += "Content-Length: " + std::to_string(length) + "\r\n\r\n";
    return head;
}

} // namespace

FakeAnswer jsonAnswer(const json::value &body, int status)
{
    FakeAnswer answer;
    answer.status = status;
    answer.pieces.push_back({Gateway::toJson(body), 0});
    return answer;
}

json::object errorObject(int status, std::string_view message, json::array details, std::string_view word)
{
    json::object error{
        {"code", status}, {"message", message}, {"status", word.empty() ? statusWord(status) : word}};
    if (!details.empty())
        error["details"] = std::move(details);
    return {{"error", std::move(error)}};
}

FakeAnswer errorAnswer(int status, std::string_view message, json::array details, std::string_view word)
{
    return jsonAnswer(errorObject(status, message, std::move(details), word), status);
}

json::object errorInfo(std::string_view reason, json::object metadata)
{
    metadata["service"] = "generativelanguage.googleapis.com";
    return {{"@type", "type.googleapis.com/google.rpc.ErrorInfo"},
            {"reason", reason},
            {"domain", "googleapis.com"},
            {"metadata", std::move(metadata)}};
}

json::object retryInfo(double seconds)
{
    char text[32];
    if (seconds == std::floor(seconds))
        std::snprintf(text, sizeof(text), "%.0fs", seconds);
    else
        std::snprintf(text, sizeof(text), "%.9fs", seconds);
    return {{"@type", "type.googleapis.com/google.rpc.RetryInfo"}, {"retryDelay", text}};
}

HttpPlan planOf(const FakeAnswer &answer, const HttpRequest &request)
{
    const bool isGzip =
        !answer.pieces.empty() &&
        Gateway::headerValue(request.headers, "accept-encoding").find("gzip") != std::string_view::npos;
    Gzip gzip;
    std::vector<FakePiece> bodies;
    std::size_t length = 0;
    for (std::size_t i = 0; i < answer.pieces.size(); ++i) {
        const FakePiece &piece = answer.pieces[i];
        const bool isLast = i + 1 == answer.pieces.size();
        bodies.push_back({isGzip ? gzip.add(piece.text, isLast) : piece.text, piece.delayMs});
        length += bodies.back().text.size();
    }
    HttpPlan plan;
    plan.status = answer.status;
    plan.steps.push_back(stepOf(headOf(answer, isGzip, length), 0));
    if (request.method == "HEAD")
        return plan;
    for (FakePiece &body : bodies) {
        if (!body.text.empty())
            plan.steps.push_back(
                stepOf(answer.streamed ? chunkOf(body.text) : std::move(body.text), body.delayMs));
    }
    if (answer.streamed)
        plan.steps.push_back(stepOf("0\r\n\r\n", 0));
    return plan;
}

void joinSteps(HttpPlan &plan)
{
    std::vector<HttpStep> joined;
    for (HttpStep &step : plan.steps) {
        const bool canJoin = !joined.empty() && joined.back().bytes->size() < JOINED_SIZE &&
                             step.delayMs <= 0 && step.repeat == 1 && joined.back().repeat == 1 &&
                             joined.back().end == StepEnd::GoOn && step.stampAt == std::string::npos;
        if (!canJoin) {
            joined.push_back(std::move(step));
            continue;
        }
        joined.back().bytes = std::make_shared<const std::string>(*joined.back().bytes + *step.bytes);
        joined.back().end = step.end;
    }
    plan.steps = std::move(joined);
}

} // namespace TestSupport
