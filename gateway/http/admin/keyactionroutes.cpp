#include "gateway/control/control.h"
#include "gateway/http/admin/adminroutetable.h"

namespace Gateway {

namespace {

/// What an action on several keys needs: {"ids": […], "model": …, "until": …}; the latter two where they
/// mean something.
struct Action
{
    std::vector<KeyId> ids;
    std::string model;
    std::int64_t untilMs = 0;
};

bool refuse(const AdminCall &call, const std::string &param, const std::string &what)
{
    call.answer.fail({422, "invalid_value", "\"" + param + "\" " + what + ".", param, 0});
    return false;
}

bool takeIds(const AdminCall &call, const json::value &value, std::vector<KeyId> &ids)
{
    const json::array *array = value.if_array();
    if (!array)
        return refuse(call, "ids", "must be an array");
    for (const json::value &element : *array) {
        const std::int64_t *id = element.if_int64();
        if (!id)
            return refuse(call, "ids", "must hold whole numbers");
        ids.push_back(*id);
    }
    return true;
}

/// Of the path's id or the body's ids; a body may be absent where the path has the id.
bool takeAction(AdminCall &call, Action &action)
{
    if (!call.queryIsSound())
        return false;
    if (!call.segments.empty()) {
        action.ids.resize(1);
        if (!call.takeId(action.ids.front()))
            return false;
    }
    static const json::object nothing;
    const json::object *body = call.body.is_null() ? &nothing : call.body.if_object();
    if (!body)
        return refuse(call, "ids", "is needed in an object");
    for (const json::key_value_pair &member : *body) {
        const std::string_view name = member.key();
        const json::string *text = member.value().if_string();
        const std::int64_t *number = member.value().if_int64();
        if (name == "ids" && call.segments.empty()) {
            if (!takeIds(call, member.value(), action.ids))
                return false;
        } else if (name == "model" && text) {
            action.model = std::string_view(*text);
        } else if (name == "until" && number) {
            action.untilMs = *number;
        } else {
            return refuse(call, std::string(name), "is not known here or of the wrong type");
        }
    }
    return action.ids.empty() ? refuse(call, "ids", "must not be empty") : true;
}

void remove(AdminCall &call)
{
    Action action;
    if (takeAction(call, action))
        call.control.keys().remove(std::move(action.ids), call.answer.reply<void>());
}

void restore(AdminCall &call)
{
    Action action;
    if (takeAction(call, action))
        call.control.keys().restore(std::move(action.ids), call.answer.listReply<KeyInfo>("keys"));
}

void rest(AdminCall &call)
{
    Action action;
    if (takeAction(call, action))
        call.control.keys().rest(std::move(action.ids), action.untilMs, call.answer.reply<void>());
}

void lift(AdminCall &call)
{
    Action action;
    if (takeAction(call, action))
        call.control.keys().lift(std::move(action.ids), std::move(action.model), call.answer.reply<void>());
}

void resetFailures(AdminCall &call)
{
    Action action;
    if (takeAction(call, action))
        call.control.keys().resetFailures(std::move(action.ids), call.answer.reply<void>());
}

void reveal(AdminCall &call)
{
    KeyId id = 0;
    if (call.takeId(id) && call.queryIsSound())
        call.control.keys().reveal(id, call.answer.reply<RevealedKey>());
}

void exportKeys(AdminCall &call)
{
    KeyExport wanted;
    if (call.queryIsSound() && call.takeBody(wanted))
        call.control.keys().exportKeys(std::move(wanted), call.answer.reply<ExportedFile>());
}

void startCheck(AdminCall &call)
{
    CheckRequest wanted;
    if (call.queryIsSound() && call.takeBody(wanted))
        call.control.keys().check(std::move(wanted), call.answer.reply<CheckProgress>(202));
}

void checkProgress(AdminCall &call)
{
    if (call.queryIsSound())
        call.control.keys().checkProgress(call.answer.reply<CheckProgress>());
}

void cancelCheck(AdminCall &call)
{
    if (call.queryIsSound())
        call.control.keys().cancelCheck(call.answer.reply<CheckProgress>());
}

constexpr AdminRoute ROUTES[] = {
    {"POST", "/keys/delete", remove},
    {"POST", "/keys/restore", restore},
    {"POST", "/keys/rest", rest},
    {"POST", "/keys/lift", lift},
    {"POST", "/keys/reset-failures", resetFailures},
    {"POST", "/keys/export", exportKeys},
    {"POST", "/keys/{id}/restore", restore},
    {"POST", "/keys/{id}/rest", rest},
    {"POST", "/keys/{id}/lift", lift},
    {"POST", "/keys/{id}/reset-failures", resetFailures},
    {"POST", "/keys/{id}/reveal", reveal},
    {"POST", "/checks", startCheck},
    {"GET", "/checks", checkProgress},
    {"DELETE", "/checks", cancelCheck},
};

} // namespace

std::span<const AdminRoute> keyActionRoutes()
{
    return ROUTES;
}

} // namespace Gateway
