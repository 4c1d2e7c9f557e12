#include "gateway/relay/keyroute.h"

#include <utility>

#include "gateway/dialects/vertex.h"

namespace Gateway {

Result<KeyRoute> routeFor(const Lease &lease, std::string_view url, std::string_view body,
                          std::string_view googleHost)
{
    KeyRoute route;
    if (lease.keyKind == KeyKind::Vertex) {
        const std::string_view base = lease.baseUrl.empty() ? VERTEX_BASE_URL : lease.baseUrl;
        Result<VertexForm> form = vertexForm(url, body, base);
        if (!form)
            return fail(std::move(form.error()));
        route.url = std::move(form->url);
        route.body = std::move(form->body);
    } else if (!lease.baseUrl.empty() && url.starts_with(googleHost)) {
        route.url = lease.baseUrl;
        route.url += url.substr(googleHost.size());
    }
    return route;
}

} // namespace Gateway
