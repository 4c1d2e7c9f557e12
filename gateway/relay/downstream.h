#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/common/allowance.h"
#include "gateway/common/dialect.h"
#include "gateway/common/modelparameters.h"
#include "gateway/common/text.h"

namespace Gateway {

/// A client's request, checked and complete.
struct ClientRequest
{
    std::string id;     ///< x-request-id: the client's if sane, else our own.
    std::string method; ///< "POST", …
    std::string path;   ///< Cleaned (no doubled slashes, no trailing one), still percent-encoded.
    std::string query;  ///< Without '?', credentials still inside.
    Headers headers;
    std::string body;
    std::string answerId;             ///< Where the answer has an id of its own ("resp_…").
    std::string owner;                ///< Whose kept objects it may name; where it names any.
    std::string tokenName;            ///< Of the access token that was let in.
    std::vector<std::string> keyTags; ///< The access token asks for keys that carry all of these.
    /// What it is given beside what the client asks: the access token's, and once its model's name is
    /// understood the settings' and the name's too. Null: nothing.
    ModelParametersPtr parameters;
    std::shared_ptr<Allowance> allowance; ///< What that token may do and used; null: nothing is limited.
    std::string peer;                     ///< The client's address, e.g. "127.0.0.1".
    std::string origin; ///< Scheme and host as the client sees the gateway, e.g. "http://127.0.0.1:4364".
    std::int64_t arrivedMs = 0;     ///< Clock::monotonicMs of the first byte.
    std::int64_t arrivedWallMs = 0; ///< Clock::nowMs of the first byte.
};

/// Hears what happens to the answer's way down. Called in the worker's thread.
class DownstreamListener
{
public:
    virtual ~DownstreamListener() = default;
    /// The client left; nothing more can be written.
    virtual void clientGone() = 0;
    /// Buffered bytes fell under the low mark after having been over the high one.
    virtual void drained() = 0;
};

/// The one answer to one request. Exactly one of send() or begin()…end() is called; x-request-id, CORS, Date
/// and framing are added by the implementation. After the last call the object may be gone.
class Downstream
{
public:
    virtual ~Downstream() = default;

    virtual void setListener(DownstreamListener *listener) = 0;

    /// The whole answer at once. Content-Type is the second argument, "" for none.
    virtual void send(int status, std::string_view contentType, const Headers &headers,
                      std::string_view body) = 0;

    /// Head of a streamed answer; `contentLength` < 0: chunked (or until close for HTTP/1.0).
    virtual void begin(int status, std::string_view contentType, const Headers &headers,
                       std::int64_t contentLength) = 0;
    /// Bytes of the body; one call is one segment on the wire where possible. Returns false while the client
    /// is slow (buffered bytes over the high mark): then pause until drained().
    virtual bool write(std::string_view bytes) = 0;
    virtual void end() = 0;
    /// Cuts the connection: the only honest end of a broken answer whose length was promised.
    virtual void abort() = 0;
};

} // namespace Gateway
