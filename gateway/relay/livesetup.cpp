#include "gateway/relay/livesetup.h"

#include "gateway/common/json.h"
#include "gateway/common/text.h"
#include "gateway/relay/resources.h"

namespace Gateway {

namespace {

const json::object *eitherObject(const json::object &object, std::string_view name, std::string_view other)
{
    const json::object *found = objectAt(object, name);
    return found ? found : objectAt(object, other);
}

} // namespace

Result<LiveSetup> readLiveSetup(std::string_view message)
{
    const Result<json::object> parsed = parseJsonObject(message);
    if (!parsed)
        return fail(parsed.error());
    const json::object *setup = objectAt(*parsed, "setup");
    if (!setup)
        return fail(400, "setup_missing", "The first message of a session must have \"setup\".");
    LiveSetup read;
    const std::string_view model = withoutModels(stringAt(*setup, "model"));
    read.model = model;
    read.resources = namedResources({}, {}, message);
    if (const json::object *resumption = eitherObject(*setup, "sessionResumption", "session_resumption")) {
        const std::string_view handle = stringAt(*resumption, "handle");
        if (!handle.empty())
            read.resources.push_back(credentialName(handle));
    }
    return read;
}

std::string withLiveModel(std::string_view message, std::string_view model)
{
    Result<json::object> parsed = parseJsonObject(message);
    json::value *setup = parsed ? parsed->if_contains("setup") : nullptr;
    if (!setup || !setup->is_object())
        return std::string(message);
    setup->get_object()["model"] = "models/" + std::string(model);
    return toJson(*parsed);
}

std::string resumptionName(std::string_view message)
{
    // Inside a text Google escapes the quotes, so this word means a member of that name.
    if (message.find("\"newHandle\"") == std::string_view::npos)
        return {};
    const Result<json::object> parsed = parseJsonObject(message);
    const json::object *update = parsed ? objectAt(*parsed, "sessionResumptionUpdate") : nullptr;
    const std::string_view handle = update ? stringAt(*update, "newHandle") : std::string_view();
    return handle.empty() ? std::string() : credentialName(handle);
}

} // namespace Gateway
