#include "gateway/common/iowatch.h"

#include <QSocketNotifier>

#ifdef Q_OS_LINUX
#include "gateway/common/epolldispatcher.h"
#endif

namespace Gateway {

struct IoWatch::Impl
{
    virtual ~Impl() = default;
    virtual void setEvents(int events) = 0;
    virtual int events() const = 0;
    virtual void abandon() = 0;
};

#ifdef Q_OS_LINUX
struct IoWatch::EpollImpl final : Impl
{
    EpollImpl(std::shared_ptr<EpollPoller> usedPoller, int fd, Callback callback)
        : poller(std::move(usedPoller))
        , watch(std::make_unique<EpollPoller::Watch>())
    {
        watch->fd = fd;
        watch->callback = std::move(callback);
        poller->add(watch.get());
    }
    ~EpollImpl() override
    {
        if (watch)
            poller->remove(std::move(watch), false);
    }
    void setEvents(int events) override
    {
        if (watch)
            poller->update(*watch, events);
    }
    int events() const override { return watch ? watch->wanted : None; }
    void abandon() override
    {
        if (watch)
            poller->remove(std::move(watch), true);
    }

    std::shared_ptr<EpollPoller> poller;
    std::unique_ptr<EpollPoller::Watch> watch;
};
#endif

struct IoWatch::NotifierImpl final : Impl
{
    struct State
    {
        Callback callback;
        int events = None;
    };

    NotifierImpl(int fd, Callback callback)
        : state(std::make_shared<State>(State{std::move(callback), None}))
        , reader(notifier(fd, QSocketNotifier::Read, Read))
        , writer(notifier(fd, QSocketNotifier::Write, Write))
    {
    }
    ~NotifierImpl() override
    {
        setEvents(None); // the descriptor may be closed right after
        reader.release()->deleteLater();
        writer.release()->deleteLater();
    }
    std::unique_ptr<QSocketNotifier> notifier(int fd, QSocketNotifier::Type type, int event)
    {
        auto made = std::make_unique<QSocketNotifier>(fd, type);
        made->setEnabled(false);
        QObject::connect(
            made.get(), &QSocketNotifier::activated, made.get(), [weak = std::weak_ptr<State>(state), event] {
                const std::shared_ptr<State> alive = weak.lock(); // the callback may destroy the watch
                if (alive && (alive->events & event))
                    alive->callback(event);
            });
        return made;
    }
    void setEvents(int events) override
    {
        state->events = events;
        reader->setEnabled(events & Read);
        writer->setEnabled(events & Write);
    }
    int events() const override { return state->events; }
    void abandon() override { setEvents(None); }

    std::shared_ptr<State> state;
    std::unique_ptr<QSocketNotifier> reader;
    std::unique_ptr<QSocketNotifier> writer;
};

IoWatch::IoWatch(int fd, Callback callback)
{
#ifdef Q_OS_LINUX
    if (std::shared_ptr<EpollPoller> poller = EpollDispatcher::currentPoller()) {
        m_impl = std::make_unique<EpollImpl>(std::move(poller), fd, std::move(callback));
        return;
    }
#endif
    m_impl = std::make_unique<NotifierImpl>(fd, std::move(callback));
}

IoWatch::~IoWatch() = default;

void IoWatch::setEvents(int events)
{
    m_impl->setEvents(events);
}

int IoWatch::events() const
{
    return m_impl->events();
}

void IoWatch::abandon()
{
    m_impl->abandon();
}

} // namespace Gateway
