#include "gateway/relay/checkdesk.h"

#include <utility>

#include "gateway/pool/keypool.h"

namespace Gateway {

CheckDesk::CheckDesk(const KeyPool &pool, QObject *parent)
    : QObject(parent)
    , m_pool(pool)
{
}

std::uint64_t CheckDesk::check(std::vector<KeyId> keys)
{
    const std::lock_guard lock(m_mutex);
    if (!m_keys)
        return 0;
    const std::uint64_t run = ++m_lastRun;
    const KeyCheck::Tell tell = [this](KeyCheck::Progress progress) {
        QMetaObject::invokeMethod(
            this, [this, progress = std::move(progress)] { Q_EMIT progressed(progress); },
            Qt::QueuedConnection);
    };
    QMetaObject::invokeMethod(
        m_keys, [check = m_keys, run, keys = std::move(keys), tell] { check->start(run, keys, tell); },
        Qt::QueuedConnection);
    return run;
}

std::uint64_t CheckDesk::check(Which which)
{
    std::vector<KeyId> keys;
    for (const KeyRow &row : m_pool.snapshot()) {
        if (which == Which::All || row.state == KeyState::Sidelined || row.failures > 0)
            keys.push_back(row.id);
    }
    return check(std::move(keys));
}

void CheckDesk::cancel(std::uint64_t run)
{
    const std::lock_guard lock(m_mutex);
    if (m_keys)
        QMetaObject::invokeMethod(
            m_keys, [check = m_keys, run] { check->cancel(run); }, Qt::QueuedConnection);
}

std::uint64_t CheckDesk::checkProxies(std::vector<std::string> urls)
{
    const std::lock_guard lock(m_mutex);
    if (!m_proxies)
        return 0;
    const std::uint64_t run = ++m_lastRun;
    const ProxyChecker::Done done = [this, run](std::vector<ProxyCheckResult> results) {
        QMetaObject::invokeMethod(
            this, [this, run, results = std::move(results)] { Q_EMIT proxiesChecked(run, results); },
            Qt::QueuedConnection);
    };
    QMetaObject::invokeMethod(
        m_proxies, [check = m_proxies, urls = std::move(urls), done] { check->start(urls, done); },
        Qt::QueuedConnection);
    return run;
}

void CheckDesk::attach(KeyCheck &keys, ProxyChecker &proxies)
{
    const std::lock_guard lock(m_mutex);
    m_keys = &keys;
    m_proxies = &proxies;
}

void CheckDesk::detach()
{
    const std::lock_guard lock(m_mutex);
    m_keys = nullptr;
    m_proxies = nullptr;
}

} // namespace Gateway
