#include "gateway/control/control.h"
#include "gateway/http/admin/adminroutetable.h"

namespace Gateway {

namespace {

void list(AdminCall &call)
{
    if (call.queryIsSound())
        call.control.serving().proxies(call.answer.listReply<ProxyView>("proxies"));
}

void add(AdminCall &call)
{
    ProxyDraft draft;
    if (call.queryIsSound() && call.takeBody(draft))
        call.control.serving().addProxy(std::move(draft), call.answer.reply<ProxyView>(201));
}

void patch(AdminCall &call)
{
    ProxyId id = 0;
    ProxyPatch patch;
    if (call.takeId(id) && call.queryIsSound() && call.takeBody(patch))
        call.control.serving().patchProxy(id, std::move(patch), call.answer.reply<ProxyView>());
}

void remove(AdminCall &call)
{
    ProxyId id = 0;
    if (call.takeId(id) && call.queryIsSound())
        call.control.serving().removeProxy(id, call.answer.reply<void>());
}

void check(AdminCall &call)
{
    ProxyId id = 0;
    if (call.takeId(id) && call.queryIsSound())
        call.control.serving().checkProxy(id, call.answer.reply<ProxyVerdict>());
}

constexpr AdminRoute ROUTES[] = {
    {"GET", "/proxies", list},
    {"POST", "/proxies", add},
    {"PATCH", "/proxies/{id}", patch},
    {"DELETE", "/proxies/{id}", remove},
    {"POST", "/proxies/{id}/check", check},
};

} // namespace

std::span<const AdminRoute> proxyRoutes()
{
    return ROUTES;
}

} // namespace Gateway
