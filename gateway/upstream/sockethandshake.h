#pragma once

#include <string>
#include <string_view>

#include "gateway/upstream/answerreader.h"
#include "gateway/upstream/upstreamsocket.h"

namespace Gateway {

struct Origin;

/// The opening of a WebSocket from the client's side (RFC 6455, 4.1), fed with the answer in pieces of any
/// size. Does no I/O.
class SocketHandshake
{
public:
    enum class Step : std::uint8_t {
        More,
        Opened,  ///< What is left of the bytes are frames.
        Refused, ///< failure() has another answer of the peer's.
        Broken,  ///< failure() says what is wrong.
    };

    SocketHandshake();

    /// The whole opening request. An error says why it cannot be sent.
    Result<std::string> request(const SocketRequest &request, const Origin &origin) const;

    Step next(std::string_view &bytes);
    /// The peer has closed the connection: Refused or Broken.
    Step close();

    SocketFailure &failure() { return m_failure; }

private:
    Step readRefusal(std::string_view bytes);
    Step broken(std::string text);
    Step refused();
    bool accepts(std::string_view head) const;

    const std::string m_key;
    std::string m_head; ///< Of the answer, until it is whole.
    AnswerReader m_reader;
    SocketFailure m_failure;
    bool m_isRefused = false;
};

} // namespace Gateway
