#include "gateway/common/epolldispatcher.h"

#include <QCoreApplication>

namespace Gateway {

EpollDispatcher::EpollDispatcher(QObject *parent)
    : QAbstractEventDispatcher(parent)
    , m_poller(std::make_shared<EpollPoller>())
    , m_afterEach([this] { m_poller->runAfterwards(); })
{
}

EpollDispatcher::~EpollDispatcher() = default;

std::shared_ptr<EpollPoller> EpollDispatcher::currentPoller()
{
    const auto *dispatcher = qobject_cast<EpollDispatcher *>(QAbstractEventDispatcher::instance());
    return dispatcher ? dispatcher->m_poller : nullptr;
}

bool EpollDispatcher::processEvents(QEventLoop::ProcessEventsFlags flags)
{
    m_thread.store(std::this_thread::get_id(), std::memory_order_relaxed);
    m_interrupted.store(false, std::memory_order_relaxed);
    Q_EMIT awake();

    // Posting always calls wakeUp(), so that a false flag afterwards means an empty queue.
    bool handled = m_woken.exchange(false);
    QCoreApplication::sendPostedEvents();
    m_poller->runAfterwards();

    const bool withTimers = !flags.testFlag(QEventLoop::X11ExcludeTimers);
    const bool mayWait = flags.testFlag(QEventLoop::WaitForMoreEvents);
    const bool waits = mayWait && !m_woken.load() && !m_interrupted.load();
    if (waits)
        Q_EMIT aboutToBlock();
    if (m_interrupted.load())
        return false;

    const int timeout = !waits || m_woken.load() ? 0 : withTimers ? m_timers.timeoutMs() : -1;
    if (flags.testFlag(QEventLoop::ExcludeSocketNotifiers))
        m_poller->waitForWake(timeout);
    else
        handled |= m_poller->poll(timeout) > 0;
    if (withTimers)
        handled |= m_timers.fire(m_afterEach) > 0;
    return handled;
}

void EpollDispatcher::registerSocketNotifier(QSocketNotifier *notifier)
{
    m_poller->addNotifier(notifier);
}

void EpollDispatcher::unregisterSocketNotifier(QSocketNotifier *notifier)
{
    m_poller->removeNotifier(notifier);
}

void EpollDispatcher::registerTimer(int timerId, qint64 interval, Qt::TimerType timerType, QObject *object)
{
    m_timers.add(timerId, interval, timerType, object);
}

bool EpollDispatcher::unregisterTimer(int timerId)
{
    return m_timers.remove(timerId);
}

bool EpollDispatcher::unregisterTimers(QObject *object)
{
    return m_timers.removeAll(object);
}

QList<QAbstractEventDispatcher::TimerInfo> EpollDispatcher::registeredTimers(QObject *object) const
{
    return m_timers.of(object);
}

int EpollDispatcher::remainingTime(int timerId)
{
    return m_timers.remainingMs(timerId);
}

void EpollDispatcher::wakeUp()
{
    // In its own thread the loop looks at the flag before it waits; no system call is needed.
    if (!m_woken.exchange(true) && m_thread.load(std::memory_order_relaxed) != std::this_thread::get_id())
        m_poller->wake();
}

void EpollDispatcher::interrupt()
{
    m_interrupted.store(true);
    wakeUp();
}

} // namespace Gateway
