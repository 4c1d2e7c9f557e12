#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include <QObject>

#include "gateway/common/clock.h"

namespace Gateway {

/// Where requests wait in line while every key rests: one line for each thing waited for, in the order in
/// which the requests arrived. Only the first of a line looks for a key; when it leaves, the next one is
/// told. Shared by all workers; all functions may be called from any thread.
class WaitQueue
{
public:
    /// One request's place; leaving the line is destroying it. Used in the thread of the joiner's context.
    class Place;

    /// What can be seen of one model's lines.
    struct Length
    {
        std::string model;
        int waiting = 0;
        std::int64_t oldestMs = 0; ///< How long the one that came first has been in line, in ms.
    };

    /// At most `limit` requests wait, over all lines. `clock` outlives this.
    WaitQueue(const Clock &clock, std::size_t limit);
    ~WaitQueue();

    void setLimit(std::size_t limit) { m_limit.store(limit, std::memory_order_relaxed); }

    /// Whether somebody waits in that line, so that a newcomer has to join behind. One atomic read while
    /// nobody waits at all.
    bool isWaitedFor(std::string_view line) const;

    /// A place in `line` by `arrivedMs` (Clock::monotonicMs), null when the queue is full. `model` is what
    /// the line is shown as. `first` is called in the thread of `context` when those in front have left;
    /// `context` must live as long as the place.
    std::unique_ptr<Place> join(std::string_view line, std::string_view model, std::int64_t arrivedMs,
                                QObject *context, std::function<void()> first);

    /// Requests that wait, over all lines.
    std::size_t waiting() const { return m_total.load(std::memory_order_relaxed); }
    /// By model, those with the longest lines first.
    std::vector<Length> lengths() const;

private:
    struct Waiter
    {
        std::int64_t arrivedMs = 0;
        std::int64_t joinedMs = 0;
        QObject *context = nullptr;
        std::shared_ptr<std::function<void()>> first; ///< Shared with a call that is on its way.
    };
    struct Line
    {
        std::string model;
        std::list<Waiter> waiters;
    };
    using Lines = std::map<std::string, Line, std::less<>>;

    bool isFirst(Lines::const_iterator line, const Waiter &waiter) const;
    void leave(Lines::iterator line, std::list<Waiter>::iterator waiter);

    const Clock &m_clock;
    std::atomic<std::size_t> m_limit;
    std::atomic<std::size_t> m_total = 0;
    mutable std::mutex m_mutex;
    Lines m_lines;
};

class WaitQueue::Place
{
public:
    Place(WaitQueue &queue, Lines::iterator line, std::list<Waiter>::iterator waiter);
    ~Place();
    Place(const Place &) = delete;
    Place &operator=(const Place &) = delete;

    /// Nobody is in front.
    bool isFirst() const;

private:
    WaitQueue &m_queue;
    Lines::iterator m_line;
    std::list<Waiter>::iterator m_waiter;
};

} // namespace Gateway
