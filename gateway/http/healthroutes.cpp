#include "gateway/http/healthroutes.h"

#include <utility>

#include "gateway/common/json.h"
#include "gateway/http/exchange.h"

namespace Gateway {

namespace {

constexpr std::string_view JSON = "application/json";
const Headers NO_STORE = {{"Cache-Control", "no-store"}};

Router::Handler fixedAnswer(std::string_view body)
{
    return [body](ClientRequest, std::unique_ptr<Exchange> exchange) {
        exchange->send(200, JSON, NO_STORE, body);
    };
}

/// Clients of Ollama look whether a server answers at its root, some of them for its very words. Whoever asks
/// for JSON, and people with a browser, get to know what this is.
void answerRoot(ClientRequest request, std::unique_ptr<Exchange> exchange)
{
    const std::string_view wanted = headerValue(request.headers, "accept");
    if (containsIgnoreCase(wanted, "json") || containsIgnoreCase(wanted, "html"))
        exchange->send(200, JSON, NO_STORE, R"({"service":"gemini-balance","status":"ok"})");
    else
        exchange->send(200, "text/plain; charset=utf-8", NO_STORE, "Ollama is running");
}

std::string readinessBody(const Readiness &readiness)
{
    if (readiness.isReady)
        return R"({"status":"ready"})";
    std::string body = R"({"status":"not ready","reason":)";
    appendJsonString(body, readiness.reason);
    body += '}';
    return body;
}

} // namespace

void addHealthRoutes(Router &router, std::function<Readiness()> readiness)
{
    router.add("GET", "/", Dialect::OpenAi, answerRoot);
    router.add("GET", "/healthz", Dialect::OpenAi, fixedAnswer(R"({"status":"ok"})"));
    router.add("GET", "/health", Dialect::OpenAi, fixedAnswer(R"({"status":"healthy"})"));
    router.add("GET", "/readyz", Dialect::OpenAi,
               [readiness = std::move(readiness)](ClientRequest, std::unique_ptr<Exchange> exchange) {
                   const Readiness now = readiness();
                   exchange->send(now.isReady ? 200 : 503, JSON, NO_STORE, readinessBody(now));
               });
}

} // namespace Gateway
