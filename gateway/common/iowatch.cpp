#include "gateway/common/iowatch.h"

#include <QSocketNotifier>

namespace Gateway {

struct IoWatch::Impl
{
    Callback callback;
    int events = None;
    std::unique_ptr<QSocketNotifier> reader;
    std::unique_ptr<QSocketNotifier> writer;
};

IoWatch::IoWatch(int fd, Callback callback)
    : m_impl(std::make_shared<Impl>())
{
    m_impl->callback = std::move(callback);
    const auto notifier = [this, fd](QSocketNotifier::Type type, int event) {
        auto made = std::make_unique<QSocketNotifier>(fd, type);
        made->setEnabled(false);
        QObject::connect(
            made.get(), &QSocketNotifier::activated, made.get(), [weak = std::weak_ptr<Impl>(m_impl), event] {
                const std::shared_ptr<Impl> impl = weak.lock(); // the callback may destroy the watch
                if (impl && (impl->events & event))
                    impl->callback(event);
            });
        return made;
    };
    m_impl->reader = notifier(QSocketNotifier::Read, Read);
    m_impl->writer = notifier(QSocketNotifier::Write, Write);
}

IoWatch::~IoWatch()
{
    setEvents(None); // the descriptor may be closed right after
    m_impl->reader.release()->deleteLater();
    m_impl->writer.release()->deleteLater();
}

void IoWatch::setEvents(int events)
{
    m_impl->events = events;
    m_impl->reader->setEnabled(events & Read);
    m_impl->writer->setEnabled(events & Write);
}

int IoWatch::events() const
{
    return m_impl->events;
}

} // namespace Gateway
