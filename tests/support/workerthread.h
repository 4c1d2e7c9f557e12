#pragma once

#include <functional>

#include <QMetaObject>
#include <QThread>

#ifdef Q_OS_LINUX
#include "gateway/common/epolldispatcher.h"
#endif

namespace Gateway {

/// A thread with an event loop as a gateway worker has it, for tests that block their own thread.
class WorkerThread
{
public:
    /// `ownLoop`: with the EpollDispatcher where there is one, else with Qt's own loop.
    explicit WorkerThread(bool ownLoop = true)
    {
#ifdef Q_OS_LINUX
        if (ownLoop)
            m_thread.setEventDispatcher(new EpollDispatcher);
#else
        (void)ownLoop;
#endif
        m_context.moveToThread(&m_thread);
        m_thread.start();
    }
    ~WorkerThread()
    {
        m_thread.quit();
        m_thread.wait();
    }

    /// Calls `function` there and waits for it.
    void run(const std::function<void()> &function)
    {
        QMetaObject::invokeMethod(&m_context, function, Qt::BlockingQueuedConnection);
    }
    /// Calls `function` there, later.
    void post(std::function<void()> function)
    {
        QMetaObject::invokeMethod(&m_context, std::move(function), Qt::QueuedConnection);
    }
    QThread &thread()
    {
        return m_thread;
    }
    /// An object that lives there.
    QObject &context()
    {
        return m_context;
    }

private:
    QThread m_thread;
    QObject m_context;
};

} // namespace Gateway
