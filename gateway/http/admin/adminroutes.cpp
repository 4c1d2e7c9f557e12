#include "gateway/http/admin/adminroutes.h"

#include <utility>

#include "gateway/control/control.h"
#include "gateway/http/admin/adminevents.h"
#include "gateway/http/exchange.h"

namespace Gateway {

namespace {

constexpr std::string_view SCHEME = "Bearer ";

/// Only from Authorization: a URL stands in logs and histories.
std::string_view bearerOf(const Headers &headers)
{
    const std::string_view authorization = trimmed(headerValue(headers, "authorization"));
    return startsWithIgnoreCase(authorization, SCHEME) ? trimmed(authorization.substr(SCHEME.size()))
                                                       : std::string_view();
}

Headers challengeFor(const Error &error)
{
    return error.status == 401 ? Headers{{"WWW-Authenticate", "Bearer"}} : Headers{};
}

} // namespace

AdminRoutes::AdminRoutes(Control &control, AdminEvents &events, std::shared_ptr<const AccessTable> access,
                         FailedAttempts &attempts)
    : m_control(control)
    , m_access(std::move(access))
    , m_attempts(attempts)
    , m_streams([&events] {
        QMetaObject::invokeMethod(
            &events, [&events] { events.listenersChanged(); }, Qt::QueuedConnection);
    })
{
    events.add(&m_streams);
}

void AdminRoutes::addTo(Router &router)
{
    router.add("*", std::string(ADMIN_ROOT) + "/**", Dialect::Admin,
               [this](ClientRequest request, std::unique_ptr<Exchange> exchange) {
                   answer(std::move(request), std::move(exchange));
               });
}

std::optional<Error> AdminRoutes::refusal(const ClientRequest &request) const
{
    const std::string_view token = bearerOf(request.headers);
    if (token.empty())
        return Error{401, "missing_token", "The AUTH_TOKEN is needed: Authorization: Bearer …", {}, 0};
    std::int64_t waitMs = m_attempts.waitMs(request.peer, token);
    if (waitMs > 0)
        return Error{
            429, "too_many_attempts", "Too many wrong access tokens came from this address.", {}, waitMs};
    const auto caller = m_access->find(token);
    if (!caller) {
        waitMs = m_attempts.failed(request.peer, token);
        return Error{401, "invalid_token", "The token is not known to this gateway.", {}, waitMs};
    }
    m_attempts.succeeded(request.peer, token);
    if (!caller->isAdmin)
        return Error{403, "not_admin", "This token is for the API; here the AUTH_TOKEN is needed.", {}, 0};
    return std::nullopt;
}

void AdminRoutes::answer(ClientRequest request, std::unique_ptr<Exchange> exchange)
{
    if (const std::optional<Error> error = refusal(request)) {
        exchange->fail(*error, challengeFor(*error));
        return;
    }
    AdminMatch match =
        matchAdminRoute(request.method, std::string_view(request.path).substr(ADMIN_ROOT.size()));
    if (!match.route) {
        if (match.allow.empty())
            exchange->fail({404, "not_found", "There is nothing at this path.", {}, 0});
        else
            exchange->fail(
                {405, "method_not_allowed", "This path takes other methods: " + match.allow + ".", {}, 0},
                {{"Allow", match.allow}});
        return;
    }
    if (match.route->path == EVENTS_PATH) {
        openStream(request, std::move(exchange));
        return;
    }
    json::value body;
    if (!request.body.empty()) {
        Result<json::value> parsed = parseJson(request.body);
        if (!parsed) {
            exchange->fail(parsed.error());
            return;
        }
        body = std::move(*parsed);
        request.body.clear();
    }
    handOver(*match.route, std::move(match.segments), std::move(request), std::move(body),
             std::move(exchange));
}

void AdminRoutes::openStream(const ClientRequest &request, std::unique_ptr<Exchange> exchange)
{
    AdminQuery query(request.query);
    std::string names;
    query.take("types", names);
    if (const Result<void> sound = query.result(); !sound) {
        exchange->fail(sound.error());
        return;
    }
    std::uint32_t kinds = 0;
    for (const std::string &name : splitList(names, ",")) {
        const std::uint32_t kind = adminEventKind(name);
        if (kind == 0) {
            exchange->fail(
                {422, "invalid_value", "There are no events of the type \"" + name + "\".", "types", 0});
            return;
        }
        kinds |= kind;
    }
    m_streams.open(std::move(exchange), kinds != 0 ? kinds : usualAdminEvents());
}

void AdminRoutes::handOver(const AdminRoute &route, std::vector<std::string> segments, ClientRequest request,
                           json::value body, std::unique_ptr<Exchange> exchange)
{
    const std::uint64_t ticket = m_desk.take(std::move(exchange));
    QMetaObject::invokeMethod(
        &m_control,
        [&control = m_control, desk = QPointer<AdminDesk>(&m_desk), ticket, &route,
         segments = std::move(segments), query = std::move(request.query), peer = std::move(request.peer),
         body = std::move(body)]() mutable {
            if (!desk)
                return;
            const ActingAs actor(control, "admin " + peer);
            AdminCall call{control, AdminAnswer(&control, desk, ticket), std::move(segments),
                           AdminQuery(query), std::move(body)};
            route.handle(call);
        },
        Qt::QueuedConnection);
}

} // namespace Gateway
