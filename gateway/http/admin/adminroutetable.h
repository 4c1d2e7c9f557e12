#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/http/admin/admincall.h"

namespace Gateway {

/// The path under which all admin routes lie.
constexpr std::string_view ADMIN_ROOT = "/admin/api/v1";
/// The one route that stays in its worker: a stream of events.
constexpr std::string_view EVENTS_PATH = "/events";

// One file a resource.
std::span<const AdminRoute> keyRoutes();
std::span<const AdminRoute> keyActionRoutes();
std::span<const AdminRoute> tokenRoutes();
std::span<const AdminRoute> settingRoutes();
std::span<const AdminRoute> recordRoutes();
std::span<const AdminRoute> servingRoutes();
std::span<const AdminRoute> proxyRoutes();
std::span<const AdminRoute> priceRoutes();

/// All of them.
const std::vector<AdminRoute> &adminRoutes();

/// What lies at a path.
struct AdminMatch
{
    const AdminRoute *route = nullptr; ///< Null: no such path, or no such method on it.
    std::vector<std::string> segments; ///< What stands for the route's {…}, decoded.
    std::string allow;                 ///< Methods of a known path; empty: there is none.
};

/// `path`: after ADMIN_ROOT, still percent-encoded. A literal segment goes before a {…}.
AdminMatch matchAdminRoute(std::string_view method, std::string_view path);

} // namespace Gateway
