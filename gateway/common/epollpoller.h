#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

class QSocketNotifier;

namespace Gateway {

/// Who watches which descriptor in one epoll set, and the calls of the watchers. Used in one thread, save
/// wake(). Linux only.
class EpollPoller
{
public:
    /// A direct watch; `wanted` holds IoWatch::Event bits and changes only through update().
    struct Watch
    {
        int fd = -1;
        int wanted = 0;
        std::function<void(int events)> callback;
    };

    EpollPoller();
    ~EpollPoller();
    EpollPoller(const EpollPoller &) = delete;
    EpollPoller &operator=(const EpollPoller &) = delete;

    /// One direct watch a descriptor; a second one takes the place of the first.
    void add(Watch *watch);
    /// Costs a system call only when `wanted` asks for more than the kernel knows already: an interest that
    /// is given up stays registered until an event that nobody wants comes of it.
    void update(Watch &watch, int wanted);
    /// `closed`: the descriptor is closed already, so that the kernel has forgotten it.
    void remove(std::unique_ptr<Watch> watch, bool closed);

    void addNotifier(QSocketNotifier *notifier);
    void removeNotifier(QSocketNotifier *notifier);

    /// Waits at most `timeoutMs` (-1: without end) and calls the watchers; returns how many were called.
    int poll(int timeoutMs);
    /// Waits likewise, but only for wake().
    void waitForWake(int timeoutMs);
    /// Ends a poll() or waitForWake() that runs, or the next one. From any thread.
    void wake();

    /// Calls `callback` once when the watcher, timer or posted event of the moment has been dealt with.
    void callAfterwards(std::function<void()> *callback);
    void forgetAfterwards(const std::function<void()> *callback);
    void runAfterwards()
    {
        if (!m_afterwards.empty())
            runAfterwardsNow();
    }

private:
    struct Entry
    {
        Watch *watch = nullptr;
        std::array<QSocketNotifier *, 3> notifiers{}; ///< By QSocketNotifier::Type.
        std::uint32_t registered = 0; ///< What the kernel has; EPOLLHUP stands for "is known".
        std::uint32_t generation = 0; ///< Tells events of an earlier owner of the number.
    };

    Entry &entryOf(int fd);
    std::uint32_t neededBy(const Entry &entry) const;
    /// Brings the kernel to what `entry` needs; without `exactly` only when it needs more.
    void synchronise(int fd, bool exactly);
    void forget(int fd, bool closed);
    bool dispatch(int fd, std::uint32_t generation, std::uint32_t events);
    bool callNotifiers(int fd, std::uint32_t generation, std::uint32_t events);
    void drainWake();
    void runAfterwardsNow();

    int m_epoll = -1;
    int m_wake = -1;
    int m_depth = 0;
    std::vector<Entry> m_entries;
    std::vector<std::unique_ptr<Watch>> m_retired; ///< Removed while their callback may still run.
    std::vector<std::function<void()> *> m_afterwards;
};

} // namespace Gateway
