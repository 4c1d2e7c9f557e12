#pragma once

#include <cstdint>
#include <mutex>
#include <vector>

#include <QObject>

#include "gateway/relay/keycheck.h"
#include "gateway/relay/proxychecker.h"

namespace Gateway {

/// Where checks are ordered: passes them to the worker that makes them and tells what they bring. Lives in
/// the main thread, whose functions and signals these are, save attach() and detach().
class CheckDesk final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CheckDesk)

public:
    enum class Which : std::uint8_t {
        All,
        Failing, ///< Sidelined, or with unclear failures in a row.
    };

    explicit CheckDesk(const KeyPool &pool, QObject *parent = nullptr);

    /// Checks these keys. The number of the run, told with its progress; 0 when no worker serves.
    std::uint64_t check(std::vector<KeyId> keys);
    std::uint64_t check(Which which);
    /// No further keys of the run are asked; it is over once those that are being asked have answered.
    void cancel(std::uint64_t run);

    /// Asks for Google through each of these proxies (URLs); told by proxiesChecked(). The run's number, 0
    /// when no worker serves.
    std::uint64_t checkProxies(std::vector<std::string> urls);

    /// The checks of the worker whose thread calls this, until detach().
    void attach(KeyCheck &keys, ProxyChecker &proxies);
    void detach();

Q_SIGNALS:
    /// At most ten times a second for each run, the last time with isOver().
    void progressed(const Gateway::KeyCheck::Progress &progress);
    void proxiesChecked(quint64 run, const std::vector<Gateway::ProxyCheckResult> &results);

private:
    const KeyPool &m_pool;
    std::mutex m_mutex; ///< Guards the two pointers, and that they live while they are posted to.
    KeyCheck *m_keys = nullptr;
    ProxyChecker *m_proxies = nullptr;
    std::uint64_t m_lastRun = 0;
};

} // namespace Gateway
