#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "gateway/common/text.h"

namespace Gateway {

/// One request as the wire had it, its framing undone.
struct HttpRequest
{
    std::string method;
    std::string target; ///< Origin form ("/path?query") or "*"; an absolute form has been cut to it.
    std::string host;   ///< Host header, or the authority of an absolute target.
    Headers headers;
    std::string body;

    bool isHttp11 = true;
    bool keepAlive = true;
    bool isChunked = false;
    bool expectsContinue = false;
    std::int64_t contentLength = -1; ///< -1: none was told.

    /// Places in `headers` of what every request is asked for; -1: absent.
    int requestIdAt = -1;
    int originAt = -1;
    int forwardedProtoAt = -1;

    std::string_view requestId() const { return valueAt(requestIdAt); }
    std::string_view origin() const { return valueAt(originAt); }
    std::string_view forwardedProto() const { return valueAt(forwardedProtoAt); }

private:
    std::string_view valueAt(int index) const
    {
        return index < 0 ? std::string_view()
                         : std::string_view(headers[static_cast<std::size_t>(index)].second);
    }
};

} // namespace Gateway
