#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/common/json.h"
#include "gateway/dialects/graphemes.h"

namespace Gateway {

/// One event of a Gemini stream on its way down in steps: long texts are cut between letters, all else stays
/// whole and in order. The steps' texts put together are the event's; what tells of the whole event (usage,
/// finishReason, sources, a text's signature) comes with the last.
class EventSteps
{
public:
    /// `json`: the event's data.
    explicit EventSteps(std::string_view json);

    /// That are left to tell; 0 when what is left is one step.
    std::size_t letters() const { return m_letters; }
    /// What this takes of the memory, roughly.
    std::size_t bytes() const { return m_bytes; }
    bool isOver() const { return m_isOver; }

    /// The data of the next event, with `letters` letters of text at most (at least one is taken) and the
    /// parts up to the next text.
    std::string take(std::size_t letters);

private:
    /// Parts that are told together: a text, or a run of others.
    struct Group
    {
        std::size_t from = 0; ///< In m_parts.
        std::size_t to = 0;
        Graphemes letters{{}}; ///< Of a text.
    };

    void cut();
    json::array textStep(std::size_t letters);
    std::string told(json::array parts, bool isLast);

    std::string m_whole; ///< An event that stays as it is.
    json::object m_event;
    json::array m_parts;
    std::vector<Group> m_groups;
    std::size_t m_group = 0;
    std::size_t m_told = 0; ///< Letters of the present group.
    std::size_t m_letters = 0;
    std::size_t m_bytes = 0;
    bool m_isOver = false;
};

} // namespace Gateway
