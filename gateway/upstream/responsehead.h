#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "gateway/common/text.h"

namespace Gateway {

/// Reads an answer's head (RFC 9112, 4 and 5), in pieces of any size, and skips interim answers (1xx). Used
/// again and again without asking for memory anew.
class ResponseHead
{
public:
    enum class State { More, Complete, Broken };

    /// Takes what belongs to the head off the front of `bytes`.
    void feed(std::string_view &bytes);

    State state() const { return m_state; }
    bool isComplete() const { return m_state == State::Complete; }
    int status() const { return m_status; }
    /// HTTP/1.0: closes the connection unless it says otherwise.
    bool isOld() const { return m_isOld; }
    const Headers &headers() const { return m_headers; }

    /// Takes Content-Encoding and Content-Length out: the bytes that follow are plain.
    void dropEncoding();
    void clear();

private:
    void takeLine(std::string_view line);
    void takeStatusLine(std::string_view line);
    void takeHeader(std::string_view line);
    void dropHeaders();

    Headers m_headers;
    Headers m_spare;       ///< Used entries; their strings keep their memory.
    std::string m_partial; ///< Of a line that has not come whole.
    std::size_t m_size = 0;
    int m_status = 0; ///< 0 before the status line.
    bool m_isOld = false;
    State m_state = State::More;
};

} // namespace Gateway
