#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "gateway/common/keyrow.h"

namespace Gateway {

/// Changes of health on their way out: numbered as they happen, handed on outside the pool's mutex in that
/// order, remembered until they are durable. Every function is called with the pool's mutex held.
class ChangeJournal
{
public:
    using Receiver = std::function<void(std::vector<KeyChange>)>;

    /// What a ticket was for.
    struct Ticket
    {
        std::uint32_t slot = 0;
        std::uint32_t incarnation = 0;
    };

    /// Without a receiver nothing is kept and nothing needs to settle.
    explicit ChangeJournal(Receiver receiver)
        : m_receiver(std::move(receiver))
    {
    }

    bool isKept() const { return m_receiver != nullptr; }

    /// Gives the change its ticket and queues it.
    void add(KeyChange change, Ticket ticket);

    /// The change a ticket was for; forgets it. Nothing for an unknown one.
    std::optional<Ticket> settle(std::uint64_t ticket);

    /// Hands the queue on, unlocking meanwhile. While one thread does so the others leave theirs in the queue
    /// for it: so the receiver never runs twice at once, sees tickets in order and may call the pool.
    void drain(std::unique_lock<std::mutex> &lock);

private:
    Receiver m_receiver;
    std::vector<KeyChange> m_queue;
    std::unordered_map<std::uint64_t, Ticket> m_unsettled;
    std::uint64_t m_lastTicket = 0;
    bool m_draining = false;
};

} // namespace Gateway
