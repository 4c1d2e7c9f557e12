#include "gateway/common/eventend.h"

#include <utility>

#include <QMetaObject>
#include <QObject>

#ifdef Q_OS_LINUX
#include "gateway/common/epolldispatcher.h"
#endif

namespace Gateway {

struct EventEnd::Impl
{
    std::function<void()> callback;
    std::function<void()> run;
    bool requested = false;
#ifdef Q_OS_LINUX
    std::shared_ptr<EpollPoller> poller;
#endif
    QObject context; ///< Receives the call in loops other than EpollDispatcher.
};

EventEnd::EventEnd(std::function<void()> callback)
    : m_impl(std::make_unique<Impl>())
{
    m_impl->callback = std::move(callback);
    m_impl->run = [impl = m_impl.get()] {
        impl->requested = false;
        impl->callback();
    };
#ifdef Q_OS_LINUX
    m_impl->poller = EpollDispatcher::currentPoller();
#endif
}

EventEnd::~EventEnd()
{
#ifdef Q_OS_LINUX
    if (m_impl->poller)
        m_impl->poller->forgetAfterwards(&m_impl->run);
#endif
}

void EventEnd::request()
{
    if (std::exchange(m_impl->requested, true))
        return;
#ifdef Q_OS_LINUX
    if (m_impl->poller) {
        m_impl->poller->callAfterwards(&m_impl->run);
        return;
    }
#endif
    QMetaObject::invokeMethod(
        &m_impl->context, [impl = m_impl.get()] { impl->run(); }, Qt::QueuedConnection);
}

} // namespace Gateway
