#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace Gateway {

class GuardContext;

/// The bytes of one connection that are on their way out. Holds memory only while there are any.
class Outlet
{
public:
    Outlet(GuardContext &context, int fd);

    /// Where bytes to send are appended; they leave with flush().
    std::string &buffer();
    std::size_t unsent() const { return m_buffer.size() - m_sent; }

    /// Sends what the peer takes in, unless it is known to take nothing.
    void flush();
    /// Sends the buffer, then `bytes` and `tail`, in one call; copies only what the peer does not take in.
    void sendLarge(std::string_view bytes, std::string_view tail);

    /// The peer took in less than it was given: flush() does nothing until unblock().
    bool isBlocked() const { return m_isBlocked; }
    void unblock() { m_isBlocked = false; }
    /// The peer is gone; nothing more is sent.
    bool isBroken() const { return m_isBroken; }

    /// Drops everything.
    void clear();

private:
    GuardContext &m_context;
    int m_fd;
    std::string m_buffer; ///< From m_sent on unsent.
    std::size_t m_sent = 0;
    bool m_isBlocked = false;
    bool m_isBroken = false;
};

} // namespace Gateway
