#pragma once

#include <functional>
#include <memory>

namespace Gateway {

/// Watches one descriptor in the loop of the current thread: directly in an EpollDispatcher where the thread
/// has one, else by QSocketNotifier. Level-triggered. The callback may destroy its watch.
class IoWatch
{
public:
    enum Event : int { None = 0, Read = 1, Write = 2 };
    using Callback = std::function<void(int events)>;

    /// Watches nothing until setEvents(). `fd` must stay open as long as this lives.
    IoWatch(int fd, Callback callback);
    ~IoWatch();
    IoWatch(const IoWatch &) = delete;
    IoWatch &operator=(const IoWatch &) = delete;

    /// `events`: any of Read | Write.
    void setEvents(int events);
    int events() const;

private:
    struct Impl;
    std::shared_ptr<Impl> m_impl;
};

} // namespace Gateway
