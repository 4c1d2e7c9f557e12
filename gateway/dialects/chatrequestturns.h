#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "gateway/dialects/contentparts.h"
#include "gateway/dialects/requestdraft.h"

namespace Gateway {

/// Writes Gemini's `contents`: parts one by one, those of one role in a row as one turn, since Gemini's turns
/// alternate between user and model.
class ChatTurns final : public PartSink
{
public:
    enum class Role : std::uint8_t { None, User, Model };

    explicit ChatTurns(RequestDraft &draft)
        : m_draft(draft)
    {
    }

    /// Whose the following parts are. A turn begins with its first part.
    void setRole(Role role) { m_role = role; }
    void next() override;
    /// Ends the last turn.
    void close();

    /// Whether the turn being written is of that role.
    bool isOpen(Role role) const { return m_open == role; }
    /// Parts written so far.
    int partCount() const { return m_parts; }

    /// What was written so far is the beginning that counts; a later mark replaces this one.
    void mark() { m_marked = m_turns; }
    /// The turns that end at the last mark or before it; nothing without one.
    std::optional<std::size_t> markedTurns() const { return m_marked; }

private:
    RequestDraft &m_draft;
    Role m_role = Role::None;
    Role m_open = Role::None;
    int m_parts = 0;
    std::size_t m_turns = 0; ///< Begun so far.
    std::optional<std::size_t> m_marked;
};

} // namespace Gateway
