#include "gateway/pool/healthmonitor.h"

#include "gateway/pool/keypool.h"

namespace Gateway {

HealthMonitor::HealthMonitor(KeyPool &pool, QObject *parent)
    : QObject(parent)
    , m_pool(pool)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(INTERVAL_MS);
    connect(&m_timer, &QTimer::timeout, this, &HealthMonitor::tell);
    m_pool.setHealthListener([this] {
        // Comes once until the changes are taken: the first of them starts the wait.
        QMetaObject::invokeMethod(&m_timer, qOverload<>(&QTimer::start), Qt::QueuedConnection);
    });
    m_timer.start(); // what happened before there was a listener
}

HealthMonitor::~HealthMonitor()
{
    m_pool.setHealthListener(nullptr);
}

void HealthMonitor::tell()
{
    const HealthChanges changes = m_pool.takeHealthChanges();
    if (!changes.keys.empty())
        Q_EMIT keysChanged(changes.keys);
    if (!changes.models.empty())
        Q_EMIT modelHealthChanged(changes.models);
}

} // namespace Gateway
