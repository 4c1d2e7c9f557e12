#include "gateway/http/admin/admindesk.h"

#include <utility>

namespace Gateway {

namespace {

const Headers NO_STORE = {{"Cache-Control", "no-store"}};

} // namespace

AdminDesk::~AdminDesk() = default;

std::uint64_t AdminDesk::take(std::unique_ptr<Exchange> exchange)
{
    m_exchanges.emplace(++m_lastTicket, std::move(exchange));
    return m_lastTicket;
}

void AdminDesk::post(std::uint64_t ticket, Answer answer)
{
    auto shared = std::make_shared<const Answer>(std::move(answer));
    QMetaObject::invokeMethod(
        this, [this, ticket, shared] { this->answer(ticket, *shared); }, Qt::QueuedConnection);
}

void AdminDesk::answer(std::uint64_t ticket, const Answer &answer)
{
    const auto found = m_exchanges.find(ticket);
    if (found == m_exchanges.end())
        return;
    const std::unique_ptr<Exchange> exchange = std::move(found->second);
    m_exchanges.erase(found);
    if (answer.error) {
        exchange->fail(*answer.error, NO_STORE);
        return;
    }
    Headers headers = NO_STORE;
    headers.insert(headers.end(), answer.headers.begin(), answer.headers.end());
    exchange->send(answer.status, answer.contentType, headers, answer.body);
}

} // namespace Gateway
