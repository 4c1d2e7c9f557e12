#include "gateway/pool/changejournal.h"

#include <utility>

namespace Gateway {

void ChangeJournal::add(KeyChange change, Ticket ticket)
{
    change.ticket = ++m_lastTicket;
    m_unsettled.emplace(change.ticket, ticket);
    m_queue.push_back(std::move(change));
}

std::optional<ChangeJournal::Ticket> ChangeJournal::settle(std::uint64_t ticket)
{
    const auto found = m_unsettled.find(ticket);
    if (found == m_unsettled.end())
        return std::nullopt;
    const Ticket what = found->second;
    m_unsettled.erase(found);
    return what;
}

void ChangeJournal::drain(std::unique_lock<std::mutex> &lock)
{
    if (m_draining)
        return;
    m_draining = true;
    while (!m_queue.empty()) {
        std::vector<KeyChange> batch = std::exchange(m_queue, {});
        lock.unlock();
        m_receiver(std::move(batch));
        lock.lock();
    }
    m_draining = false;
}

} // namespace Gateway
