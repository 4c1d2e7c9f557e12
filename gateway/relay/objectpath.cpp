#include "gateway/relay/objectpath.h"

#include <algorithm>

#include "gateway/common/json.h"

namespace Gateway {

ObjectPath objectPathOf(std::string_view path, std::string_view prefix)
{
    path.remove_prefix(std::min(path.size(), prefix.size()));
    const std::size_t slash = std::min(path.find('/'), path.size());
    return {percentDecoded(path.substr(0, slash)), path.substr(std::min(path.size(), slash + 1))};
}

Error unknownPath(const ClientRequest &request)
{
    return Error{404, "not_found", "There is no " + request.method + ' ' + request.path + " here.", {}, 0};
}

std::string deletedObject(const std::string &id, std::string_view object)
{
    std::string out = "{\"id\":";
    appendJsonString(out, id);
    out += ",\"object\":";
    appendJsonString(out, object);
    return out + ",\"deleted\":true}";
}

} // namespace Gateway
