#include "gateway/http/admin/adminroutetable.h"

#include <algorithm>

#include <QFile>

#include "gateway/common/text.h"

namespace Gateway {

namespace {

void openApi(AdminCall &call)
{
    if (!call.queryIsSound())
        return;
    QFile file(QStringLiteral(":/openapi/admin.json"));
    if (!file.open(QIODevice::ReadOnly)) {
        call.answer.fail({500, "internal_error", "The document is not in this program.", {}, 0});
        return;
    }
    call.answer.send(200, "application/json", file.readAll().toStdString());
}

void events(AdminCall &)
{
} // the worker answers this one: AdminEvents

constexpr AdminRoute OWN[] = {
    {"GET", "/openapi.json", openApi},
    {"GET", EVENTS_PATH, events},
};

std::vector<AdminRoute> gathered()
{
    std::vector<AdminRoute> routes(std::begin(OWN), std::end(OWN));
    for (const std::span<const AdminRoute> some :
         {keyRoutes(), keyActionRoutes(), tokenRoutes(), settingRoutes(), recordRoutes(), servingRoutes(),
          proxyRoutes(), priceRoutes()})
        routes.insert(routes.end(), some.begin(), some.end());
    return routes;
}

/// Takes the first segment off, without its slash.
std::string_view takeSegment(std::string_view &path)
{
    path.remove_prefix(1);
    const std::string_view segment = path.substr(0, path.find('/'));
    path.remove_prefix(segment.size());
    return segment;
}

/// Whether the path is of that shape; fills the variable segments.
bool fits(std::string_view shape, std::string_view path, std::vector<std::string> &segments)
{
    segments.clear();
    while (!shape.empty() && !path.empty()) {
        const std::string_view wanted = takeSegment(shape);
        const std::string_view got = takeSegment(path);
        if (wanted.starts_with('{') && !got.empty())
            segments.push_back(percentDecoded(got));
        else if (wanted != got)
            return false;
    }
    return shape.empty() && path.empty();
}

} // namespace

const std::vector<AdminRoute> &adminRoutes()
{
    static const std::vector<AdminRoute> routes = gathered();
    return routes;
}

AdminMatch matchAdminRoute(std::string_view method, std::string_view path)
{
    AdminMatch best;
    std::vector<std::string> segments;
    for (const AdminRoute &route : adminRoutes()) {
        if (!fits(route.path, path, segments))
            continue;
        best.allow += (best.allow.empty() ? "" : ", ") + std::string(route.method);
        const bool isBetter = !best.route || segments.size() < best.segments.size();
        if (route.method == method && isBetter) {
            best.route = &route;
            best.segments = segments;
        }
    }
    return best;
}

} // namespace Gateway
