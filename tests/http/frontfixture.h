#pragma once

#include <atomic>
#include <memory>
#include <string>

#include "gateway/common/clock.h"
#include "gateway/http/exchange.h"
#include "gateway/http/healthroutes.h"
#include "gateway/http/httpserver.h"
#include "gateway/http/listeners.h"
#include "gateway/http/router.h"
#include "tests/support/rawclient.h"
#include "tests/support/workerthread.h"

namespace Gateway {

/// One worker's HTTP front on a free port of 127.0.0.1, in a thread of its own, with the routes of a test.
class FrontFixture
{
public:
    explicit FrontFixture(Router routes, HttpWorkerOptions options = {}, bool ownLoop = true)
        : m_router(std::move(routes))
        , m_worker(ownLoop)
    {
        if (!options.errorBody)
            options.errorBody = [](Dialect dialect, const Error &error, std::string_view) {
                return std::string(dialectName(dialect)) + " " + error.code + ": " + error.text;
            };
        Listeners listeners = std::move(Listeners::open("127.0.0.1", 0, 1).value());
        m_port = listeners.port();
        const int descriptor = listeners.take(0).at(0);
        m_worker.run([&] {
            m_server = std::make_unique<HttpServer>(m_clock, m_router, std::move(options));
            m_server->listenOn(descriptor);
        });
    }
    ~FrontFixture()
    {
        m_worker.run([this] { m_server.reset(); });
    }

    std::uint16_t port() const { return m_port; }
    WorkerThread &worker() { return m_worker; }
    HttpServer &server() { return *m_server; }

    RawClient client(int timeoutMs = 5000) const
    {
        RawClient made(timeoutMs);
        made.connect(m_port);
        return made;
    }
    /// Sends `bytes` on a new connection and reads one answer.
    RawAnswer ask(std::string_view bytes) const
    {
        RawClient made = client();
        made.send(bytes);
        return made.readAnswer(bytes.starts_with("HEAD "));
    }
    RawAnswer get(const std::string &target, const std::string &headers = {}) const
    {
        return ask("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n");
    }
    /// Whether it still answers, on a new connection.
    bool isAlive() const { return get("/healthz").status == 200; }

    std::size_t connectionCount()
    {
        std::size_t count = 0;
        m_worker.run([&] { count = m_server->connectionCount(); });
        return count;
    }
    std::size_t answerCount()
    {
        std::size_t count = 0;
        m_worker.run([&] { count = m_server->answerCount(); });
        return count;
    }

private:
    SystemClock m_clock;
    Router m_router;
    WorkerThread m_worker;
    std::unique_ptr<HttpServer> m_server;
    std::uint16_t m_port = 0;
};

/// "METHOD path?query|name=value,…|body" of a request, as text.
inline std::string describe(const ClientRequest &request)
{
    return request.method + " " + request.path + "?" + request.query + " " + request.body;
}

/// Routes that most tests use: /echo tells the request, /healthz.
inline Router echoRoutes()
{
    Router router;
    const Router::Handler echo = [](ClientRequest request, std::unique_ptr<Exchange> exchange) {
        exchange->send(200, "text/plain", {}, describe(request));
    };
    router.add("GET", "/echo", Dialect::OpenAi, echo);
    router.add("POST", "/echo", Dialect::OpenAi, echo);
    router.add("*", "/v1beta/**", Dialect::Gemini, echo);
    router.add("GET", "/admin/echo", Dialect::Admin, echo);
    addHealthRoutes(router, [] { return Readiness{true, {}}; });
    return router;
}

} // namespace Gateway
