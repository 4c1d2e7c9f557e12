#include "gateway/control/control.h"
#include "gateway/http/admin/adminroutetable.h"

namespace Gateway {

namespace {

void list(AdminCall &call)
{
    if (call.queryIsSound())
        call.control.settings().list(call.answer.listReply<SettingView>("settings"));
}

/// {"value": …}: a text as the environment has it, or a number or flag.
void set(AdminCall &call)
{
    const json::object *body = call.body.if_object();
    const json::value *value = body && body->size() == 1 ? body->if_contains("value") : nullptr;
    if (!value || value->is_structured() || value->is_null()) {
        call.answer.fail({422, "invalid_value", "An object with a value is needed.", "value", 0});
        return;
    }
    std::string text = value->is_string() ? std::string(value->get_string()) : toJson(*value);
    if (call.queryIsSound())
        call.control.settings().set(call.segments.front(), std::move(text), call.answer.reply<SettingView>());
}

void reset(AdminCall &call)
{
    if (call.queryIsSound())
        call.control.settings().reset(call.segments.front(), call.answer.reply<SettingView>());
}

constexpr AdminRoute ROUTES[] = {
    {"GET", "/settings", list},
    {"PATCH", "/settings/{name}", set},
    {"DELETE", "/settings/{name}", reset},
};

} // namespace

std::span<const AdminRoute> settingRoutes()
{
    return ROUTES;
}

} // namespace Gateway
