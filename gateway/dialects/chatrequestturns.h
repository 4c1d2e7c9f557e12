#pragma once

#include <cstdint>
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

private:
    RequestDraft &m_draft;
    Role m_role = Role::None;
    Role m_open = Role::None;
    int m_parts = 0;
};

} // namespace Gateway
