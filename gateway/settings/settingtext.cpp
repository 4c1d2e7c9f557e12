#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/common/secret.h"
#include "gateway/common/text.h"
#include "gateway/settings/setting.h"

namespace Gateway {

namespace {

constexpr std::size_t SHOWN_PIECES = 4;

std::string joined(const std::vector<std::string> &pieces, std::string_view separator)
{
    std::string text;
    for (const std::string &piece : pieces) {
        if (!text.empty())
            text += separator;
        text += piece;
    }
    return text;
}

std::string maskedList(std::string_view text)
{
    std::vector<std::string> pieces = splitList(text, ",\n");
    const std::size_t total = pieces.size();
    if (total > SHOWN_PIECES)
        pieces.resize(SHOWN_PIECES);
    for (std::string &piece : pieces)
        piece = maskSecret(piece);
    if (total > SHOWN_PIECES)
        pieces.push_back("… (" + std::to_string(total) + " in all)");
    return joined(pieces, ", ");
}

/// A mistyped URL is shown too, so this cuts by characters and does not rely on its being one.
std::string withoutCredentials(std::string_view text)
{
    std::string shown;
    const std::size_t at = text.rfind('@');
    if (at != std::string_view::npos) {
        const std::size_t scheme = text.find("://");
        if (scheme != std::string_view::npos && scheme < at)
            shown = text.substr(0, scheme + 3);
        shown += "…";
        text.remove_prefix(at);
    }
    const std::size_t query = text.find('?');
    shown += text.substr(0, query);
    if (query != std::string_view::npos)
        shown += "?…";
    return shown;
}

std::string listWithoutCredentials(std::string_view text)
{
    std::vector<std::string> pieces = splitList(text, ",\n");
    for (std::string &piece : pieces)
        piece = withoutCredentials(piece);
    return joined(pieces, ", ");
}

} // namespace

std::string optionName(const SettingRow &row)
{
    std::string option(row.name);
    std::transform(option.begin(), option.end(), option.begin(), [](char c) {
        return c == '_' ? '-' : (c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c);
    });
    return option;
}

const SettingRow *findSettingByOption(std::string_view option)
{
    const auto isThat = [&](const SettingRow &row) { return optionName(row) == option; };
    const auto table = settingTable();
    const auto found = std::find_if(table.begin(), table.end(), isThat);
    return found == table.end() ? nullptr : &*found;
}

std::string shownText(const SettingRow &row, std::string_view text)
{
    if (text.empty())
        return {};
    if (row.isSecret)
        return row.type == SettingType::List ? maskedList(text) : maskSecret(text);
    if (row.type == SettingType::Text)
        return withoutCredentials(text);
    if (row.type == SettingType::List && text.find('@') != std::string_view::npos) // URLs with passwords
        return listWithoutCredentials(text);
    return std::string(text);
}

std::string allowedText(const SettingRow &row)
{
    switch (row.type) {
    case SettingType::Integer: {
        std::string allowed =
            "a whole number from " + std::to_string(row.minimum) + " to " + std::to_string(row.maximum);
        if (row.unit == "bytes")
            return allowed + " bytes, also as 64 KiB or 20 MiB";
        if (row.unit == "s")
            return allowed + " seconds, also as 90s, 2m or 1h";
        return row.unit.empty() ? allowed : allowed + ' ' + std::string(row.unit);
    }
    case SettingType::Flag:
        return "on or off";
    case SettingType::Choice:
        return "one of " + joined(splitList(row.choices, ","), ", ");
    case SettingType::Text:
    case SettingType::List:
        break;
    }
    return row.allowed.empty() ? "any text" : std::string(row.allowed);
}

} // namespace Gateway
