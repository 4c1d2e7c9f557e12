#include "gateway/upstream/sockethandshake.h"

#include <algorithm>
#include <array>

#include <sodium.h>

#include <QByteArray>

#include "gateway/upstream/origin.h"
#include "gateway/upstream/requestwriter.h"

namespace Gateway {

namespace {

constexpr std::size_t LONGEST_HEAD = 64 * 1024;
constexpr std::size_t LONGEST_BODY = 1024 * 1024;
constexpr std::string_view HEAD_END = "\r\n\r\n";

std::string makeKey()
{
    std::array<char, 16> nonce{};
    randombytes_buf(nonce.data(), nonce.size());
    return QByteArray(nonce.data(), nonce.size()).toBase64().toStdString();
}

/// The value of `name` among the lines of `head`, empty without.
std::string_view lineValue(std::string_view head, std::string_view name)
{
    for (std::size_t at = head.find("\r\n"); at != std::string_view::npos; at = head.find("\r\n", at)) {
        at += 2;
        const std::string_view line = head.substr(at, head.find("\r\n", at) - at);
        const std::size_t colon = line.find(':');
        if (colon != std::string_view::npos && equalsIgnoreCase(line.substr(0, colon), name))
            return trimmed(line.substr(colon + 1));
    }
    return {};
}

} // namespace

SocketHandshake::SocketHandshake()
    : m_key(makeKey())
{
    m_reader.begin(false, false);
}

Result<std::string> SocketHandshake::request(const SocketRequest &request, const Origin &origin) const
{
    std::string room;
    const Result<std::string_view> target = requestTarget(request.url, origin.prefix.size(), room);
    if (!target)
        return fail(target.error());
    UpstreamRequest plain;
    plain.method = "GET";
    plain.url = request.url;
    plain.apiKey = request.apiKey;
    plain.headers = request.headers;
    plain.fixedHeaders = request.fixedHeaders;
    plain.strongHeaders = request.strongHeaders;
    std::string head;
    writeRequestHead(plain, *target, origin.host, head);
    head.resize(head.size() - 2); // its empty line
    head += "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ";
    head += m_key;
    head += HEAD_END;
    return head;
}

SocketHandshake::Step SocketHandshake::next(std::string_view &bytes)
{
    if (m_isRefused)
        return readRefusal(std::exchange(bytes, {}));
    const std::size_t before = m_head.size();
    m_head += bytes;
    const std::size_t end = m_head.find(HEAD_END, before < 3 ? 0 : before - 3);
    if (end == std::string::npos) {
        bytes = {};
        return m_head.size() > LONGEST_HEAD ? broken("The answer's head is too long.") : Step::More;
    }
    const bool isSwitch = m_head.starts_with("HTTP/1.1 101");
    if (!isSwitch) {
        m_isRefused = true;
        bytes = {};
        return readRefusal(m_head);
    }
    bytes.remove_prefix(end + HEAD_END.size() - before);
    if (!accepts(std::string_view(m_head).substr(0, end)))
        return broken("The answer does not accept the WebSocket.");
    return Step::Opened;
}

bool SocketHandshake::accepts(std::string_view head) const
{
    return containsIgnoreCase(lineValue(head, "upgrade"), "websocket") &&
           containsIgnoreCase(lineValue(head, "connection"), "upgrade") &&
           lineValue(head, "sec-websocket-accept") == wsAcceptFor(m_key) &&
           lineValue(head, "sec-websocket-extensions").empty(); // none was offered
}

SocketHandshake::Step SocketHandshake::readRefusal(std::string_view bytes)
{
    for (;;) {
        switch (m_reader.next(bytes, {})) {
        case AnswerReader::Step::More:
            return Step::More;
        case AnswerReader::Step::Head:
            break;
        case AnswerReader::Step::Body:
            if (m_failure.body.size() + m_reader.piece().size() > LONGEST_BODY)
                return refused();
            m_failure.body += m_reader.piece();
            break;
        case AnswerReader::Step::End:
            return refused();
        case AnswerReader::Step::Broken:
            return broken(std::string(m_reader.trouble()));
        }
    }
}

SocketHandshake::Step SocketHandshake::close()
{
    if (m_isRefused && m_reader.close() == AnswerReader::Step::End)
        return refused();
    return broken("The connection closed before the WebSocket opened.");
}

SocketHandshake::Step SocketHandshake::refused()
{
    m_failure.status = m_reader.head().status();
    m_failure.headers = m_reader.head().headers();
    return Step::Refused;
}

SocketHandshake::Step SocketHandshake::broken(std::string text)
{
    m_failure.end.error = std::move(text);
    return Step::Broken;
}

} // namespace Gateway
