#include "gateway/dialects/bodymembers.h"

#include <string>
#include <utility>

#include "gateway/dialects/bodychanges.h"

namespace Gateway {

namespace {

constexpr std::string_view MODELS = "models/";

bool rename(json::object &object, std::string_view from, std::string_view to)
{
    json::value *model = object.if_contains("model");
    if (!model || !model->is_string())
        return false;
    std::string_view named = model->get_string();
    const bool hasHead = named.starts_with(MODELS);
    if (hasHead)
        named.remove_prefix(MODELS.size());
    if (named != from)
        return false;
    *model = hasHead ? std::string(MODELS) + std::string(to) : std::string(to);
    return true;
}

} // namespace

json::value *findMember(json::object &object, const Member &member)
{
    json::value *value = object.if_contains(member.camel);
    return value ? value : object.if_contains(member.snake);
}

void setMember(json::object &object, const Member &member, json::value value)
{
    if (json::value *given = findMember(object, member))
        *given = std::move(value);
    else
        object.emplace(member.camel, std::move(value));
}

bool eraseMember(json::object &object, const Member &member)
{
    bool erased = false;
    for (const std::string_view name : {member.camel, member.snake}) {
        if (const auto found = object.find(name); found != object.end()) {
            object.stable_erase(found);
            erased = true;
        }
    }
    return erased;
}

json::object &objectMember(json::object &object, const Member &member)
{
    json::value *value = findMember(object, member);
    if (!value)
        value = &object.emplace(member.camel, json::object()).first->value();
    return value->is_object() ? value->get_object() : value->emplace_object();
}

json::array *arrayMember(json::object &object, std::string_view name)
{
    json::value &value = object[name];
    if (value.is_array())
        return &value.get_array();
    json::array list;
    if (!value.is_null())
        list.push_back(std::move(value));
    value = std::move(list);
    return &value.get_array();
}

std::optional<std::string> renamedBody(std::string_view body, std::string_view from, std::string_view to)
{
    if (body.find(from) == std::string_view::npos)
        return std::nullopt;
    Result<json::object> parsed = parseJsonObject(body);
    if (!parsed)
        return std::nullopt;
    bool changed = rename(*parsed, from, to);
    if (json::value *inner = findMember(*parsed, {"generateContentRequest", "generate_content_request"});
        inner && inner->is_object())
        changed = rename(inner->get_object(), from, to) || changed;
    if (json::value *requests = parsed->if_contains("requests"); requests && requests->is_array()) {
        for (json::value &request : requests->get_array())
            changed = (request.is_object() && rename(request.get_object(), from, to)) || changed;
    }
    return changed ? std::optional(toJson(*parsed)) : std::nullopt;
}

} // namespace Gateway
