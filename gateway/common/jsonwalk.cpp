#include "gateway/common/jsonwalk.h"

#include <algorithm>

namespace Gateway {

std::size_t jsonStringEnd(std::string_view json, std::size_t at)
{
    for (std::size_t quote = json.find('"', at + 1); quote != std::string_view::npos;
         quote = json.find('"', quote + 1)) {
        std::size_t slashes = 0;
        while (json[quote - 1 - slashes] == '\\')
            ++slashes;
        if (slashes % 2 == 0)
            return quote + 1;
    }
    return json.size();
}

std::size_t jsonValueLength(std::string_view json, std::size_t limit)
{
    json = json.substr(0, limit);
    const bool isScalar = !json.empty() && json.front() != '"' && json.front() != '{' && json.front() != '[';
    if (isScalar)
        return std::min(json.find_first_of(",}] \t\r\n"), json.size());
    int depth = 0;
    std::size_t at = 0;
    while (at < json.size()) {
        const char c = json[at];
        if (c == '"') {
            at = jsonStringEnd(json, at);
            if (depth == 0)
                return at;
            continue;
        }
        ++at;
        if (c == '{' || c == '[')
            ++depth;
        else if ((c == '}' || c == ']') && --depth <= 0)
            return at;
    }
    return json.size();
}

} // namespace Gateway
