#include "gateway/http/requestreader.h"

#include <algorithm>
#include <utility>

#include "gateway/http/requesthead.h"

namespace Gateway {

namespace {

/// A body's memory grows with what has come, not with what was promised.
constexpr std::size_t FIRST_RESERVE = 1024u * 1024;
/// Method and version around the target in the longest request line.
constexpr std::size_t LINE_SLACK = 64;

} // namespace

std::size_t RequestReader::feed(std::string_view bytes)
{
    std::size_t used = 0;
    while (used < bytes.size() && m_state != State::Complete && m_state != State::Failed) {
        const std::string_view rest = bytes.substr(used);
        used += m_state == State::Body ? feedBody(rest) : feedHead(rest);
    }
    return used;
}

std::size_t RequestReader::feedHead(std::string_view bytes)
{
    m_state = State::Head;
    const std::size_t before = m_partial.size();
    if (before > 0)
        m_partial += bytes;
    const std::string_view text = before > 0 ? std::string_view(m_partial) : bytes;
    const std::size_t end = findEnd(text);
    if (m_state == State::Failed) {
        recogniseIn(text);
        return bytes.size();
    }
    if (end == std::string_view::npos) {
        if (!m_firstLineDone &&
            m_lineStart == text.size()) { // nothing but empty lines: still between requests
            reset();
            return bytes.size();
        }
        if (before == 0)
            m_partial = bytes;
        judgeUnfinished(text.size());
        if (m_state == State::Failed)
            recogniseIn(text);
        return bytes.size();
    }
    takeHead(text.substr(m_headStart, end - m_headStart));
    std::string().swap(m_partial);
    return end - before;
}

std::size_t RequestReader::findEnd(std::string_view text)
{
    std::size_t lineEnd = 0;
    while ((lineEnd = text.find('\n', m_scanned)) != std::string_view::npos) {
        m_scanned = lineEnd + 1;
        if (lineEnd == m_lineStart || text[lineEnd - 1] != '\r') {
            fail({400, "bad_request", "Header lines must end with CR LF.", {}, 0});
            return std::string_view::npos;
        }
        const bool isEmpty = lineEnd == m_lineStart + 1;
        m_lineStart = lineEnd + 1;
        if (isEmpty && m_firstLineDone)
            return m_lineStart;
        if (isEmpty)
            m_headStart = m_lineStart; // RFC 9112 2.2: empty lines before the request line are passed over
        else
            m_firstLineDone = true;
    }
    m_scanned = text.size();
    const bool beginsBadly = !m_firstLineDone && m_headStart < text.size() && text[m_headStart] != '\r' &&
                             !canBeginRequest(text[m_headStart]);
    if (beginsBadly) // most often TLS: say so at once instead of waiting for a line end
        fail({400,
              "bad_request",
              "This is not an HTTP/1.1 request; is https used where http is spoken?",
              {},
              0});
    return std::string_view::npos;
}

void RequestReader::judgeUnfinished(std::size_t size)
{
    if (!m_firstLineDone && size - m_headStart > m_limits.targetBytes + LINE_SLACK)
        fail({414,
              "uri_too_long",
              "The request target is longer than " + std::to_string(m_limits.targetBytes) + " bytes.",
              {},
              0});
    else if (size > m_limits.headerBytes)
        fail({431,
              "header_too_large",
              "The request head is longer than " + std::to_string(m_limits.headerBytes) + " bytes.",
              {},
              0});
}

void RequestReader::recogniseIn(std::string_view text)
{
    const std::size_t end = m_firstLineDone ? text.find("\r\n", m_headStart) : std::string_view::npos;
    if (end != std::string_view::npos) // what follows the line is missing, which is no news
        parseRequestHead(text.substr(m_headStart, end + 2 - m_headStart), m_limits, m_request);
}

void RequestReader::recognise()
{
    if (m_state == State::Head)
        recogniseIn(m_partial);
}

void RequestReader::takeHead(std::string_view head)
{
    if (std::optional<Error> error = parseRequestHead(head, m_limits, m_request)) {
        fail(std::move(*error));
        return;
    }
    if (head.size() > m_limits.headerBytes) {
        judgeUnfinished(head.size() + m_headStart);
        return;
    }
    const std::int64_t length = m_request.contentLength;
    if (length > 0 && static_cast<std::uint64_t>(length) > m_limits.bodyBytes) {
        failTooLarge();
        return;
    }
    if (length > 0)
        m_request.body.reserve(std::min(static_cast<std::size_t>(length), FIRST_RESERVE));
    m_state = length > 0 || m_request.isChunked ? State::Body : State::Complete;
    m_continueDue = m_state == State::Body && m_request.expectsContinue;
}

std::size_t RequestReader::feedBody(std::string_view bytes)
{
    m_continueDue = false; // the client did not wait
    if (!m_request.isChunked) {
        const auto length = static_cast<std::size_t>(m_request.contentLength);
        const std::size_t take = std::min(bytes.size(), length - m_request.body.size());
        m_request.body.append(bytes, 0, take);
        if (m_request.body.size() == length)
            m_state = State::Complete;
        return take;
    }
    std::string_view rest = bytes;
    while (!rest.empty() && m_chunks.state() == ChunkReader::State::More)
        m_request.body += m_chunks.next(rest, m_limits.bodyBytes - m_request.body.size());
    switch (m_chunks.state()) {
    case ChunkReader::State::More:
        break;
    case ChunkReader::State::Done:
        m_state = State::Complete;
        break;
    case ChunkReader::State::Malformed:
        fail({400, "bad_request", "The chunked body is malformed.", {}, 0});
        break;
    case ChunkReader::State::TooLarge:
        failTooLarge();
        break;
    }
    return bytes.size() - rest.size();
}

bool RequestReader::takeContinue()
{
    return std::exchange(m_continueDue, false);
}

void RequestReader::fail(Error error)
{
    m_error = std::move(error);
    m_state = State::Failed;
}

void RequestReader::failTooLarge()
{
    fail({413,
          "body_too_large",
          "The request body is larger than " + std::to_string(m_limits.bodyBytes) + " bytes.",
          {},
          0});
}

void RequestReader::reset()
{
    m_state = State::Idle;
    m_firstLineDone = false;
    m_continueDue = false;
    m_headStart = 0;
    m_lineStart = 0;
    m_scanned = 0;
    std::string().swap(m_partial); // assigning an empty string would keep the memory
    m_chunks = ChunkReader();
    HttpRequest done;
    std::swap(m_request, done);
}

} // namespace Gateway
