#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "gateway/common/chunkreader.h"
#include "gateway/common/error.h"
#include "gateway/http/httplimits.h"
#include "gateway/http/httprequest.h"

namespace Gateway {

/// Reads one request after the other out of a connection's bytes, whatever their pieces, within the limits.
/// Does no I/O. Between requests it holds no memory.
class RequestReader
{
public:
    enum class State { Idle, Head, Body, Complete, Failed };

    explicit RequestReader(const HttpLimits &limits)
        : m_limits(limits)
    {
    }

    /// Takes bytes until the request is complete or has failed; returns how many.
    std::size_t feed(std::string_view bytes);

    State state() const { return m_state; }

    /// Complete: the request, for the caller to move out of. Failed: what could be read of it.
    HttpRequest &request() { return m_request; }
    const HttpRequest &request() const { return m_request; }
    /// Failed: how to tell it to the client.
    const Error &error() const { return m_error; }

    /// True once for a request that waits for "100 Continue".
    bool takeContinue();
    /// Bytes of the body so far.
    std::size_t bodySize() const { return m_request.body.size(); }

    /// Head: reads the request line if it has come, so that an error can be told in the dialect of its path.
    void recognise();

    /// Makes ready for the next request.
    void reset();

private:
    std::size_t feedHead(std::string_view bytes);
    std::size_t feedBody(std::string_view bytes);
    /// Looks for the end of the head in `text`; npos when it is not there yet or has failed.
    std::size_t findEnd(std::string_view text);
    void judgeUnfinished(std::size_t size);
    void recogniseIn(std::string_view text);
    void takeHead(std::string_view head);
    void fail(Error error);
    void failTooLarge();

    const HttpLimits &m_limits;
    State m_state = State::Idle;
    bool m_firstLineDone = false;
    bool m_continueDue = false;
    std::size_t m_headStart = 0; ///< Behind empty lines before the request line.
    std::size_t m_lineStart = 0;
    std::size_t m_scanned = 0;
    std::string m_partial; ///< Of a head that came in pieces.
    ChunkReader m_chunks;
    HttpRequest m_request;
    Error m_error;
};

} // namespace Gateway
