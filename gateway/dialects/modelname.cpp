#include "gateway/dialects/modelname.h"

#include <algorithm>

namespace Gateway {

namespace {

constexpr std::size_t MAX_MODEL_NAME = 256;
constexpr std::string_view LATEST = ":latest";

bool isModelName(std::string_view name)
{
    const bool plain = std::ranges::all_of(name, [](char letter) {
        return static_cast<unsigned char>(letter) > ' ' && letter != '?' && letter != '#' && letter != '%' &&
               letter != '\\' && letter != 0x7f;
    });
    return plain && name.size() <= MAX_MODEL_NAME && !name.starts_with('/') &&
           name.find("..") == std::string_view::npos;
}

} // namespace

std::string_view modelIdOf(std::string_view asked)
{
    for (const std::string_view prefix : {"google/", "models/"})
        if (asked.starts_with(prefix))
            asked.remove_prefix(prefix.size());
    if (asked.ends_with(LATEST))
        asked.remove_suffix(LATEST.size());
    return isModelName(asked) ? asked : std::string_view();
}

} // namespace Gateway
