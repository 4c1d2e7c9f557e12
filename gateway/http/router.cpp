#include "gateway/http/router.h"

#include <algorithm>

#include "gateway/http/exchange.h"
#include "gateway/http/paths.h"

namespace Gateway {

namespace {

constexpr std::array<std::string_view, 6> METHOD_NAMES = {"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"};
constexpr std::size_t GET = 0;
constexpr std::size_t HEAD = 5;

std::size_t indexOf(std::string_view method)
{
    return static_cast<std::size_t>(std::find(METHOD_NAMES.begin(), METHOD_NAMES.end(), method) -
                                    METHOD_NAMES.begin());
}

} // namespace

void Router::add(std::string_view method, std::string_view pattern, Dialect dialect, Handler handler)
{
    Route &route = routeFor(pattern);
    route.dialect = dialect;
    const std::size_t index = indexOf(method);
    (index < METHODS ? route.handlers[index] : route.any) = std::move(handler);
    describeMethods(route);
}

Router::Route &Router::routeFor(std::string_view pattern)
{
    const bool wantsColon = pattern.ends_with("/**:*");
    if (!wantsColon && !pattern.ends_with("/**"))
        return m_exact[std::string(pattern)];
    const std::string_view prefix = pattern.substr(0, pattern.rfind("**"));
    const auto place = std::find_if(m_prefixes.begin(), m_prefixes.end(), [&](const Route &route) {
        return route.prefix.size() < prefix.size() ||
               (route.prefix == prefix && wantsColon >= route.wantsColon);
    });
    if (place != m_prefixes.end() && place->prefix == prefix && place->wantsColon == wantsColon)
        return *place;
    const auto made = m_prefixes.emplace(place);
    made->prefix = prefix;
    made->wantsColon = wantsColon;
    return *made;
}

void Router::describeMethods(Route &route)
{
    route.allow.clear();
    for (std::size_t i = 0; i < METHODS; ++i) {
        const bool viaGet = i == HEAD && route.handlers[GET];
        if (!route.handlers[i] && !route.any && !viaGet)
            continue;
        route.allow += METHOD_NAMES[i];
        route.allow += ", ";
    }
    route.allow += "OPTIONS";
}

const Router::Handler *Router::handlerOf(const Route &route, std::size_t method, std::string_view name)
{
    if (method < METHODS && route.handlers[method])
        return &route.handlers[method];
    if (method == HEAD && route.handlers[GET])
        return &route.handlers[GET];
    // RFC 9110 9.3.6 and 9.3.8: these two speak to proxies and to the server itself
    return route.any && name != "CONNECT" && name != "TRACE" ? &route.any : nullptr;
}

Router::Match Router::match(std::string_view method, std::string_view path) const
{
    const std::size_t index = indexOf(method);
    Match known{nullptr, false, Dialect::OpenAi, {}};
    const auto tryRoute = [&](const Route &route) {
        const Handler *handler = handlerOf(route, index, method);
        if (handler || !known.isKnownPath)
            known = {handler, true, route.dialect, route.allow};
        return handler != nullptr;
    };
    const auto exact = m_exact.find(path);
    if (exact != m_exact.end() && tryRoute(exact->second))
        return known;
    for (const Route &route : m_prefixes) {
        if (path.size() > route.prefix.size() && path.starts_with(route.prefix) &&
            (!route.wantsColon || path.find(':', path.rfind('/')) != std::string_view::npos) &&
            tryRoute(route))
            return known;
    }
    if (!known.isKnownPath)
        known.dialect = dialectOfPath(path);
    return known;
}

} // namespace Gateway
