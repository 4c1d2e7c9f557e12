#include "gateway/control/control.h"

#include <utility>

#include <QTimer>

#include "gateway/pool/keypool.h"

namespace Gateway {

namespace {

constexpr int REFRESH_MS = 500;

} // namespace

Control::Control(const KeyPool &pool, QObject *parent)
    : QObject(parent)
    , m_pool(pool)
    , m_timer(new QTimer(this))
{
    connect(m_timer, &QTimer::timeout, this, &Control::refresh);
    m_timer->start(REFRESH_MS);
    refresh();
}

Control::~Control() = default;

GatewayStatus Control::status() const
{
    return m_status;
}

void Control::setState(GatewayStatus::State state, std::string address, std::string reason)
{
    m_status.state = state;
    m_status.address = std::move(address);
    m_status.reason = std::move(reason);
    refresh();
    Q_EMIT statusChanged();
}

void Control::refresh()
{
    const Refusal counts = m_pool.counts();
    GatewayStatus next = m_status;
    next.keysTotal = counts.total;
    next.keysSidelined = counts.invalid;
    next.keysDisabled = counts.disabled;
    next.keysUsable = counts.total - counts.invalid - counts.disabled;
    if (next == m_status)
        return;
    m_status = std::move(next);
    Q_EMIT statusChanged();
}

} // namespace Gateway
