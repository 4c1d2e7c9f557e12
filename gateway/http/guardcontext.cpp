#include "gateway/http/guardcontext.h"

#include <algorithm>
#include <utility>

#include "gateway/http/connection.h"

namespace Gateway {

namespace {

constexpr std::size_t BUFFERS_KEPT = 32;
constexpr std::size_t BUFFER_BYTES = 4u * 1024;
/// A buffer that had to grow beyond this goes back to the system.
constexpr std::size_t BUFFER_BYTES_KEPT = 64u * 1024;

} // namespace

GuardContext::GuardContext(const Clock &clock, const HttpLimits &limits)
    : m_clock(clock)
    , m_limits(limits)
    , m_sweep(clock, m_limits)
    , m_eventEnd([this] { endEvent(); })
{
}

GuardContext::~GuardContext()
{
    destroyAll();
}

std::string GuardContext::takeBuffer()
{
    std::string buffer;
    if (m_buffers.empty()) {
        buffer.reserve(BUFFER_BYTES);
        return buffer;
    }
    buffer = std::move(m_buffers.back());
    m_buffers.pop_back();
    return buffer;
}

void GuardContext::giveBuffer(std::string buffer)
{
    if (buffer.capacity() > BUFFER_BYTES_KEPT || m_buffers.size() == BUFFERS_KEPT)
        return;
    buffer.clear();
    m_buffers.push_back(std::move(buffer));
}

void GuardContext::callAtEventEnd(Connection *connection)
{
    m_touched.push_back(connection);
    m_eventEnd.request();
}

void GuardContext::endEvent()
{
    // by index: a connection may touch itself again or be forgotten
    for (std::size_t i = 0; i < m_touched.size(); ++i) {
        if (Connection *connection = std::exchange(m_touched[i], nullptr))
            connection->eventEnded();
    }
    m_touched.clear();
}

void GuardContext::opened(Connection *connection)
{
    connection->setPlace(m_open.size());
    m_open.push_back(connection);
}

void GuardContext::closed(Connection *connection)
{
    Connection *last = m_open.back();
    m_open[connection->place()] = last;
    last->setPlace(connection->place());
    m_open.pop_back();
    connection->setPlace(m_zombies.size());
    m_zombies.push_back(connection);
    if (m_closedCallback)
        m_closedCallback();
}

void GuardContext::forget(Connection *connection)
{
    Connection *last = m_zombies.back();
    m_zombies[connection->place()] = last;
    last->setPlace(connection->place());
    m_zombies.pop_back();
    std::replace(m_touched.begin(), m_touched.end(), connection, static_cast<Connection *>(nullptr));
}

void GuardContext::drain()
{
    m_isDraining = true;
    for (Connection *connection : m_open)
        connection->drain();
}

void GuardContext::destroyAll()
{
    while (!m_open.empty())
        m_open.back()->die();
    while (!m_zombies.empty())
        m_zombies.back()->host().destroy();
}

} // namespace Gateway
