#pragma once

#include <functional>
#include <memory>

namespace Gateway {

/// Watches one descriptor in the loop of the current thread: directly in an EpollDispatcher where the thread
/// has one, else by QSocketNotifier. Level-triggered. The callback may destroy its watch.
class IoWatch
{
public:
    enum Event : int {
        None = 0,
        Read = 1,
        Write = 2,
        PeerClosed = 4, ///< FIN has come, also behind unread bytes. Only told by an EpollDispatcher.
        Hangup = 8,     ///< Reset, or both directions closed. Only told by an EpollDispatcher.
    };
    using Callback = std::function<void(int events)>;

    /// Watches nothing until setEvents(). `fd` must stay open as long as this lives, or abandon() be called.
    IoWatch(int fd, Callback callback);
    ~IoWatch();
    IoWatch(const IoWatch &) = delete;
    IoWatch &operator=(const IoWatch &) = delete;

    /// `events`: any Event bits. Giving up an interest and taking it up again costs nothing in an
    /// EpollDispatcher.
    void setEvents(int events);
    int events() const;

    /// The descriptor has just been closed: spares telling the kernel. Nothing is watched any more.
    void abandon();

private:
    struct Impl;
    struct EpollImpl;
    struct NotifierImpl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace Gateway
