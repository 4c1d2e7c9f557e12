#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "gateway/common/keyrow.h"
#include "gateway/pool/keybitmap.h"
#include "gateway/pool/keyslot.h"
#include "gateway/pool/modelrests.h"
#include "gateway/pool/poolviews.h"
#include "gateway/pool/wordtable.h"

namespace Gateway {

/// The keys, their rests, and what follows from both: which can be lent for which model, and how many are in
/// what state. After a change of a slot refresh() brings that up to date; nothing here is O(keys) but
/// growing. Not thread-safe.
class KeyTable
{
public:
    static constexpr std::uint32_t NONE = KeyBitmap::NONE;

    /// Model names come from clients: no more models, and no longer names, than these are remembered. A rest
    /// beyond them is forgotten, and costs a further 429.
    static constexpr std::size_t MAX_MODELS = 256;
    static constexpr std::size_t MAX_MODEL_BYTES = 128;

    KeyTable();

    /// The slot of a key, or NONE.
    std::uint32_t find(KeyId key) const;
    /// The slot of a key, a new one if it has none.
    std::uint32_t insert(KeyId key);
    void erase(std::uint32_t slot);
    void reserve(std::size_t more);

    KeySlot &at(std::uint32_t slot) { return m_slots[slot]; }
    const KeySlot &at(std::uint32_t slot) const { return m_slots[slot]; }
    std::uint32_t size() const { return static_cast<std::uint32_t>(m_slots.size()); }

    /// Derives anew what follows from the slot's state, settling and rests.
    void refresh(std::uint32_t slot);

    /// The key rests for `model` (empty: as a whole). False when there is no room to remember it. Needs a
    /// refresh().
    bool putRest(std::uint32_t slot, std::string_view model, const Rest &rest);
    /// Ends a rest. Needs a refresh().
    void liftRest(std::uint32_t slot, ModelRests &rests);
    void liftAllRests(std::uint32_t slot);

    /// The rests for a model (empty: of whole keys), null when there are none. Valid until the next sweep().
    ModelRests *restsFor(std::string_view model);
    ModelRests &wholeRests() { return m_whole; }
    const ModelRests &wholeRests() const { return m_whole; }
    std::vector<ModelRest> restsOf(std::uint32_t slot, std::int64_t nowMs) const;

    /// Ends up to `limit` rests that are over; false when none is left that is.
    bool endRests(ModelRests &rests, std::int64_t nowMs, int limit);
    /// endRests() for whole keys and every model.
    void endRestsOfAll(std::int64_t nowMs, int limit);
    /// A step of housekeeping: ends some rests of the next model in turn, forgets a model without any.
    void sweep(std::int64_t nowMs);

    /// Keys that can be lent unless they rest for the model.
    const KeyBitmap &lendable() const { return m_lendable; }
    /// Sidelined keys that can be checked.
    const KeyBitmap &checkable() const { return m_checkable; }

    /// Keys in a state.
    int countOf(KeyState state) const { return m_counts[static_cast<std::size_t>(state)]; }
    /// Usable keys that rest for at least one model.
    int restingCount() const { return m_resting; }
    std::size_t modelCount() const { return m_models.size(); }

    /// What is known of each model that someone rests for, by name.
    std::vector<ModelHealth> modelHealth(std::int64_t nowMs);

    WordTable &words() { return m_words; }

private:
    struct TextHash
    {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };

    void count(KeySlot &slot);
    ModelRests *restsToFill(std::string_view model);
    void growBitmaps();

    std::vector<KeySlot> m_slots;
    std::vector<std::uint32_t> m_free;
    std::unordered_map<KeyId, std::uint32_t> m_index;
    KeyBitmap m_lendable;
    KeyBitmap m_checkable;
    std::uint32_t m_capacity = 0; ///< Of every bitmap.
    ModelRests m_whole;
    std::vector<std::unique_ptr<ModelRests>> m_models;
    std::unordered_map<std::string, ModelRests *, TextHash, std::equal_to<>> m_byModel;
    std::size_t m_sweepAt = 0;
    std::array<int, 3> m_counts{};
    int m_resting = 0;
    WordTable m_words;
};

} // namespace Gateway
