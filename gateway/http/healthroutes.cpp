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
    router.add("GET", "/", Dialect::OpenAi, fixedAnswer(R"({"service":"gemini-balance","status":"ok"})"));
    router.add("GET", "/healthz", Dialect::OpenAi, fixedAnswer(R"({"status":"ok"})"));
    router.add("GET", "/health", Dialect::OpenAi, fixedAnswer(R"({"status":"healthy"})"));
    router.add("GET", "/readyz", Dialect::OpenAi,
               [readiness = std::move(readiness)](ClientRequest, std::unique_ptr<Exchange> exchange) {
                   const Readiness now = readiness();
                   exchange->send(now.isReady ? 200 : 503, JSON, NO_STORE, readinessBody(now));
               });
}

} // namespace Gateway
