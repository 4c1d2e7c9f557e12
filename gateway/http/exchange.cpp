#include "gateway/http/exchange.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "gateway/common/errorheaders.h"
#include "gateway/common/wsframe.h"

namespace Gateway {

namespace {

/// From here on a body is sent from where it lies instead of being copied behind its head.
constexpr std::size_t LARGE = 16u * 1024;

constexpr std::string_view LAST_CHUNK = "0\r\n\r\n";

void appendChunkSize(std::string &out, std::size_t size)
{
    char digits[20];
    out.append(digits, std::to_chars(digits, digits + sizeof(digits), size, 16).ptr);
    out += "\r\n";
}

} // namespace

Exchange::Exchange(Connection &connection, AnswerStyle &style, std::string requestId, Dialect dialect)
    : m_connection(&connection)
    , m_style(style)
    , m_requestId(std::move(requestId))
    , m_dialect(dialect)
{
    const HttpRequest &request = connection.request();
    m_origin = request.origin();
    m_isHead = request.method == "HEAD";
    m_isHttp11 = request.isHttp11;
    m_keepOpen = request.keepAlive;
    connection.beginAnswer(this);
}

Exchange::~Exchange()
{
    if (m_stage == Stage::Open && m_connection)
        fail({500, "internal_error", "The request was not answered.", {}, 0});
    else if (m_stage == Stage::Streaming)
        abort();
}

bool Exchange::isBodiless(int status) const
{
    return m_isHead || status == 204 || status == 304;
}

std::string &Exchange::startHead(int status, std::string_view contentType, const Headers &headers)
{
    m_keepOpen = m_keepOpen && m_connection->mayStayOpen();
    std::string &out = m_connection->output();
    m_style.head.start(out, status);
    if (!contentType.empty())
        AnswerHead::add(out, "Content-Type", contentType);
    AnswerHead::add(out, "x-request-id", m_requestId);
    if (m_dialect == Dialect::Anthropic) // where Anthropic's SDKs look for it
        AnswerHead::add(out, "request-id", m_requestId);
    if (m_dialect != Dialect::Admin)
        m_style.cors.appendTo(out, m_origin);
    AnswerHead::addAll(out, headers);
    return out;
}

void Exchange::finishHead(std::string &out) const
{
    if (!m_keepOpen)
        out += "Connection: close\r\n\r\n";
    else
        out += m_isHttp11 ? "\r\n" : "Connection: keep-alive\r\n\r\n";
}

void Exchange::over()
{
    m_stage = Stage::Over;
    if (Connection *connection = std::exchange(m_connection, nullptr))
        connection->endAnswer(m_keepOpen);
}

void Exchange::send(int status, std::string_view contentType, const Headers &headers, std::string_view body)
{
    if (m_stage != Stage::Open || !m_connection)
        return;
    std::string &out = startHead(status, contentType, headers);
    if (status != 204 && status != 304)
        AnswerHead::addLength(out, body.size());
    finishHead(out);
    if (!isBodiless(status)) {
        if (body.size() < LARGE)
            out += body;
        else
            m_connection->writeLarge(body, {});
    }
    over();
}

void Exchange::begin(int status, std::string_view contentType, const Headers &headers,
                     std::int64_t contentLength)
{
    if (m_stage != Stage::Open || !m_connection)
        return;
    m_stage = Stage::Streaming;
    std::string &out = startHead(status, contentType, headers);
    if (contentLength >= 0) {
        m_framing = Framing::Length;
        m_left = contentLength;
        AnswerHead::addLength(out, static_cast<std::uint64_t>(contentLength));
    } else if (m_isHttp11) {
        m_framing = Framing::Chunks;
        out += "Transfer-Encoding: chunked\r\n";
    } else {
        m_framing = Framing::UntilClose;
        m_keepOpen = false;
    }
    finishHead(out);
    if (isBodiless(status))
        m_framing = Framing::None;
    m_connection->touched();
    m_isLines = startsWithIgnoreCase(contentType, "application/x-ndjson");
    m_isEventStream = (m_isLines || startsWithIgnoreCase(contentType, "text/event-stream")) &&
                      (m_framing == Framing::Chunks || m_framing == Framing::UntilClose);
    if (m_isEventStream)
        m_connection->watchSilence();
}

void Exchange::writeFramed(std::string_view bytes)
{
    std::string &out = m_connection->output();
    const bool isChunked = m_framing == Framing::Chunks;
    const std::string_view tail = isChunked ? "\r\n" : "";
    if (isChunked)
        appendChunkSize(out, bytes.size());
    if (bytes.size() >= LARGE) {
        m_connection->writeLarge(bytes, tail);
        return;
    }
    out += bytes;
    out += tail;
    m_connection->touched();
}

bool Exchange::write(std::string_view bytes)
{
    if (m_stage != Stage::Streaming || !m_connection || m_framing == Framing::None || bytes.empty())
        return true;
    if (m_framing == Framing::Length) {
        bytes = bytes.substr(0, static_cast<std::size_t>(std::max<std::int64_t>(m_left, 0)));
        m_left -= static_cast<std::int64_t>(bytes.size());
    }
    writeFramed(bytes);
    if (m_isEventStream) {
        m_isBetweenEvents = bytes.ends_with(m_isLines ? "\n" : "\n\n") || bytes.ends_with("\n\r\n");
        m_connection->watchSilence();
    }
    return !m_connection->isOverHigh();
}

void Exchange::end()
{
    if (m_stage != Stage::Streaming)
        return;
    if (m_framing == Framing::Length && m_left > 0) {
        abort();
        return;
    }
    if (m_framing == Framing::Chunks && m_connection)
        m_connection->output() += LAST_CHUNK;
    over();
}

void Exchange::abort()
{
    m_stage = Stage::Over;
    // Without framing a FIN would make the answer look whole.
    if (Connection *connection = std::exchange(m_connection, nullptr))
        connection->cut(m_framing == Framing::UntilClose);
}

void Exchange::fail(const Error &error, const Headers &headers)
{
    Headers all = headers;
    for (auto &header : errorHeaders(error))
        all.push_back(std::move(header));
    send(error.status, "application/json", all, m_style.errorBody(m_dialect, error, m_requestId));
}

Result<Connection *> Exchange::upgrade(const Headers &requestHeaders)
{
    if (m_stage != Stage::Open || !m_connection)
        return nullptr;
    const std::string_view key = headerValue(requestHeaders, "sec-websocket-key");
    if (!m_isHttp11 || m_isHead || !containsIgnoreCase(headerValue(requestHeaders, "upgrade"), "websocket") ||
        headerValue(requestHeaders, "sec-websocket-version") != "13" || !isWsKey(key))
        return Gateway::fail(426, "upgrade_required",
                             "This path speaks WebSocket: send Upgrade: websocket, Sec-WebSocket-Version: 13 "
                             "and a Sec-WebSocket-Key.");
    if (!m_origin.empty() && !m_style.cors.allows(m_origin))
        return Gateway::fail(403, "origin_not_allowed", "Pages of this origin may not call the API.");
    std::string &out = m_connection->output();
    m_style.head.start(out, 101);
    AnswerHead::add(out, "x-request-id", m_requestId);
    out += "Upgrade: websocket\r\nConnection: Upgrade\r\n";
    AnswerHead::add(out, "Sec-WebSocket-Accept", wsAcceptFor(key));
    out += "\r\n";
    m_connection->touched();
    m_stage = Stage::Over;
    return std::exchange(m_connection, nullptr);
}

void Exchange::allowPreflight(const Headers &requestHeaders)
{
    if (m_stage != Stage::Open || !m_connection)
        return;
    std::string &out = startHead(204, {}, {});
    Cors::appendPreflight(out, requestHeaders);
    finishHead(out);
    over();
}

void Exchange::peerGone()
{
    m_connection = nullptr;
    m_stage = Stage::Over;
    if (m_listener)
        m_listener->clientGone();
}

void Exchange::drained()
{
    if (m_listener)
        m_listener->drained();
}

void Exchange::silent()
{
    if (m_isBetweenEvents)
        writeFramed(m_style.heartbeat(m_dialect));
}

} // namespace Gateway
