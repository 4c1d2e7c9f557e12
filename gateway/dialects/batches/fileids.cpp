#include "gateway/dialects/batches/fileids.h"

#include <algorithm>

namespace Gateway {

namespace {

constexpr std::string_view ID = "file-";
constexpr std::string_view NAME = "files/";

bool isNameCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

} // namespace

std::string geminiFileOf(std::string_view id)
{
    if (id.starts_with(NAME) || id.find("://") != std::string_view::npos)
        return std::string(id);
    const bool isOwn = id.starts_with(KEPT_FILE) || id.starts_with(OUTPUT_FILE) || id.starts_with(ERROR_FILE);
    if (isOwn || !id.starts_with(ID) || id.size() == ID.size() ||
        !std::all_of(id.begin(), id.end(), isNameCharacter))
        return {};
    return std::string(NAME).append(id.substr(ID.size()));
}

std::string fileIdOf(std::string_view geminiName)
{
    if (geminiName.starts_with(NAME))
        geminiName.remove_prefix(NAME.size());
    return std::string(ID).append(geminiName);
}

} // namespace Gateway
