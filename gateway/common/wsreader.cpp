#include "gateway/common/wsreader.h"

#include <algorithm>

namespace Gateway {

namespace {

constexpr std::size_t LONGEST_CONTROL = 125;

unsigned byteAt(std::string_view text, std::size_t at)
{
    return static_cast<unsigned char>(text[at]);
}

std::uint64_t numberIn(std::string_view bytes)
{
    std::uint64_t number = 0;
    for (const char c : bytes)
        number = number << 8 | static_cast<unsigned char>(c);
    return number;
}

bool isControl(WsOpcode opcode)
{
    return opcode >= WsOpcode::Close;
}

bool isKnown(unsigned opcode)
{
    return opcode <= 2 || (opcode >= 8 && opcode <= 10);
}

} // namespace

WsReader::WsReader(Sender sender, std::size_t messageLimit)
    : m_sender(sender)
    , m_messageLimit(messageLimit)
{
}

WsReader::Event WsReader::next(std::string_view &bytes)
{
    if (m_isTaken) {
        m_message.clear();
        m_isTaken = false;
    }
    while (m_state != State::Over) {
        if (m_state == State::Head) {
            if (!takeHead(bytes))
                return m_hasFailed ? Event::Failed : Event::More;
            m_state = State::Payload;
        }
        takePayload(bytes);
        if (m_left > 0)
            return Event::More;
        m_state = State::Head;
        m_head.clear();
        if (const Event event = frameEnded(); event != Event::More)
            return event;
    }
    bytes = {};
    return Event::More; // what follows a close frame is of no account
}

/// How many bytes the head has, as far as can be told from what has come.
std::size_t WsReader::headSize() const
{
    if (m_head.size() < 2)
        return 2;
    const unsigned length = byteAt(m_head, 1) & 0x7f;
    return 2u + (length == 126 ? 2u : length == 127 ? 8u : 0u) + (byteAt(m_head, 1) & 0x80 ? 4u : 0u);
}

/// True when the head is whole and sound.
bool WsReader::takeHead(std::string_view &bytes)
{
    for (std::size_t want = headSize(); m_head.size() < want; want = headSize()) {
        if (bytes.empty())
            return false;
        const std::size_t take = std::min(want - m_head.size(), bytes.size());
        m_head += bytes.substr(0, take);
        bytes.remove_prefix(take);
        if (m_head.size() >= 2 && want == 2 && !judgeHead())
            return false;
    }
    const std::size_t maskSize = m_sender == Sender::Client ? 4 : 0;
    const std::string_view head = m_head;
    const std::string_view length = head.substr(2, head.size() - 2 - maskSize);
    m_left = length.empty() ? byteAt(head, 1) & 0x7f : numberIn(length);
    std::copy(head.end() - static_cast<std::ptrdiff_t>(maskSize), head.end(), m_mask.begin());
    m_maskedAt = 0;
    // RFC 6455, 5.2: the fewest bytes that do must tell the length
    if ((length.size() == 2 && m_left < 126) || (length.size() == 8 && m_left <= 0xffff)) {
        fail(WsClose::PROTOCOL_ERROR, "A frame's length is not told in its shortest form.");
        return false;
    }
    if (!m_isControl && (m_left > m_messageLimit || m_message.size() + m_left > m_messageLimit)) {
        fail(WsClose::TOO_BIG, "The message is too large.");
        return false;
    }
    return true;
}

/// Looks at the first two bytes.
bool WsReader::judgeHead()
{
    const unsigned first = byteAt(m_head, 0);
    const unsigned second = byteAt(m_head, 1);
    const auto wrong = [this](const char *reason) {
        fail(WsClose::PROTOCOL_ERROR, reason);
        return false;
    };
    if (first & 0x70)
        return wrong("A reserved bit is set.");
    if (!isKnown(first & 0x0f))
        return wrong("The frame's kind is not known.");
    m_opcode = static_cast<WsOpcode>(first & 0x0f);
    m_isFinal = (first & 0x80) != 0;
    m_isControl = isControl(m_opcode);
    const bool isMasked = (second & 0x80) != 0;
    if (isMasked != (m_sender == Sender::Client))
        return wrong(isMasked ? "A server's frame is masked." : "A client's frame is not masked.");
    if (m_isControl) {
        if (!m_isFinal || (second & 0x7f) > LONGEST_CONTROL)
            return wrong("A control frame is too long or in pieces.");
        m_control.clear();
        return true;
    }
    if ((m_opcode == WsOpcode::Continuation) != m_isFragmented)
        return wrong(m_isFragmented ? "A message began inside another."
                                    : "A fragment belongs to no message.");
    if (!m_isFragmented)
        m_isText = m_opcode == WsOpcode::Text;
    return true;
}

void WsReader::takePayload(std::string_view &bytes)
{
    std::string &to = m_isControl ? m_control : m_message;
    const auto take = static_cast<std::size_t>(std::min<std::uint64_t>(m_left, bytes.size()));
    const std::size_t from = to.size();
    to += bytes.substr(0, take);
    if (m_sender == Sender::Client) {
        for (std::size_t i = from; i < to.size(); ++i)
            to[i] = static_cast<char>(to[i] ^ m_mask[m_maskedAt++ % 4]);
    }
    bytes.remove_prefix(take);
    m_left -= take;
}

WsReader::Event WsReader::frameEnded()
{
    switch (m_opcode) {
    case WsOpcode::Ping:
        return Event::Ping;
    case WsOpcode::Pong:
        return Event::Pong;
    case WsOpcode::Close:
        return closed();
    default:
        break;
    }
    m_isFragmented = !m_isFinal;
    if (m_isFragmented)
        return Event::More;
    if (m_isText && !isUtf8(m_message))
        return fail(WsClose::BAD_DATA, "A text is not UTF-8.");
    m_isTaken = true;
    return Event::Message;
}

WsReader::Event WsReader::closed()
{
    if (m_control.size() == 1)
        return fail(WsClose::PROTOCOL_ERROR, "A close frame is cut short.");
    if (m_control.size() >= 2) {
        m_close.code = static_cast<int>(numberIn(std::string_view(m_control).substr(0, 2)));
        m_close.reason = m_control.substr(2);
        if (!isSendableCode(m_close.code))
            return fail(WsClose::PROTOCOL_ERROR, "A close frame has no valid code.");
        if (!isUtf8(m_close.reason))
            return fail(WsClose::BAD_DATA, "A close frame's reason is not UTF-8.");
    }
    m_state = State::Over;
    return Event::Closed;
}

WsReader::Event WsReader::fail(int code, const char *reason)
{
    m_state = State::Over;
    m_hasFailed = true;
    m_close = {code, reason};
    return Event::Failed;
}

} // namespace Gateway
