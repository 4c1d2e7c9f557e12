#pragma once

#include <atomic>
#include <memory>
#include <thread>

#include <QAbstractEventDispatcher>

#include "gateway/common/epollpoller.h"
#include "gateway/common/timerqueue.h"

namespace Gateway {

/// The event loop of a gateway worker on Linux: epoll instead of Qt's poll() over every descriptor. Set with
/// QThread::setEventDispatcher() before the thread starts. IoWatch and EventEnd use its poller directly.
class EpollDispatcher final : public QAbstractEventDispatcher
{
    Q_OBJECT

public:
    explicit EpollDispatcher(QObject *parent = nullptr);
    ~EpollDispatcher() override;

    /// The poller of the current thread's dispatcher; null when that is of another kind.
    static std::shared_ptr<EpollPoller> currentPoller();

    bool processEvents(QEventLoop::ProcessEventsFlags flags) override;

    void registerSocketNotifier(QSocketNotifier *notifier) override;
    void unregisterSocketNotifier(QSocketNotifier *notifier) override;

    void registerTimer(int timerId, qint64 interval, Qt::TimerType timerType, QObject *object) override;
    bool unregisterTimer(int timerId) override;
    bool unregisterTimers(QObject *object) override;
    QList<TimerInfo> registeredTimers(QObject *object) const override;
    int remainingTime(int timerId) override;

    void wakeUp() override;
    void interrupt() override;

private:
    std::shared_ptr<EpollPoller> m_poller; ///< Shared with watches, which may outlive the thread.
    TimerQueue m_timers;
    std::function<void()> m_afterEach;
    std::atomic<bool> m_woken{false};
    std::atomic<bool> m_interrupted{false};
    std::atomic<std::thread::id> m_thread; ///< The one that runs processEvents().
};

} // namespace Gateway
