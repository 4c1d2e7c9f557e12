#pragma once

#include <string>
#include <string_view>

#include "gateway/common/result.h"

namespace Gateway {

class Wire;

/// Where calls go: a server and the proxy on the way to it, with the idle connections that lead there.
struct Origin
{
    std::string prefix;   ///< As the URLs of its calls begin: "https://host:port".
    std::string proxyUrl; ///< Empty: none.
    std::string url;      ///< For libcurl, which connects.
    std::string host;     ///< The value of Host.
    bool isPlain = true;  ///< Neither the server nor the proxy is spoken to through TLS.

    int users = 0;          ///< Calls that point here.
    Wire *newest = nullptr; ///< Of the idle connections; they are chained by the time they became idle.
    Wire *oldest = nullptr;
};

/// `url` up to its path; all of it when it has none, and also when it is no URL.
std::string_view originPart(std::string_view url);

/// What stands behind `originSize` bytes of `url` as a request line names it: path and query, never empty.
/// `room` is used when they have to be put together. An error when a byte of it would break the line.
Result<std::string_view> requestTarget(std::string_view url, std::size_t originSize, std::string &room);

/// Understands `prefix` (http or https). An error when it is no such URL; it does not repeat it.
Result<Origin> makeOrigin(std::string_view prefix, std::string_view proxyUrl);

} // namespace Gateway
