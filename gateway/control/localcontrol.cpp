#include "gateway/control/localcontrol.h"

#include <utility>

#include <QTimer>

#include "gateway/pool/keypool.h"

namespace Gateway {

namespace {

constexpr int REFRESH_MS = 500;

} // namespace

LocalControl::LocalControl(const KeyPool &pool, const Clock &clock, QObject *parent)
    : Control(parent)
    , m_pool(pool)
    , m_clock(clock)
    , m_timer(new QTimer(this))
{
    m_status.version = GW_VERSION;
    connect(m_timer, &QTimer::timeout, this, &LocalControl::refresh);
    m_timer->start(REFRESH_MS);
    refresh();
}

LocalControl::~LocalControl() = default;

GatewayStatus LocalControl::status() const
{
    GatewayStatus status = m_status;
    if (status.startedMs > 0)
        status.uptimeMs = m_clock.nowMs() - status.startedMs;
    return status;
}

void LocalControl::setState(GatewayStatus::State state, std::string address, std::string reason)
{
    if (state == GatewayStatus::State::Serving && m_status.startedMs == 0)
        m_status.startedMs = m_clock.nowMs();
    m_status.state = state;
    m_status.address = std::move(address);
    m_status.reason = std::move(reason);
    refresh();
    Q_EMIT statusChanged();
}

void LocalControl::refresh()
{
    const Refusal counts = m_pool.counts();
    GatewayStatus next = m_status;
    next.keysTotal = counts.total;
    next.keysSidelined = counts.invalid;
    next.keysDisabled = counts.disabled;
    next.keysResting = counts.resting;
    next.keysUsable = counts.total - counts.invalid - counts.disabled;
    if (next == m_status)
        return;
    m_status = std::move(next);
    Q_EMIT statusChanged();
}

} // namespace Gateway
