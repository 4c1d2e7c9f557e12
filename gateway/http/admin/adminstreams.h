#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <QObject>

#include "gateway/http/exchange.h"

namespace Gateway {

/// One event for the listeners of the admin API.
struct AdminEvent
{
    std::uint32_t kind = 0; ///< One bit, see adminEventKind().
    std::string text;       ///< As server-sent events have it, with the blank line at its end.
};

/// The bit of an event's name ("keys", "status", …); 0: there is none of that name.
std::uint32_t adminEventKind(std::string_view name);
/// Those a listener gets who names none: all but the log.
std::uint32_t usualAdminEvents();

/// The open event streams of one worker. A client that does not keep up misses events, and is told so once it
/// reads again; what it has not read is bounded by its connection's buffer. Lives in the worker's thread and
/// goes as AdminDesk does.
class AdminStreams final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(AdminStreams)

public:
    /// `changed` is called in the worker's thread when the first listener has come or the last has gone.
    explicit AdminStreams(std::function<void()> changed);
    ~AdminStreams() override;

    /// Streams the events whose bits are in `kinds`; refuses with 503 beyond a number of streams.
    void open(std::unique_ptr<Exchange> exchange, std::uint32_t kinds);

    /// Whether anybody listens; from any thread.
    bool isIdle() const { return m_count.load(std::memory_order_relaxed) == 0; }
    /// From the control's thread: to all who want it, soon.
    void post(std::shared_ptr<const AdminEvent> event);

private:
    class Stream;

    void write(const AdminEvent &event);
    void drop(Stream *stream);
    void count();

    std::function<void()> m_changed;
    std::vector<std::unique_ptr<Stream>> m_streams;
    std::atomic<std::size_t> m_count{0};
};

} // namespace Gateway
