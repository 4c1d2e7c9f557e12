#include "gateway/control/localcontrol.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include <QMetaMethod>
#include <QTimer>

#include "gateway/control/local/recordview.h"
#include "gateway/pool/keypool.h"
#include "gateway/relay/waitqueue.h"
#include "gateway/telemetry/logring.h"

namespace Gateway {

namespace {

constexpr int STATUS_MS = 500;
constexpr int LOG_MS = 200;
constexpr std::size_t LOG_BATCH = 1'000;
constexpr std::int64_t NOT_PAUSED = -1;

std::int64_t oldestMs(const WaitQueue &waits)
{
    std::int64_t oldest = 0;
    for (const WaitQueue::Length &length : waits.lengths())
        oldest = std::max(oldest, length.oldestMs);
    return oldest;
}

} // namespace

LocalControl::LocalControl(LocalParts parts, QObject *parent)
    : Control(parent)
    , m_parts(std::move(parts))
    , m_audit(*this, m_parts.store)
    , m_monitor(m_parts.pool)
    , m_statusTimer(new QTimer(this))
    , m_logTimer(new QTimer(this))
    , m_pauseTimer(new QTimer(this))
    , m_takeover(*this, m_settings, m_tokens, m_proxies)
    , m_keys(m_parts, m_audit, m_takeover, *this,
             [this](const CheckProgress &news) { Q_EMIT checkProgress(news); })
    , m_tokens(
          m_parts, m_audit, *this, [this] { return m_settings.current(); },
          [this] { Q_EMIT tokensChanged(); })
    , m_settings(m_parts, m_audit, *this,
                 [this] {
                     m_proxies.apply();
                     refresh();
                     Q_EMIT settingsChanged();
                 })
    , m_records(m_parts, m_audit, *this)
    , m_prices(m_parts, m_audit, *this, [this] { Q_EMIT pricesChanged(); })
    , m_proxies(
          m_parts, m_audit, [this] { return m_settings.current(); }, [this] { Q_EMIT proxiesChanged(); })
    , m_serving(
          m_parts, m_audit, m_tokens, m_prices, m_proxies, [this] { return status(); },
          [this](std::int64_t untilMs) { setPause(untilMs); })
    , m_chats(m_parts.store, *this, [this] { Q_EMIT chatsChanged(); })
    , m_feed([this](std::vector<RequestView> batch) { tellRecords(std::move(batch)); })
{
    m_status.version = GW_VERSION;
    connect(&m_monitor, &HealthMonitor::keysChanged, this, [this](const std::vector<KeyId> &keys) {
        refresh();
        constexpr std::size_t most = 1'000;
        Q_EMIT keysChanged(keys.size() > most ? std::vector<KeyId>() : keys);
    });
    connect(&m_monitor, &HealthMonitor::modelHealthChanged, this, &Control::modelHealthChanged);
    connect(m_statusTimer, &QTimer::timeout, this, &LocalControl::refresh);
    connect(m_logTimer, &QTimer::timeout, this, &LocalControl::readLog);
    connect(m_pauseTimer, &QTimer::timeout, this, &LocalControl::endPause);
    m_pauseTimer->setSingleShot(true);
    m_statusTimer->start(STATUS_MS);
    if (m_parts.log)
        m_logTimer->start(LOG_MS);
    refresh();
}

LocalControl::~LocalControl() = default;

GatewayStatus LocalControl::status() const
{
    GatewayStatus status = m_status;
    if (status.startedMs > 0)
        status.uptimeMs = m_parts.clock.nowMs() - status.startedMs;
    return status;
}

void LocalControl::setState(GatewayStatus::State state, std::string address, std::string reason)
{
    if (state == GatewayStatus::State::Serving && m_status.startedMs == 0)
        m_status.startedMs = m_parts.clock.nowMs();
    m_status.state = state;
    m_status.address = std::move(address);
    m_status.reason = std::move(reason);
    refresh();
    Q_EMIT statusChanged();
}

void LocalControl::setPause(std::int64_t untilMs)
{
    const bool isPaused = m_status.state == GatewayStatus::State::Paused;
    if (!isPaused && m_status.state != GatewayStatus::State::Serving)
        return;
    if (m_parts.usePause)
        m_parts.usePause(untilMs);
    m_pauseTimer->stop();
    if (untilMs > 0) {
        const std::int64_t ms = std::max<std::int64_t>(0, untilMs - m_parts.clock.nowMs());
        m_pauseTimer->start(static_cast<int>(std::min<std::int64_t>(ms, std::numeric_limits<int>::max())));
    }
    m_status.state = untilMs == NOT_PAUSED ? GatewayStatus::State::Serving : GatewayStatus::State::Paused;
    m_status.pausedUntilMs = std::max<std::int64_t>(0, untilMs);
    Q_EMIT statusChanged();
}

void LocalControl::endPause()
{
    const std::int64_t untilMs = m_status.pausedUntilMs;
    // A timer holds 24 days at most, and the clock may have been set back.
    setPause(untilMs > m_parts.clock.nowMs() ? untilMs : NOT_PAUSED);
}

void LocalControl::refresh()
{
    const Refusal counts = m_parts.pool.counts();
    GatewayStatus next = m_status;
    next.keysTotal = counts.total;
    next.keysSidelined = counts.invalid;
    next.keysDisabled = counts.disabled;
    next.keysResting = counts.resting;
    next.keysUsable = counts.total - counts.invalid - counts.disabled;
    next.running = m_parts.pool.openLeases();
    next.restartsPending = m_settings.pending();
    if (m_parts.waits) {
        next.queueLength = static_cast<int>(m_parts.waits->waiting());
        next.queueOldestMs = next.queueLength > 0 ? oldestMs(*m_parts.waits) : 0;
    }
    m_proxies.saveHealth();
    if (next == m_status)
        return;
    m_status = std::move(next);
    Q_EMIT statusChanged();
}

void LocalControl::tellRecords(std::vector<RequestView> batch)
{
    nameKeys(batch, m_parts.pool);
    Q_EMIT requestsRecorded(batch);
}

void LocalControl::seeWhoWatches()
{
    m_feed.setWatched(isSignalConnected(QMetaMethod::fromSignal(&Control::requestsRecorded)));
}

// Not at once: while it tells of a disconnection, Qt 6.4 holds the lock that isSignalConnected() wants.
void LocalControl::connectNotify(const QMetaMethod &)
{
    QMetaObject::invokeMethod(this, &LocalControl::seeWhoWatches, Qt::QueuedConnection);
}

void LocalControl::disconnectNotify(const QMetaMethod &)
{
    QMetaObject::invokeMethod(this, &LocalControl::seeWhoWatches, Qt::QueuedConnection);
}

void LocalControl::readLog()
{
    std::vector<LogLine> lines = m_parts.log->after(m_lastLine, LOG_BATCH);
    if (lines.empty())
        return;
    m_lastLine = lines.back().number;
    Q_EMIT logAppended(lines);
}

} // namespace Gateway
