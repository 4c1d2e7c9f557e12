#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "gateway/pool/keybitmap.h"

namespace Gateway {

/// Which keys carry which tags. Keys are named by their slot.
class TagTable
{
public:
    void add(std::uint32_t slot, std::span<const std::string> tags, std::uint32_t capacity);
    void remove(std::uint32_t slot, std::span<const std::string> tags);
    /// Room for slots under `capacity`.
    void grow(std::uint32_t capacity);

    /// The sets of keys with each of the tags; empty when a tag is on no key. Valid until the next change.
    std::vector<const KeyBitmap *> find(std::span<const std::string> tags) const;

private:
    std::map<std::string, KeyBitmap, std::less<>> m_tags;
};

} // namespace Gateway
