#include "gateway/upstream/keymask.h"

#include <algorithm>
#include <array>

#include "gateway/common/secret.h"

namespace Gateway {

namespace {

constexpr std::size_t LEAST_KEY = 30;
constexpr std::array<std::string_view, 3> KEY_STARTS = {"AIza", "AQ.", "IQ."};
constexpr std::array<std::string_view, 2> KEY_NAMES = {"api_key:", "key="};

constexpr bool isKeyCharacter(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' ||
           c == '-' || c == '.';
}

std::size_t runLength(std::string_view text)
{
    const auto end = std::find_if_not(text.begin(), text.end(), isKeyCharacter);
    return static_cast<std::size_t>(end - text.begin());
}

/// The length of the key that `text` begins with, 0 when it begins with none.
std::size_t keyLength(std::string_view text)
{
    for (const std::string_view start : KEY_STARTS) {
        if (!text.starts_with(start))
            continue;
        const std::size_t length = runLength(text);
        return length >= LEAST_KEY ? length : 0;
    }
    return 0;
}

/// The length of "api_key:" or "key=" when `text` begins with it.
std::size_t nameLength(std::string_view text)
{
    for (const std::string_view name : KEY_NAMES) {
        if (text.starts_with(name))
            return name.size();
    }
    return 0;
}

} // namespace

std::string withKeysMasked(std::string_view text)
{
    std::string masked;
    masked.reserve(text.size());
    while (!text.empty()) {
        std::size_t key = 0;
        if (const std::size_t name = nameLength(text); name > 0) {
            masked += text.substr(0, name);
            text.remove_prefix(name);
            key = runLength(text);
        } else {
            key = keyLength(text);
        }
        if (key > 0) {
            masked += maskSecret(text.substr(0, key));
            text.remove_prefix(key);
        } else if (!text.empty()) {
            masked += text.front();
            text.remove_prefix(1);
        }
    }
    return masked;
}

} // namespace Gateway
