#pragma once

#include <string>
#include <vector>

#include <QObject>
#include <QTimer>

#include "gateway/common/keyrow.h"

namespace Gateway {

class KeyPool;

/// Tells the main thread what changed of keys and models, gathered to at most ten times a second. Lives in
/// the thread it is made in, whose event loop runs it.
class HealthMonitor final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(HealthMonitor)

public:
    /// Becomes the pool's health listener; `pool` must outlive this, and no other thread may use it while
    /// this is made or destroyed.
    explicit HealthMonitor(KeyPool &pool, QObject *parent = nullptr);
    ~HealthMonitor() override;

    static constexpr int INTERVAL_MS = 100;

Q_SIGNALS:
    /// Something about these keys is new: health, rests, counters, settings; or they are gone.
    void keysChanged(const std::vector<Gateway::KeyId> &keys);
    /// A model's breaker, or who can serve it.
    void modelHealthChanged(const std::vector<std::string> &models);

private:
    void tell();

    KeyPool &m_pool;
    QTimer m_timer;
};

} // namespace Gateway
