#include "gateway/relay/keysearch.h"

#include <algorithm>
#include <utility>

namespace Gateway {

namespace {

constexpr std::int64_t SETTLING_MS = 3;
constexpr int MAX_SETTLING_WAITS = 1000; // 3 s: a store that hangs must not hang the clients
/// The first in line looks at least this often: a new key, a lifted rest or a closed breaker tells nobody.
constexpr std::int64_t LONGEST_NAP_MS = 250;

} // namespace

KeySearch::KeySearch(Surroundings surroundings)
    : m_around(std::move(surroundings))
{
}

void KeySearch::changeModel(std::string model)
{
    stop();
    m_target.model = std::move(model);
    m_tried.clear();
    m_blamed.clear();
}

void KeySearch::stop()
{
    m_place.reset();
    ++m_wait;
}

AcquireRequest KeySearch::wanted() const
{
    AcquireRequest wanted;
    wanted.model = m_target.model;
    wanted.tried = m_tried;
    wanted.owner = m_target.owner;
    wanted.lastAttempt = m_manner.isLast;
    wanted.affinity = m_target.affinity;
    wanted.inputTokens = m_target.inputTokens;
    wanted.tags = m_target.tags;
    wanted.geminiOnly = m_target.geminiOnly;
    wanted.maxWaitMs = m_manner.mayWait ? patienceMs() : 0;
    return wanted;
}

/// Those who would be served by the same keys stand in one line.
std::string KeySearch::lineName() const
{
    std::string name = m_target.model;
    if (m_target.owner != 0)
        name += "\n#" + std::to_string(m_target.owner);
    if (m_target.geminiOnly)
        name += "\n gemini";
    for (const std::string &tag : m_target.tags)
        name += '\n' + tag;
    return name;
}

/// How long the request may still wait, in ms.
std::int64_t KeySearch::patienceMs() const
{
    if (m_waitEndMs == 0)
        return m_around.options.waitLimitMs;
    return std::max<std::int64_t>(m_waitEndMs - m_around.parts.clock.monotonicMs(), 0);
}

/// A newcomer does not overtake those in line. A request that had a key already came before them.
bool KeySearch::mustQueueUp() const
{
    const WaitQueue &queue = m_around.parts.waits;
    return m_manner.mayWait && !m_place && m_tried.empty() && queue.waiting() != 0 && patienceMs() > 0 &&
           queue.isWaitedFor(lineName());
}

void KeySearch::look(const Manner &manner)
{
    m_manner = manner;
    if (!mustQueueUp()) {
        tryNow();
        return;
    }
    m_refusal = queueIsFull();
    if (!queueUp(m_refusal))
        m_around.listener.noKey(m_refusal);
}

void KeySearch::tryNow()
{
    tl::expected<Lease, Refusal> lease = m_around.parts.pool.acquire(wanted());
    if (!lease) {
        refused(lease.error());
        return;
    }
    stop();
    m_tried.push_back(lease->key);
    m_around.listener.keyFound(std::move(*lease));
}

std::optional<Lease> KeySearch::another()
{
    if (m_around.parts.waits.waiting() != 0 && m_around.parts.waits.isWaitedFor(lineName()))
        return std::nullopt;
    AcquireRequest beside = wanted();
    beside.otherProject = true; // what slows the first down may be its project
    beside.lastAttempt = true;  // no probe of a key that is thought to be used up
    beside.maxWaitMs = 0;
    tl::expected<Lease, Refusal> lease = m_around.parts.pool.acquire(beside);
    if (!lease)
        return std::nullopt;
    m_tried.push_back(lease->key);
    return std::move(*lease);
}

void KeySearch::refused(const Refusal &refusal)
{
    using Why = Refusal::Why;
    if (refusal.why == Why::Settling && ++m_settlingWaits < MAX_SETTLING_WAITS) {
        m_around.later(SETTLING_MS, [this] { tryNow(); });
        return;
    }
    if (refusal.why == Why::Exhausted && m_blamed.size() < m_tried.size()) {
        m_tried = m_blamed; // no untried key is left: those that only met trouble of Google's may try again
        tryNow();
        return;
    }
    if (isWorthWaiting(refusal) && queueUp(refusal))
        return;
    stop();
    m_around.listener.noKey(refusal);
}

bool KeySearch::isWorthWaiting(const Refusal &refusal) const
{
    const bool ends = refusal.why == Refusal::Why::Resting ||
                      (refusal.why == Refusal::Why::Overloaded && m_manner.outwaitsOverload);
    return m_manner.mayWait && ends && refusal.waitMs > 0 && refusal.waitMs <= patienceMs();
}

/// False when the queue is full.
bool KeySearch::queueUp(const Refusal &refusal)
{
    m_refusal = refusal;
    if (!m_place) {
        m_place = m_around.parts.waits.join(lineName(), m_target.model, m_around.arrivedMs, m_around.context,
                                            m_around.guarded([this] { myTurn(); }));
        if (!m_place)
            return false;
        const std::int64_t patience = patienceMs();
        m_waitEndMs = m_around.parts.clock.monotonicMs() + patience;
        m_around.later(patience, [this, wait = ++m_wait] { waitedLongEnough(wait); });
    }
    if (m_place->isFirst())
        lookAgainIn(std::clamp<std::int64_t>(refusal.waitMs, 1, LONGEST_NAP_MS));
    return true;
}

void KeySearch::lookAgainIn(std::int64_t ms)
{
    m_around.later(ms, [this, wait = m_wait] {
        if (wait == m_wait)
            myTurn();
    });
}

/// The first in line looks; keys that it had tried may be back from their rest.
void KeySearch::myTurn()
{
    if (!m_place || !m_place->isFirst())
        return;
    m_tried.clear();
    m_blamed.clear();
    tryNow();
}

void KeySearch::waitedLongEnough(std::uint64_t wait)
{
    if (wait != m_wait || !m_place)
        return;
    stop();
    m_around.listener.noKey(m_refusal);
}

/// What a newcomer is told when there is no room left in line.
Refusal KeySearch::queueIsFull() const
{
    Refusal refusal = m_around.parts.pool.counts();
    refusal.why = Refusal::Why::Resting;
    refusal.waitMs = m_around.options.waitLimitMs;
    return refusal;
}

} // namespace Gateway
