#include "gateway/pool/keypool.h"

#include <algorithm>
#include <cstddef>
#include <mutex>
#include <utility>

#include "gateway/pool/poolcore.h"

namespace Gateway {

namespace {

/// Keys handled in one go while requests wait.
constexpr std::size_t STEP = 128;

} // namespace

KeyPool::KeyPool(const Clock &clock, PoolOptions options, Journal journal)
    : m_core(std::make_shared<PoolCore>(clock, options, std::move(journal)))
{
}

KeyPool::~KeyPool() = default;

void KeyPool::load(std::vector<KeyRow> rows)
{
    const std::int64_t nowMs = m_core->clock.nowMs();
    const std::int64_t midnightMs = nextPacificMidnightMs(nowMs);
    {
        const std::lock_guard lock(m_core->mutex);
        m_core->reserve(rows.size());
    }
    for (std::size_t from = 0; from < rows.size(); from += STEP) {
        const std::lock_guard lock(m_core->mutex);
        for (std::size_t i = from; i < std::min(from + STEP, rows.size()); ++i)
            m_core->load(std::move(rows[i]), nowMs, midnightMs);
    }
}

void KeyPool::remove(KeyId key)
{
    const std::lock_guard lock(m_core->mutex);
    m_core->remove(key);
}

void KeyPool::setOptions(PoolOptions options)
{
    const std::lock_guard lock(m_core->mutex);
    m_core->options = options;
}

tl::expected<Lease, Refusal> KeyPool::acquire(const AcquireRequest &request)
{
    const std::int64_t nowMs = m_core->clock.nowMs();
    const std::lock_guard lock(m_core->mutex);
    return m_core->acquire(request, nowMs);
}

void KeyPool::report(Lease lease, const Outcome &outcome)
{
    if (lease.m_pool.lock() != m_core)
        return;
    HealthRules rules;
    rules.nowMs = m_core->clock.nowMs();
    if (outcome.kind == OutcomeKind::DayQuota)
        rules.midnightMs = nextPacificMidnightMs(rules.nowMs); // reads time zone data: not under the mutex
    {
        std::unique_lock lock(m_core->mutex);
        m_core->report(lease, outcome, rules);
        m_core->journal.drain(lock);
    }
    lease.m_pool.reset();
}

void KeyPool::settled(std::span<const std::uint64_t> tickets)
{
    const std::lock_guard lock(m_core->mutex);
    for (const std::uint64_t ticket : tickets)
        m_core->settled(ticket);
}

void KeyPool::revive(KeyId key)
{
    const std::int64_t nowMs = m_core->clock.nowMs();
    std::unique_lock lock(m_core->mutex);
    m_core->revive(key, nowMs);
    m_core->journal.drain(lock);
}

Refusal KeyPool::counts() const
{
    const std::int64_t nowMs = m_core->clock.nowMs();
    const std::lock_guard lock(m_core->mutex);
    return m_core->counts(nowMs);
}

std::vector<Lease> KeyPool::sidelined(int limit)
{
    const std::lock_guard lock(m_core->mutex);
    return m_core->sidelined(limit);
}

std::vector<KeyCounters> KeyPool::takeCounters()
{
    const std::lock_guard lock(m_core->mutex);
    return m_core->takeCounters();
}

std::vector<KeyRow> KeyPool::snapshot() const
{
    const std::int64_t nowMs = m_core->clock.nowMs();
    std::vector<KeyRow> rows;
    std::unique_lock lock(m_core->mutex);
    rows.reserve(m_core->slots());
    for (std::uint32_t from = 0; from < m_core->slots(); from += STEP) {
        m_core->appendRows(rows, from, std::min<std::uint32_t>(from + STEP, m_core->slots()), nowMs);
        lock.unlock();
        lock.lock();
    }
    return rows;
}

int KeyPool::openLeases() const
{
    const std::lock_guard lock(m_core->mutex);
    return m_core->openLeases();
}

} // namespace Gateway
