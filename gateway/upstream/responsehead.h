#pragma once

#include <string_view>

#include "gateway/common/text.h"

namespace Gateway {

/// Gathers an answer's head from the lines that libcurl hands out, skipping interim answers (1xx).
class ResponseHead
{
public:
    /// Takes one or more whole lines, as they come after a pause. True when they held the final head's last
    /// one; further lines (trailers) are then ignored.
    bool feed(std::string_view lines);

    bool isComplete() const { return m_complete; }
    bool isHttp2() const { return m_http2; }
    int status() const { return m_status; }
    const Headers &headers() const { return m_headers; }

    /// Takes Content-Encoding and Content-Length out: the bytes that follow are plain.
    void dropEncoding();
    void clear();

private:
    void takeLine(std::string_view line);

    Headers m_headers;
    int m_status = 0;
    bool m_http2 = false;
    bool m_complete = false;
};

} // namespace Gateway
