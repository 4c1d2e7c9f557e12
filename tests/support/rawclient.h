#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/common/text.h"

namespace Gateway {

/// One HTTP answer as it came over the wire.
struct RawAnswer
{
    std::string statusLine; ///< Without its line end.
    int status = 0;
    Headers headers;
    std::string body;      ///< Chunks joined.
    bool complete = false; ///< False: the connection ended or the time ran out in the middle.

    std::string_view header(std::string_view name) const { return headerValue(headers, name); }
};

/// A TCP client for tests: it blocks its thread, at most `timeoutMs` a call, so the server under test lives
/// in another thread. Sends exactly the bytes it is given.
class RawClient
{
public:
    explicit RawClient(int timeoutMs = 5000);
    ~RawClient();
    RawClient(RawClient &&other) noexcept;
    RawClient &operator=(RawClient &&other) noexcept;

    /// To 127.0.0.1; with `receiveBuffer` > 0 the socket takes in no more than about that many bytes.
    bool connect(std::uint16_t port, int receiveBuffer = 0);
    /// All bytes; false when the peer does not take them in time or is gone.
    bool send(std::string_view bytes);
    /// The next answer; bytes after it stay for the next call. `toHead`: the request was a HEAD.
    RawAnswer readAnswer(bool toHead = false);
    /// Like readAnswer(), but returns as soon as the head is there; the body is left for read().
    RawAnswer readHead();
    /// Some bytes, as they come: nothing at the end, after a reset or when the time is over.
    std::string read();
    /// Everything until `text` has come, with it; what came so far when the time is over.
    std::string readUntil(std::string_view text);
    /// Everything until the peer closes; nothing when it did not close in time.
    std::optional<std::string> readUntilClosed();
    /// True when the peer has closed or does so within `timeoutMs`; unread bytes are dropped.
    bool waitClosed(int timeoutMs);
    /// True when the last end of the connection was a reset.
    bool wasReset() const { return m_reset; }

    /// Sends FIN and goes on reading.
    void shutdownWrite();
    /// FIN in both directions.
    void close();
    /// RST.
    void reset();

    int descriptor() const { return m_fd; }

private:
    enum class Got { Bytes, End, Nothing };
    /// Waits for bytes until `deadlineMs` (monotonic) and appends them to m_buffer.
    Got fill(std::int64_t deadlineMs);
    bool fillUntil(std::string_view text, std::int64_t deadlineMs, std::size_t &end);
    bool takeBody(RawAnswer &answer, std::int64_t deadlineMs);
    bool takeChunks(RawAnswer &answer, std::int64_t deadlineMs);
    bool takeBytes(std::string &to, std::size_t count, std::int64_t deadlineMs);

    int m_fd = -1;
    int m_timeoutMs;
    bool m_reset = false;
    std::string m_buffer;
};

} // namespace Gateway
