#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "gateway/common/keyrow.h"
#include "gateway/pool/keybitmap.h"
#include "gateway/pool/keyslot.h"
#include "gateway/pool/modelstate.h"
#include "gateway/pool/scopetable.h"
#include "gateway/pool/strategies/strategy.h"
#include "gateway/pool/tagtable.h"
#include "gateway/pool/wordtable.h"

namespace Gateway {

/// The keys, the models, the rests, and what follows from them: who can be lent for which model, in which
/// order, and how many are in what state. After a change of a slot refresh() brings that up to date; nothing
/// here is O(keys) but growing and meeting a new model. Not thread-safe.
class KeyTable
{
public:
    static constexpr std::uint32_t NONE = KeyBitmap::NONE;

    /// Model names come from clients: no more models, and no longer names, than these are remembered. A rest
    /// beyond them is forgotten, and costs a further 429.
    static constexpr std::size_t MAX_MODELS = 256;
    static constexpr std::size_t MAX_MODEL_BYTES = 128;

    /// `firstTurn`: more than any stored key's lastUsedMs.
    explicit KeyTable(std::uint64_t firstTurn);

    /// The slot of a key, or NONE.
    std::uint32_t find(KeyId key) const;
    /// The slot of a key, a new one if it has none.
    std::uint32_t insert(KeyId key);
    void erase(std::uint32_t slot);
    void reserve(std::size_t more);

    KeySlot &at(std::uint32_t slot) { return m_slots[slot]; }
    const KeySlot &at(std::uint32_t slot) const { return m_slots[slot]; }
    std::uint32_t size() const { return static_cast<std::uint32_t>(m_slots.size()); }

    /// What the user says: moves the key to its scope. Needs a refresh().
    void setSettings(std::uint32_t slot, KeySettings settings);
    /// Derives anew what follows from the slot's state, settling, settings and rests.
    void refresh(std::uint32_t slot);

    /// The model, made if need be; whole() when the name is empty or there is no room for it.
    ModelState &modelFor(std::string_view name, std::int64_t monoMs);
    /// The model if it is known, whole() for an empty name, else null.
    ModelState *findModel(std::string_view name);
    ModelState &whole() { return m_whole; }
    const std::vector<std::unique_ptr<ModelState>> &models() const { return m_models; }

    /// The rests of whole keys, by slot.
    ModelRests &wholeRests() { return m_wholeRests; }
    const ModelRests &wholeRests() const { return m_wholeRests; }
    /// Each needs no refresh().
    void putWholeRest(std::uint32_t slot, const Rest &rest);
    void liftWholeRest(std::uint32_t slot);
    void putRest(ModelState &model, ScopeId scope, const Rest &rest);
    void liftRest(ModelState &model, ScopeId scope);

    /// Takes up to `limit` rests that are over from the model, and from whole keys; who rested for the model
    /// is appended to `ended`. False when none is left that is over.
    bool endRests(ModelState &model, std::int64_t wallMs, int limit, std::vector<ScopeId> &ended);
    /// The model that is next for housekeeping; null when there is none.
    ModelState *nextToSweep();
    /// Forgets a model, and what is known of it.
    void forget(ModelState &model);
    /// The wall clock was set by `ms`.
    void shiftRests(std::int64_t ms);

    /// Sidelined keys that can be checked.
    const KeyBitmap &checkable() const { return m_checkable; }
    /// Keys in a state, as it is told.
    int countOf(KeyState state) const { return m_counts[static_cast<std::size_t>(state)]; }
    /// Usable keys that rest for at least one model, as Google or the user said.
    int restingCount() const { return m_resting; }

    const Strategy &strategy() const { return *m_strategy; }
    /// Orders everything anew: O(keys × models).
    void setStrategy(std::unique_ptr<Strategy> strategy);
    /// Counts picks.
    std::uint64_t nextTurn() { return ++m_turn; }
    /// The key as the strategy sees it, share aside.
    Contender contender(const ModelState &model, std::uint32_t slot) const;

    ScopeTable &scopes() { return m_scopes; }
    const ScopeTable &scopes() const { return m_scopes; }
    const TagTable &tags() const { return m_tags; }
    /// Keys of the Gemini API, and how many others there are.
    const KeyBitmap &geminiKeys() const { return m_gemini; }
    int vertexCount() const { return m_vertexCount; }
    WordTable &words() { return m_words; }
    const WordTable &words() const { return m_words; }

private:
    struct TextHash
    {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };

    void count(std::uint32_t slot);
    void countScope(ScopeId scope);
    Standing standingOf(const ModelState &model, std::uint32_t slot) const;
    void place(ModelState &model, std::uint32_t slot);
    void placeScope(ModelState &model, ScopeId scope);
    void stand(ModelState &model, ScopeId scope);
    void moveScope(std::uint32_t slot, ScopeId to);
    void mergeOwn(std::uint32_t slot, ScopeId project);
    void gatherHandLimits(ScopeId scope);
    ModelState *victim(std::int64_t monoMs) const;
    void growBitmaps();

    std::vector<KeySlot> m_slots;
    std::vector<std::uint32_t> m_free;
    std::unordered_map<KeyId, std::uint32_t> m_index;
    KeyBitmap m_checkable;
    std::uint32_t m_capacity = 0; ///< Of every bitmap.
    ModelRests m_wholeRests;
    ModelState m_whole;
    std::vector<std::unique_ptr<ModelState>> m_models;
    std::unordered_map<std::string, ModelState *, TextHash, std::equal_to<>> m_byModel;
    std::size_t m_sweepAt = 0;
    std::uint32_t m_modelsMade = 0;
    std::set<std::uint32_t> m_choosy; ///< Slots whose settings name models.
    std::array<int, 3> m_counts{};
    int m_resting = 0;
    ScopeTable m_scopes;
    TagTable m_tags;
    KeyBitmap m_gemini;
    int m_vertexCount = 0;
    WordTable m_words;
    std::unique_ptr<Strategy> m_strategy;
    std::uint64_t m_turn = 0;
};

} // namespace Gateway
