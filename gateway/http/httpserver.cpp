#include "gateway/http/httpserver.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "gateway/common/errorheaders.h"
#include "gateway/common/ids.h"
#include "gateway/http/guardserver.h"
#include "gateway/http/paths.h"

namespace Gateway {

namespace {

constexpr std::size_t ID_LIMIT = 128;

bool isSaneId(std::string_view id)
{
    return !id.empty() && id.size() <= ID_LIMIT && std::all_of(id.begin(), id.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' ||
               c == '_' || c == '-';
    });
}

std::string idOf(const HttpRequest &request)
{
    const std::string_view told = request.requestId();
    return isSaneId(told) ? std::string(told) : makeId("req_");
}

/// As the client sees the gateway; a proxy in front that speaks TLS says so.
std::string originOf(const HttpRequest &request)
{
    if (request.host.empty())
        return {};
    std::string origin = equalsIgnoreCase(request.forwardedProto(), "https") ? "https://" : "http://";
    origin += request.host;
    return origin;
}

std::string_view pathOf(std::string_view target)
{
    return target.substr(0, target.find('?'));
}

ClientRequest clientRequest(Connection &connection, const Exchange &exchange, std::string path)
{
    HttpRequest &raw = connection.request();
    ClientRequest request;
    request.id = exchange.requestId();
    request.method = raw.method == "HEAD" ? "GET" : std::move(raw.method);
    request.path = std::move(path);
    const std::size_t mark = raw.target.find('?');
    if (mark != std::string::npos)
        request.query = raw.target.substr(mark + 1);
    request.peer = connection.peer();
    request.origin = originOf(raw);
    request.headers = std::move(raw.headers);
    request.body = std::move(raw.body);
    request.arrivedMs = connection.arrivedMs();
    request.arrivedWallMs = connection.arrivedWallMs();
    return request;
}

} // namespace

HttpServer::HttpServer(const Clock &clock, const Router &router, HttpWorkerOptions options)
    : m_router(router)
    , m_isLoopback(options.isLoopback)
    , m_hostCheck(options.isLoopback, std::move(options.hostNames))
    , m_style{AnswerHead(clock), Cors(std::move(options.corsOrigins)), std::move(options.errorBody),
              options.heartbeat}
    , m_context(clock, options.limits)
{
    m_context.setRefuse([this](Connection &connection, const Error &error) { refuse(connection, error); });
    m_context.setClosedCallback([this] { checkDrained(); });
}

HttpServer::~HttpServer()
{
    m_drained = nullptr;
    m_context.destroyAll();
}

void HttpServer::setOptions(const HttpWorkerOptions &options)
{
    m_hostCheck = HostCheck(m_isLoopback, options.hostNames);
    m_style.cors = Cors(options.corsOrigins);
    m_context.setLimits(options.limits);
}

bool HttpServer::listenOn(int descriptor)
{
    auto *server = new GuardServer(m_context, this);
    if (!server->setSocketDescriptor(descriptor)) {
        delete server;
        return false;
    }
    bind(server);
    return true;
}

void HttpServer::drain(std::function<void()> done)
{
    m_drained = std::move(done);
    for (QTcpServer *server : servers())
        server->close();
    m_context.drain();
    checkDrained();
}

void HttpServer::checkDrained()
{
    if (m_drained && m_context.isDraining() && m_context.openCount() == 0)
        std::exchange(m_drained, nullptr)();
}

bool HttpServer::handleCurrent()
{
    if (m_context.current)
        handle(*m_context.current);
    return true;
}

void HttpServer::handle(Connection &connection)
{
    const HttpRequest &raw = connection.request();
    const std::string_view rawPath = pathOf(raw.target);
    std::string path = cleanedPath(rawPath);
    const Router::Match match = m_router.match(raw.method, path);
    auto exchange = std::make_unique<Exchange>(connection, m_style, idOf(raw), match.dialect);
    if (!m_hostCheck.allows(raw.host))
        exchange->fail({403,
                        "host_not_allowed",
                        "The gateway listens on this computer only and is not known by the name " + raw.host +
                            ". Names can be added in the settings.",
                        {},
                        0});
    else if (hasDotSegment(rawPath))
        exchange->fail({400, "bad_request", "The path must not have . or .. segments.", {}, 0});
    else if (raw.method == "OPTIONS")
        answerOptions(raw, match, *exchange);
    else if (!match.handler)
        answerUnrouted(match, *exchange);
    else {
        ClientRequest request = clientRequest(connection, *exchange, std::move(path));
        (*match.handler)(std::move(request), std::move(exchange));
    }
}

void HttpServer::answerOptions(const HttpRequest &request, const Router::Match &match,
                               Exchange &exchange) const
{
    if (match.dialect != Dialect::Admin && Cors::isPreflight(request.method, request.headers))
        exchange.allowPreflight(request.headers);
    else if (match.isKnownPath)
        exchange.send(204, {}, {{"Allow", std::string(match.allow)}}, {});
    else if (request.target == "*")
        exchange.send(204, {}, {{"Allow", "GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS"}}, {});
    else
        answerUnrouted(match, exchange);
}

void HttpServer::answerUnrouted(const Router::Match &match, Exchange &exchange) const
{
    if (match.isKnownPath)
        exchange.fail({405,
                       "method_not_allowed",
                       "This path takes other methods: " + std::string(match.allow) + ".",
                       {},
                       0},
                      {{"Allow", std::string(match.allow)}});
    else
        exchange.fail({404, "not_found", "There is nothing at this path.", {}, 0});
}

void HttpServer::refuse(Connection &connection, const Error &error)
{
    const HttpRequest &request = connection.request();
    const Dialect dialect = m_router.match(request.method, cleanedPath(pathOf(request.target))).dialect;
    const std::string id = idOf(request);
    const std::string body = m_style.errorBody(dialect, error, id);
    std::string &out = connection.output();
    m_style.head.start(out, error.status);
    AnswerHead::add(out, "Content-Type", "application/json");
    AnswerHead::addLength(out, body.size());
    AnswerHead::add(out, "x-request-id", id);
    if (dialect == Dialect::Anthropic)
        AnswerHead::add(out, "request-id", id);
    for (const auto &[name, value] : errorHeaders(error))
        AnswerHead::add(out, name, value);
    if (dialect != Dialect::Admin)
        m_style.cors.appendTo(out, request.origin());
    out += "Connection: close\r\n\r\n";
    if (request.method != "HEAD")
        out += body;
}

} // namespace Gateway
