#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "gateway/common/dialect.h"
#include "gateway/relay/downstream.h"

namespace Gateway {

class Exchange;

/// Which handler answers which method and path. Filled once, then only read. Costs one hash of the path, and
/// for paths with variable parts a walk over the few prefixes.
class Router
{
public:
    /// Must end or hand on the exchange; an exchange that is dropped unanswered tells the client 500. Runs in
    /// the worker's thread and must not run an event loop.
    using Handler = std::function<void(ClientRequest request, std::unique_ptr<Exchange> exchange)>;

    /// `method`: "GET", …, or "*" for all. HEAD is answered by GET's handler, OPTIONS by the server.
    /// `pattern`: an exact cleaned path ("/v1/chat/completions"); or one that ends in "/**": what follows is
    /// variable, slashes included ("/v1/models/**"); or in "/**:*": likewise, with a colon in the last
    /// segment ("/v1/models/**:*"). Of the patterns that have the
    /// method the longest wins, an exact one first. `dialect` is that of errors
    /// and decides on CORS.
    void add(std::string_view method, std::string_view pattern, Dialect dialect, Handler handler);

    struct Match
    {
        const Handler *handler = nullptr; ///< Null: no such path, or no such method on it.
        bool isKnownPath = false;
        Dialect dialect = Dialect::OpenAi;
        std::string_view allow; ///< Methods of a known path, as the Allow header wants them.
    };
    /// `path`: cleaned.
    Match match(std::string_view method, std::string_view path) const;

private:
    static constexpr std::size_t METHODS = 6;
    struct Route
    {
        std::string prefix; ///< Of a pattern: up to and with its last slash.
        bool wantsColon = false;
        Dialect dialect = Dialect::OpenAi;
        std::array<Handler, METHODS> handlers;
        Handler any;
        std::string allow;
    };
    struct Hash
    {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
    };

    Route &routeFor(std::string_view pattern);
    static const Handler *handlerOf(const Route &route, std::size_t method, std::string_view name);
    static void describeMethods(Route &route);

    std::unordered_map<std::string, Route, Hash, std::equal_to<>> m_exact;
    std::vector<Route> m_prefixes; ///< Longest first.
};

} // namespace Gateway
