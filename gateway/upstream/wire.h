#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "gateway/common/iowatch.h"

namespace Gateway {

struct Origin;

/// An open connection to an origin, as bytes. Destroying it closes it.
class Wire
{
public:
    enum class Io : std::uint8_t {
        Done,   ///< At least one byte moved.
        Again,  ///< Nothing can be moved now.
        Closed, ///< The peer will send nothing more.
        Failed,
    };
    struct Moved
    {
        Io io = Io::Failed;
        std::size_t bytes = 0;
    };

    /// Whose turn it is to use the connection.
    class User
    {
    public:
        /// `events`: IoWatch's Read and Write, those that are watched. May destroy the wire.
        virtual void wireReady(Wire &wire, int events) = 0;

    protected:
        ~User() = default;
    };

    virtual ~Wire() = default;
    Wire(const Wire &) = delete;
    Wire &operator=(const Wire &) = delete;

    /// Neither waits.
    virtual Moved read(std::span<char> room) = 0;
    /// Sends `head` and then `body`; after Again the next call must begin with the same byte, at the same
    /// place in memory.
    virtual Moved write(std::string_view head, std::string_view body) = 0;
    /// Bytes may lie here already, so that only Again says that all was read, and no event tells of them.
    virtual bool holdsBytes() const = 0;

    void setUser(User *user) { m_user = user; }
    void watch(int events) { m_watch.setEvents(events); }

    // where it is kept while idle
    Origin *origin = nullptr;
    Wire *newer = nullptr;
    Wire *older = nullptr;
    std::int64_t idleSinceMs = 0; ///< By the client's clock.
    unsigned generation = 0;      ///< Of the client's options it was made with.

protected:
    explicit Wire(int fd);
    /// After `fd` was closed.
    void abandonWatch() { m_watch.abandon(); }

private:
    IoWatch m_watch;
    User *m_user = nullptr;
};

} // namespace Gateway
