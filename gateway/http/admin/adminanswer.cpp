#include "gateway/http/admin/adminanswer.h"

#include <utility>

#include "gateway/http/admin/admindesk.h"

namespace Gateway {

AdminAnswer::AdminAnswer(QObject *context, AdminDesk *desk, std::uint64_t ticket)
    : m_context(context)
    , m_desk(desk)
    , m_ticket(ticket)
{
}

void AdminAnswer::send(int status, std::string_view contentType, std::string body, Headers headers) const
{
    if (!m_desk)
        return;
    AdminDesk::Answer answer{status, std::string(contentType), std::move(headers), std::move(body), {}};
    m_desk->post(m_ticket, std::move(answer));
}

void AdminAnswer::json(int status, const json::value &body) const
{
    send(status, "application/json", toJson(body));
}

void AdminAnswer::fail(const Error &error) const
{
    if (m_desk)
        m_desk->post(m_ticket, {error.status, {}, {}, {}, error});
}

} // namespace Gateway
