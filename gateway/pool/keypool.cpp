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

/// Holds the pool's mutex; wakes the listener after letting it go.
class PoolLock
{
public:
    explicit PoolLock(PoolCore &core)
        : m_core(core)
        , m_lock(core.mutex)
    {
    }

    ~PoolLock()
    {
        const bool wakes = m_core.takeWake();
        m_lock.unlock();
        if (wakes && m_core.healthListener)
            m_core.healthListener();
    }

    PoolLock(const PoolLock &) = delete;
    PoolLock &operator=(const PoolLock &) = delete;

    /// Hands changes to the journal; the mutex is free meanwhile.
    void drain() { m_core.journal.drain(m_lock); }

private:
    PoolCore &m_core;
    std::unique_lock<std::mutex> m_lock;
};

template <typename Row>
void loadInSteps(PoolCore &core, std::vector<Row> &rows)
{
    for (std::size_t from = 0; from < rows.size(); from += STEP) {
        PoolLock lock(core);
        for (std::size_t i = from; i < std::min(from + STEP, rows.size()); ++i)
            core.load(std::move(rows[i]));
        lock.drain();
    }
}

/// Does something to many keys while requests wait for no more than a few of them.
template <typename Action>
void inSteps(PoolCore &core, std::span<const KeyId> keys, Action action)
{
    for (std::size_t from = 0; from < keys.size(); from += STEP) {
        PoolLock lock(core);
        for (const KeyId key : keys.subspan(from, std::min(STEP, keys.size() - from)))
            action(key);
        lock.drain();
    }
}

} // namespace

KeyPool::KeyPool(const Clock &clock, PoolOptions options, Journal journal)
    : m_core(std::make_shared<PoolCore>(clock, std::move(options), std::move(journal)))
{
}

KeyPool::~KeyPool() = default;

void KeyPool::load(std::vector<KeyRow> rows, std::vector<QuotaRow> quotas, std::vector<ModelStateRow> models)
{
    {
        const std::lock_guard lock(m_core->mutex);
        m_core->reserve(rows.size());
    }
    loadInSteps(*m_core, rows);
    loadInSteps(*m_core, quotas);
    loadInSteps(*m_core, models);
}

void KeyPool::remove(KeyId key)
{
    PoolLock lock(*m_core);
    m_core->remove(key);
    lock.drain();
}

bool KeyPool::update(KeyId key, KeySettings settings)
{
    const PoolLock lock(*m_core);
    return m_core->update(key, std::move(settings));
}

void KeyPool::setOptions(PoolOptions options)
{
    const PoolLock lock(*m_core);
    m_core->setOptions(std::move(options));
}

tl::expected<Lease, Refusal> KeyPool::acquire(const AcquireRequest &request)
{
    const PoolLock lock(*m_core);
    return m_core->acquire(request);
}

void KeyPool::report(Lease lease, const Outcome &outcome)
{
    if (lease.m_pool.lock() != m_core)
        return;
    {
        PoolLock lock(*m_core);
        m_core->report(lease, outcome);
        lock.drain();
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
    PoolLock lock(*m_core);
    m_core->revive(key);
    lock.drain();
}

void KeyPool::rest(std::span<const KeyId> keys, std::int64_t untilMs)
{
    inSteps(*m_core, keys, [&](KeyId key) { m_core->rest(key, untilMs); });
}

void KeyPool::liftRests(std::span<const KeyId> keys, std::string_view model)
{
    inSteps(*m_core, keys, [&](KeyId key) { m_core->liftRests(key, model); });
}

void KeyPool::resetFailures(std::span<const KeyId> keys)
{
    inSteps(*m_core, keys, [&](KeyId key) { m_core->resetFailures(key); });
}

void KeyPool::setChecked(KeyId key, std::int64_t atMs, std::string_view error)
{
    const PoolLock lock(*m_core);
    m_core->setChecked(key, atMs, error);
}

Refusal KeyPool::counts() const
{
    const std::lock_guard lock(m_core->mutex);
    return m_core->counts();
}

std::vector<Lease> KeyPool::sidelined(int limit)
{
    const PoolLock lock(*m_core);
    return m_core->sidelined(limit);
}

std::optional<Lease> KeyPool::lendForCheck(KeyId key)
{
    const PoolLock lock(*m_core);
    return m_core->lendForCheck(key);
}

std::vector<QuotaRow> KeyPool::takeQuotaChanges()
{
    const std::lock_guard lock(m_core->mutex);
    return m_core->takeQuotaChanges();
}

std::vector<ModelStateRow> KeyPool::takeModelStates()
{
    const std::lock_guard lock(m_core->mutex);
    return m_core->takeModelStates();
}

HealthChanges KeyPool::takeHealthChanges()
{
    const std::lock_guard lock(m_core->mutex);
    return m_core->takeHealthChanges();
}

void KeyPool::setHealthListener(std::function<void()> listener)
{
    m_core->healthListener = std::move(listener);
}

std::vector<KeyCounters> KeyPool::takeCounters()
{
    const std::lock_guard lock(m_core->mutex);
    return m_core->takeCounters();
}

std::vector<KeyRow> KeyPool::snapshot() const
{
    std::vector<KeyRow> rows;
    std::unique_lock lock(m_core->mutex);
    rows.reserve(m_core->slots());
    for (std::uint32_t from = 0; from < m_core->slots(); from += STEP) {
        m_core->appendRows(rows, from, std::min<std::uint32_t>(from + STEP, m_core->slots()));
        lock.unlock();
        lock.lock();
    }
    return rows;
}

std::optional<KeyView> KeyPool::view(KeyId key) const
{
    const std::lock_guard lock(m_core->mutex);
    return m_core->view(key);
}

KeyPage KeyPool::page(std::uint32_t from, int limit) const
{
    const std::size_t wanted = static_cast<std::size_t>(std::max(limit, 1));
    KeyPage page;
    std::unique_lock lock(m_core->mutex);
    while (page.keys.size() < wanted && from < m_core->slots()) {
        // A step is no longer than what is still wanted: free slots make it come short, never too long.
        const std::size_t step = std::min(wanted - page.keys.size(), STEP);
        const auto to = static_cast<std::uint32_t>(std::min<std::size_t>(from + step, m_core->slots()));
        m_core->appendViews(page.keys, from, to);
        from = to;
        lock.unlock();
        lock.lock();
    }
    page.next = from < m_core->slots() ? from : 0;
    page.total = m_core->counts().total;
    return page;
}

std::vector<ModelHealth> KeyPool::modelHealth() const
{
    const std::lock_guard lock(m_core->mutex);
    return m_core->modelHealth();
}

int KeyPool::openLeases() const
{
    const std::lock_guard lock(m_core->mutex);
    return m_core->openLeases();
}

} // namespace Gateway
