#include "gateway/pool/tagtable.h"

namespace Gateway {

void TagTable::add(std::uint32_t slot, std::span<const std::string> tags, std::uint32_t capacity)
{
    for (const std::string &tag : tags) {
        KeyBitmap &keys = m_tags[tag];
        keys.grow(capacity);
        keys.assign(slot, true);
    }
}

void TagTable::remove(std::uint32_t slot, std::span<const std::string> tags)
{
    for (const std::string &tag : tags) {
        const auto found = m_tags.find(tag);
        if (found == m_tags.end())
            continue;
        found->second.assign(slot, false);
        if (found->second.count() == 0)
            m_tags.erase(found);
    }
}

void TagTable::grow(std::uint32_t capacity)
{
    for (auto &[tag, keys] : m_tags)
        keys.grow(capacity);
}

std::vector<const KeyBitmap *> TagTable::find(std::span<const std::string> tags) const
{
    std::vector<const KeyBitmap *> sets;
    sets.reserve(tags.size());
    for (const std::string &tag : tags) {
        const auto found = m_tags.find(tag);
        if (found == m_tags.end())
            return {};
        sets.push_back(&found->second);
    }
    return sets;
}

} // namespace Gateway
