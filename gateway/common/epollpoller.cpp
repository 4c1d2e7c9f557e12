#include "gateway/common/epollpoller.h"

#include <algorithm>
#include <cerrno>
#include <utility>

#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <QCoreApplication>
#include <QSocketNotifier>

#include "gateway/common/iowatch.h"

namespace Gateway {

namespace {

constexpr int EVENTS_A_WAIT = 256;
constexpr std::uint64_t WAKE_TAG = ~std::uint64_t(0);
constexpr std::uint32_t ALWAYS_TOLD = EPOLLHUP | EPOLLERR;

constexpr std::uint32_t READ_BITS = EPOLLIN | EPOLLRDHUP | ALWAYS_TOLD;
constexpr std::uint32_t WRITE_BITS = EPOLLOUT | ALWAYS_TOLD;

constexpr std::uint32_t kernelBits(int wanted)
{
    std::uint32_t bits = wanted == IoWatch::None ? 0 : std::uint32_t(EPOLLHUP);
    if (wanted & IoWatch::Read)
        bits |= EPOLLIN;
    if (wanted & IoWatch::Write)
        bits |= EPOLLOUT;
    if (wanted & IoWatch::PeerClosed)
        bits |= EPOLLRDHUP;
    return bits;
}

constexpr int watchEvents(std::uint32_t events)
{
    int told = IoWatch::None;
    if (events & READ_BITS)
        told |= IoWatch::Read;
    if (events & WRITE_BITS)
        told |= IoWatch::Write;
    if (events & (EPOLLRDHUP | ALWAYS_TOLD))
        told |= IoWatch::PeerClosed;
    if (events & ALWAYS_TOLD)
        told |= IoWatch::Hangup;
    return told;
}

/// By QSocketNotifier::Type.
constexpr std::array<std::uint32_t, 3> NOTIFIER_WANTS{EPOLLIN, EPOLLOUT, EPOLLPRI};
constexpr std::array<std::uint32_t, 3> NOTIFIER_HEARS{READ_BITS, WRITE_BITS, EPOLLPRI};

} // namespace

EpollPoller::EpollPoller()
    : m_epoll(epoll_create1(EPOLL_CLOEXEC))
    , m_wake(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = WAKE_TAG;
    if (m_epoll < 0 || m_wake < 0 || epoll_ctl(m_epoll, EPOLL_CTL_ADD, m_wake, &event) != 0)
        qFatal("No descriptors left for the event loop");
}

EpollPoller::~EpollPoller()
{
    ::close(m_wake);
    ::close(m_epoll);
}

EpollPoller::Entry &EpollPoller::entryOf(int fd)
{
    const auto index = static_cast<std::size_t>(fd);
    if (index >= m_entries.size())
        m_entries.resize(std::max(index + 1, m_entries.size() * 2));
    return m_entries[index];
}

std::uint32_t EpollPoller::neededBy(const Entry &entry) const
{
    std::uint32_t needed = entry.watch ? kernelBits(entry.watch->wanted) : 0;
    for (std::size_t type = 0; type < entry.notifiers.size(); ++type) {
        if (entry.notifiers[type])
            needed |= NOTIFIER_WANTS[type] | EPOLLHUP;
    }
    return needed;
}

void EpollPoller::synchronise(int fd, bool exactly)
{
    Entry &entry = entryOf(fd);
    const std::uint32_t needed = neededBy(entry);
    if (exactly ? needed == entry.registered : (needed & ~entry.registered) == 0)
        return;
    epoll_event event{};
    event.events = needed;
    event.data.u64 = (static_cast<std::uint64_t>(entry.generation) << 32) | static_cast<std::uint32_t>(fd);
    const int change = needed == 0 ? EPOLL_CTL_DEL : entry.registered == 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD;
    if (epoll_ctl(m_epoll, change, fd, &event) != 0 && change != EPOLL_CTL_DEL) {
        // somebody closed the descriptor, or opened it anew, behind our back
        if (errno == ENOENT)
            epoll_ctl(m_epoll, EPOLL_CTL_ADD, fd, &event);
        else if (errno == EEXIST)
            epoll_ctl(m_epoll, EPOLL_CTL_MOD, fd, &event);
    }
    entry.registered = needed;
}

void EpollPoller::forget(int fd, bool closed)
{
    Entry &entry = entryOf(fd);
    if (neededBy(entry) != 0) {
        synchronise(fd, true);
        return;
    }
    if (entry.registered != 0 && !closed)
        epoll_ctl(m_epoll, EPOLL_CTL_DEL, fd, nullptr);
    entry.registered = 0;
    ++entry.generation;
}

void EpollPoller::add(Watch *watch)
{
    entryOf(watch->fd).watch = watch;
}

void EpollPoller::update(Watch &watch, int wanted)
{
    watch.wanted = wanted;
    if (entryOf(watch.fd).watch == &watch)
        synchronise(watch.fd, false);
}

void EpollPoller::remove(std::unique_ptr<Watch> watch, bool closed)
{
    watch->wanted = IoWatch::None;
    Entry &entry = entryOf(watch->fd);
    if (entry.watch == watch.get()) {
        entry.watch = nullptr;
        forget(watch->fd, closed);
    }
    if (m_depth > 0)
        m_retired.push_back(std::move(watch));
}

void EpollPoller::addNotifier(QSocketNotifier *notifier)
{
    const auto fd = static_cast<int>(notifier->socket());
    entryOf(fd).notifiers[static_cast<std::size_t>(notifier->type())] = notifier;
    synchronise(fd, false);
}

void EpollPoller::removeNotifier(QSocketNotifier *notifier)
{
    const auto fd = static_cast<int>(notifier->socket());
    QSocketNotifier *&place = entryOf(fd).notifiers[static_cast<std::size_t>(notifier->type())];
    if (place != notifier)
        return;
    place = nullptr;
    forget(fd, false); // at once: its owner may close the descriptor without another word
}

bool EpollPoller::callNotifiers(int fd, std::uint32_t generation, std::uint32_t events)
{
    bool called = false;
    for (std::size_t type = 0; type < NOTIFIER_HEARS.size(); ++type) {
        const Entry &entry = m_entries[static_cast<std::size_t>(fd)];
        if (entry.generation != generation)
            return true; // the last call took everything down
        if (!entry.notifiers[type] || !(events & NOTIFIER_HEARS[type]))
            continue;
        called = true;
        QEvent event(QEvent::SockAct);
        QCoreApplication::sendEvent(entry.notifiers[type], &event);
    }
    return called;
}

bool EpollPoller::dispatch(int fd, std::uint32_t generation, std::uint32_t events)
{
    const Entry &entry = m_entries[static_cast<std::size_t>(fd)];
    if (entry.generation != generation)
        return false;
    bool called = false;
    if (entry.watch) {
        const int told = watchEvents(events) & entry.watch->wanted;
        if (told != IoWatch::None) {
            called = true;
            entry.watch->callback(told);
        }
    }
    if (callNotifiers(fd, generation, events) || called)
        return true;
    synchronise(fd, true);
    return false;
}

int EpollPoller::poll(int timeoutMs)
{
    epoll_event events[EVENTS_A_WAIT];
    const int count = epoll_wait(m_epoll, events, EVENTS_A_WAIT, timeoutMs);
    int called = 0;
    ++m_depth;
    for (int i = 0; i < count; ++i) {
        const std::uint64_t tag = events[i].data.u64;
        if (tag == WAKE_TAG) {
            drainWake();
            ++called;
            continue;
        }
        called += dispatch(static_cast<int>(tag & 0xffffffff), static_cast<std::uint32_t>(tag >> 32),
                           events[i].events);
        runAfterwards();
    }
    if (--m_depth == 0 && !m_retired.empty())
        std::exchange(m_retired, {}).clear();
    return called;
}

void EpollPoller::waitForWake(int timeoutMs)
{
    pollfd entry{m_wake, POLLIN, 0};
    if (::poll(&entry, 1, timeoutMs) > 0)
        drainWake();
}

void EpollPoller::wake()
{
    const std::uint64_t one = 1;
    while (::write(m_wake, &one, sizeof(one)) < 0 && errno == EINTR) {
    }
}

void EpollPoller::drainWake()
{
    std::uint64_t count = 0;
    while (::read(m_wake, &count, sizeof(count)) < 0 && errno == EINTR) {
    }
}

void EpollPoller::callAfterwards(std::function<void()> *callback)
{
    m_afterwards.push_back(callback);
}

void EpollPoller::forgetAfterwards(const std::function<void()> *callback)
{
    std::replace(m_afterwards.begin(), m_afterwards.end(), const_cast<std::function<void()> *>(callback),
                 static_cast<std::function<void()> *>(nullptr));
}

void EpollPoller::runAfterwardsNow()
{
    // by index: a callback may ask for another call or take one back
    for (std::size_t i = 0; i < m_afterwards.size(); ++i) {
        if (std::function<void()> *callback = std::exchange(m_afterwards[i], nullptr))
            (*callback)();
    }
    m_afterwards.clear();
}

} // namespace Gateway
