#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "gateway/common/dialect.h"
#include "gateway/common/error.h"
#include "gateway/common/result.h"
#include "gateway/http/answerhead.h"
#include "gateway/http/connection.h"
#include "gateway/http/cors.h"
#include "gateway/relay/downstream.h"

namespace Gateway {

/// How a worker's answers look, apart from their content.
struct AnswerStyle
{
    /// The body that tells an error in a dialect.
    using ErrorBody =
        std::function<std::string(Dialect dialect, const Error &error, std::string_view requestId)>;

    /// What an event stream says while nothing flows.
    using Heartbeat = std::string_view (*)(Dialect dialect);

    AnswerHead head;
    Cors cors;
    ErrorBody errorBody;
    Heartbeat heartbeat;
};

/// The answer to one request. What is called during one event leaves in one segment where it fits. Outlives
/// its connection harmlessly; dropped without an answer it tells 500, dropped in the middle of one it cuts
/// the connection.
class Exchange final : public Downstream, private ConnectionAnswer
{
public:
    /// For connection.request(), to be answered in `dialect`. `requestId` goes into x-request-id.
    Exchange(Connection &connection, AnswerStyle &style, std::string requestId, Dialect dialect);
    ~Exchange() override;

    void setListener(DownstreamListener *listener) override { m_listener = listener; }
    void send(int status, std::string_view contentType, const Headers &headers,
              std::string_view body) override;
    void begin(int status, std::string_view contentType, const Headers &headers,
               std::int64_t contentLength) override;
    bool write(std::string_view bytes) override;
    void end() override;
    void abort() override;

    /// The whole answer: `error` in the exchange's dialect, with errorHeaders().
    void fail(const Error &error, const Headers &headers = {});
    /// Answers 101 to a sound request for a WebSocket (RFC 6455, 4.2) and gives the connection away; null
    /// when the client has left. Otherwise an error, and the request is still to be answered: 426 when it
    /// asks for none, 403 for a page that may not call the API.
    Result<Connection *> upgrade(const Headers &requestHeaders);

    /// Answers a CORS preflight.
    void allowPreflight(const Headers &requestHeaders);

    Dialect dialect() const { return m_dialect; }
    const std::string &requestId() const { return m_requestId; }

private:
    enum class Stage : std::uint8_t { Open, Streaming, Over };
    enum class Framing : std::uint8_t { Length, Chunks, UntilClose, None };

    void peerGone() override;
    void drained() override;
    void silent() override;

    /// Everything of the head up to its last line.
    std::string &startHead(int status, std::string_view contentType, const Headers &headers);
    void finishHead(std::string &out) const;
    void writeFramed(std::string_view bytes);
    bool isBodiless(int status) const;
    void over();

    Connection *m_connection; ///< Null when the client is gone or the answer over.
    AnswerStyle &m_style;
    DownstreamListener *m_listener = nullptr;
    std::string m_requestId;
    std::string m_origin;    ///< Of the page that asks, where CORS wants it back.
    std::int64_t m_left = 0; ///< Framing::Length: bytes still promised.
    Dialect m_dialect;
    Stage m_stage = Stage::Open;
    Framing m_framing = Framing::None;
    bool m_isHead;
    bool m_isHttp11;
    bool m_keepOpen;
    bool m_isLines = false;       ///< Each event is a line.
    bool m_isEventStream = false; ///< Of either kind; gets heartbeats.
    bool m_isBetweenEvents = true;
};

} // namespace Gateway
