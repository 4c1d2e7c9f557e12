#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "gateway/common/wsframe.h"

namespace Gateway {

/// Reads one direction of a WebSocket (RFC 6455, 5) out of its bytes, fed in pieces of any size: puts
/// messages together from their fragments, with control frames in between, and finds every breach of the
/// rules. Does no I/O. Extensions are none.
class WsReader
{
public:
    /// Who sends what is read: a client masks every frame, a server none.
    enum class Sender : std::uint8_t { Client, Server };
    enum class Event : std::uint8_t {
        More,    ///< All bytes are used.
        Message, ///< payload() is whole; isText() says what it is.
        Ping,    ///< payload() is to be sent back.
        Pong,
        Closed, ///< close() is what the peer said; nothing may follow.
        Failed, ///< close() is what the peer is to be told.
    };

    /// A message larger than `messageLimit` bytes is a failure with TOO_BIG.
    WsReader(Sender sender, std::size_t messageLimit);

    /// Goes on in `bytes`, which then begin behind what was used. What is left must come first the next time.
    Event next(std::string_view &bytes);

    /// Valid until the next call of next(); may be moved out of.
    std::string &payload() { return m_isControl ? m_control : m_message; }
    bool isText() const { return m_isText; }
    const WsClose &close() const { return m_close; }

private:
    enum class State : std::uint8_t { Head, Payload, Over };

    bool takeHead(std::string_view &bytes);
    bool judgeHead();
    std::size_t headSize() const;
    void takePayload(std::string_view &bytes);
    Event frameEnded();
    Event closed();
    Event fail(int code, const char *reason);

    const Sender m_sender;
    const std::size_t m_messageLimit;
    State m_state = State::Head;
    std::string m_head;    ///< Of the frame that is coming in.
    std::string m_message; ///< Its fragments so far.
    std::string m_control;
    WsMask m_mask{};
    std::uint64_t m_left = 0;   ///< Of the frame's payload.
    std::size_t m_maskedAt = 0; ///< How far the mask has gone.
    WsClose m_close;
    WsOpcode m_opcode = WsOpcode::Text;
    bool m_isFinal = true;
    bool m_isText = false;
    bool m_isControl = false;
    bool m_isFragmented = false; ///< A message's last fragment is still to come.
    bool m_isTaken = false;      ///< The last event was a message: the next one begins afresh.
    bool m_hasFailed = false;
};

} // namespace Gateway
