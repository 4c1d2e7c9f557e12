#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>

#include "gateway/pool/keybitmap.h"

namespace Gateway {

/// Round robin, with a cursor per model so that models asked in turn do not each get every second key. Models
/// are client text: they share a fixed number of cursors by hash, and sharing one only mixes their turns.
class Rotation
{
public:
    /// The next of `available` for `model` for which `skip` is false, or KeyBitmap::NONE. Looks at no more
    /// than `maxSkips` + 1 keys.
    template <typename Skip>
    std::uint32_t next(std::string_view model, const KeyBitmap &available, std::size_t maxSkips, Skip skip)
    {
        std::uint32_t &cursor = m_cursors[std::hash<std::string_view>{}(model) % CURSORS];
        std::uint32_t from = cursor;
        for (std::size_t looked = 0; looked <= maxSkips && looked < available.count(); ++looked) {
            const std::uint32_t slot = available.nextAround(from);
            if (!skip(slot)) {
                cursor = slot + 1;
                return slot;
            }
            from = slot + 1;
        }
        return KeyBitmap::NONE;
    }

private:
    static constexpr std::size_t CURSORS = 64;
    std::array<std::uint32_t, CURSORS> m_cursors{};
};

} // namespace Gateway
