#include "gateway/dialects/chatrequestturns.h"

namespace Gateway {

void ChatTurns::next()
{
    std::string &out = m_draft.text();
    ++m_parts;
    if (m_open == m_role) {
        out += ',';
        return;
    }
    if (m_open != Role::None)
        out += "]},";
    out += m_role == Role::User ? "{\"role\":\"user\",\"parts\":[" : "{\"role\":\"model\",\"parts\":[";
    m_open = m_role;
}

void ChatTurns::close()
{
    if (m_open != Role::None)
        m_draft.text() += "]}";
    m_open = Role::None;
}

} // namespace Gateway
