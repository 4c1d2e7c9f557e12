#include "gateway/relay/waitqueue.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace Gateway {

WaitQueue::WaitQueue(const Clock &clock, std::size_t limit)
    : m_clock(clock)
    , m_limit(limit)
{
}

WaitQueue::~WaitQueue() = default;

bool WaitQueue::isWaitedFor(std::string_view line) const
{
    if (m_total.load(std::memory_order_acquire) == 0)
        return false;
    const std::lock_guard lock(m_mutex);
    return m_lines.find(line) != m_lines.end();
}

std::unique_ptr<WaitQueue::Place> WaitQueue::join(std::string_view line, std::string_view model,
                                                  std::int64_t arrivedMs, QObject *context,
                                                  std::function<void()> first)
{
    const std::int64_t nowMs = m_clock.monotonicMs();
    const std::lock_guard lock(m_mutex);
    if (m_total.load(std::memory_order_relaxed) >= m_limit.load(std::memory_order_relaxed))
        return nullptr;
    auto at = m_lines.find(line);
    if (at == m_lines.end())
        at = m_lines.emplace(line, Line{std::string(model), {}}).first;
    std::list<Waiter> &waiters = at->second.waiters;
    // Nearly always the end: only who waited before and met another refusal goes back in front of later ones.
    auto behind = waiters.end();
    while (behind != waiters.begin() && std::prev(behind)->arrivedMs > arrivedMs)
        --behind;
    const auto waiter = waiters.insert(
        behind, Waiter{arrivedMs, nowMs, context, std::make_shared<std::function<void()>>(std::move(first))});
    m_total.fetch_add(1, std::memory_order_release);
    return std::make_unique<Place>(*this, at, waiter);
}

bool WaitQueue::isFirst(Lines::const_iterator line, const Waiter &waiter) const
{
    const std::lock_guard lock(m_mutex);
    return &line->second.waiters.front() == &waiter;
}

void WaitQueue::leave(Lines::iterator line, std::list<Waiter>::iterator waiter)
{
    const std::lock_guard lock(m_mutex);
    std::list<Waiter> &waiters = line->second.waiters;
    const bool wasFirst = waiter == waiters.begin();
    waiters.erase(waiter);
    m_total.fetch_sub(1, std::memory_order_release);
    if (waiters.empty()) {
        m_lines.erase(line);
        return;
    }
    if (!wasFirst)
        return;
    // Under the mutex: the context lives as long as its place is in line.
    const Waiter &next = waiters.front();
    QMetaObject::invokeMethod(
        next.context, [first = next.first] { (*first)(); }, Qt::QueuedConnection);
}

std::vector<WaitQueue::Length> WaitQueue::lengths() const
{
    const std::int64_t nowMs = m_clock.monotonicMs();
    std::map<std::string, Length> byModel;
    {
        const std::lock_guard lock(m_mutex);
        for (const auto &[name, line] : m_lines) {
            Length &length = byModel[line.model];
            length.model = line.model;
            length.waiting += static_cast<int>(line.waiters.size());
            for (const Waiter &waiter : line.waiters)
                length.oldestMs = std::max(length.oldestMs, nowMs - waiter.joinedMs);
        }
    }
    std::vector<Length> lengths;
    lengths.reserve(byModel.size());
    for (auto &[model, length] : byModel)
        lengths.push_back(std::move(length));
    std::stable_sort(lengths.begin(), lengths.end(),
                     [](const Length &a, const Length &b) { return a.waiting > b.waiting; });
    return lengths;
}

WaitQueue::Place::Place(WaitQueue &queue, Lines::iterator line, std::list<Waiter>::iterator waiter)
    : m_queue(queue)
    , m_line(line)
    , m_waiter(waiter)
{
}

WaitQueue::Place::~Place()
{
    m_queue.leave(m_line, m_waiter);
}

bool WaitQueue::Place::isFirst() const
{
    return m_queue.isFirst(m_line, *m_waiter);
}

} // namespace Gateway
