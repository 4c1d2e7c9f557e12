#include "gateway/dialects/chatrequestturns.h"

namespace Gateway {

void ChatTurns::next()
{
    std::string &out = m_draft.text();
    ++m_parts;
    if (m_open == m_role) {
        if (m_marked == m_turns)
            --*m_marked; // the turn goes on behind the mark
        out += ',';
        return;
    }
    if (m_open != Role::None)
        out += "]},";
    out += m_role == Role::User ? "{\"role\":\"user\",\"parts\":[" : "{\"role\":\"model\",\"parts\":[";
    m_open = m_role;
    ++m_turns;
}

void ChatTurns::close()
{
    if (m_open != Role::None)
        m_draft.text() += "]}";
    m_open = Role::None;
}

} // namespace Gateway
