#include "gateway/control/control.h"
#include "gateway/http/admin/adminroutetable.h"

namespace Gateway {

namespace {

void health(AdminCall &call)
{
    if (call.queryIsSound())
        call.control.serving().status(call.answer.reply<GatewayStatus>());
}

/// {"until": ms}, or no body: until it is resumed.
void pause(AdminCall &call)
{
    std::int64_t untilMs = 0;
    if (!call.body.is_null()) {
        const json::object *body = call.body.if_object();
        const json::value *until = body && body->size() == 1 ? body->if_contains("until") : nullptr;
        if (!until || !until->is_int64()) {
            call.answer.fail({422, "invalid_value", "\"until\" must be a time in ms.", "until", 0});
            return;
        }
        untilMs = until->get_int64();
    }
    if (call.queryIsSound())
        call.control.serving().pause(untilMs, call.answer.reply<GatewayStatus>());
}

void resume(AdminCall &call)
{
    if (call.queryIsSound())
        call.control.serving().resume(call.answer.reply<GatewayStatus>());
}

void models(AdminCall &call)
{
    if (call.queryIsSound())
        call.control.serving().models(call.answer.listReply<ModelView>("models"));
}

void problems(AdminCall &call)
{
    if (call.queryIsSound())
        call.control.serving().problems(call.answer.listReply<Problem>("problems"));
}

constexpr AdminRoute ROUTES[] = {
    {"GET", "/health", health}, {"POST", "/pause", pause},      {"POST", "/resume", resume},
    {"GET", "/models", models}, {"GET", "/problems", problems},
};

} // namespace

std::span<const AdminRoute> servingRoutes()
{
    return ROUTES;
}

} // namespace Gateway
