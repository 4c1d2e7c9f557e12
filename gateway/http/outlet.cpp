#include "gateway/http/outlet.h"

#include <algorithm>
#include <utility>

#include "gateway/http/guardcontext.h"
#include "gateway/http/socketio.h"

namespace Gateway {

namespace {

/// More than a string holds without memory of its own: such a buffer has come from the context.
constexpr std::size_t REAL_CAPACITY = 64;

} // namespace

Outlet::Outlet(GuardContext &context, int fd)
    : m_context(context)
    , m_fd(fd)
{
}

std::string &Outlet::buffer()
{
    if (m_buffer.capacity() < REAL_CAPACITY)
        m_buffer = m_context.takeBuffer();
    return m_buffer;
}

void Outlet::flush()
{
    if (unsent() == 0 || m_isBlocked || m_isBroken)
        return;
    const IoResult sent = sendSome(m_fd, std::string_view(m_buffer).substr(m_sent));
    m_isBroken = sent.kind == IoResult::Kind::Broken;
    m_sent += sent.bytes;
    m_isBlocked = unsent() > 0 && !m_isBroken;
    if (unsent() == 0)
        clear();
    else if (m_sent > m_buffer.size() / 2) // keeps what has been sent from piling up
        m_buffer.erase(0, std::exchange(m_sent, 0));
}

void Outlet::sendLarge(std::string_view bytes, std::string_view tail)
{
    if (m_isBroken)
        return;
    if (!m_isBlocked) {
        const std::string_view before = std::string_view(m_buffer).substr(m_sent);
        const IoResult sent = sendGathered(m_fd, before, bytes, tail);
        m_isBroken = sent.kind == IoResult::Kind::Broken;
        std::size_t left = sent.bytes;
        const auto passed = [&left](std::size_t size) {
            const std::size_t count = std::min(left, size);
            left -= count;
            return count;
        };
        m_sent += passed(before.size());
        bytes.remove_prefix(passed(bytes.size()));
        tail.remove_prefix(passed(tail.size()));
        m_isBlocked = !m_isBroken && unsent() + bytes.size() + tail.size() > 0;
        if (!m_isBlocked || unsent() == 0)
            clear();
    }
    if (m_isBlocked)
        buffer().append(bytes).append(tail);
}

void Outlet::clear()
{
    m_sent = 0;
    if (m_buffer.capacity() >= REAL_CAPACITY)
        m_context.giveBuffer(std::exchange(m_buffer, std::string()));
}

} // namespace Gateway
