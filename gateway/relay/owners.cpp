#include "gateway/relay/owners.h"

#include <charconv>

namespace Gateway {

namespace {

KeyId keyIdOf(const std::string &text)
{
    KeyId key = 0;
    std::from_chars(text.data(), text.data() + text.size(), key);
    return key;
}

} // namespace

Result<KeyId> ownerOf(const std::vector<std::string> &resources, const KeyedMemory::Found &owners)
{
    KeyId owner = 0;
    std::string first;
    for (const std::string &resource : resources) {
        const auto found = owners.find(resource);
        const KeyId key = found == owners.end() ? 0 : keyIdOf(found->second);
        if (key == 0 || key == owner)
            continue;
        if (owner != 0)
            return fail(
                400, "mixed_owners",
                first + " and " + resource +
                    " belong to different Google projects; no single key can use both. Upload them again in "
                    "one conversation.");
        owner = key;
        first = resource;
    }
    return owner;
}

std::string ownerText(KeyId key, std::string_view maker)
{
    std::string text = std::to_string(key);
    if (!maker.empty())
        text += ' ' + std::string(maker);
    return text;
}

std::string makerOf(std::string_view owner)
{
    const std::size_t blank = owner.find(' ');
    return blank == std::string_view::npos ? std::string() : std::string(owner.substr(blank + 1));
}

} // namespace Gateway
