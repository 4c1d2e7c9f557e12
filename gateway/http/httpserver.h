#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include <QAbstractHttpServer>

#include "gateway/common/clock.h"
#include "gateway/common/error.h"
#include "gateway/http/cors.h"
#include "gateway/http/exchange.h"
#include "gateway/http/guardcontext.h"
#include "gateway/http/hostcheck.h"
#include "gateway/http/httplimits.h"
#include "gateway/http/router.h"

namespace Gateway {

/// What a worker's front needs of the settings.
struct HttpWorkerOptions
{
    HttpLimits limits;
    bool isLoopback = true;               ///< Bound to loopback addresses only: checks the Host header.
    std::vector<std::string> hostNames;   ///< Further names that check lets in.
    std::vector<std::string> corsOrigins; ///< Origins that may call the API; empty: all.
    AnswerStyle::ErrorBody errorBody;     ///< Must be set.
    AnswerStyle::Heartbeat heartbeat = [](Dialect) -> std::string_view { return ": heartbeat\n\n"; };
};

/// The HTTP front of one worker: takes the requests of its connections out of QHttpServer's hands, checks
/// what holds for all of them, and routes them. Lives in the worker's thread, where it must be made and
/// destroyed.
class HttpServer final : public QAbstractHttpServer
{
public:
    /// `clock` and `router` outlive it.
    HttpServer(const Clock &clock, const Router &router, HttpWorkerOptions options);
    ~HttpServer() override;

    /// Accepts on a listening descriptor (see Listeners), which it owns from now on.
    bool listenOn(int descriptor);

    /// From now on; what runs goes on. The wording of errors and `isLoopback` stay.
    void setOptions(const HttpWorkerOptions &options);

    /// Stops accepting and lets running answers finish; `done` is called once, when every connection is
    /// closed, perhaps during this call.
    void drain(std::function<void()> done);

    std::size_t connectionCount() const { return m_context.openCount(); }
    std::size_t answerCount() const { return m_context.answering; }

protected:
#if QT_VERSION < QT_VERSION_CHECK(6, 8, 0)
    bool handleRequest(const QHttpServerRequest &, QTcpSocket *) override
    {
        return handleCurrent();
    }
    void missingHandler(const QHttpServerRequest &, QTcpSocket *) override
    {
    }
#else
    bool handleRequest(const QHttpServerRequest &, QHttpServerResponder &) override
    {
        return handleCurrent();
    }
    void missingHandler(const QHttpServerRequest &, QHttpServerResponder &) override
    {
    }
#endif

private:
    bool handleCurrent();
    void handle(Connection &connection);
    void answerOptions(const HttpRequest &request, const Router::Match &match, Exchange &exchange) const;
    void answerUnrouted(const Router::Match &match, Exchange &exchange) const;
    void refuse(Connection &connection, const Error &error);
    void checkDrained();

    const Router &m_router;
    const bool m_isLoopback;
    HostCheck m_hostCheck;
    AnswerStyle m_style;
    GuardContext m_context;
    std::function<void()> m_drained;
};

} // namespace Gateway
