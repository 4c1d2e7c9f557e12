#pragma once

#include <cstdint>
#include <string>

#include <QObject>

class QTimer;

namespace Gateway {

class KeyPool;

/// What a face shows of the gateway at one moment.
struct GatewayStatus
{
    enum class State : std::uint8_t { Starting, Serving, NotServing, Stopping };

    State state = State::Starting;
    std::string address; ///< "http://127.0.0.1:4364"; empty while nothing listens.
    std::string reason;  ///< Why it does not serve, one sentence; empty while it does.
    int keysTotal = 0;   ///< Without deleted ones.
    int keysUsable = 0;  ///< Neither sidelined nor disabled.
    int keysSidelined = 0;
    int keysDisabled = 0;

    bool operator==(const GatewayStatus &) const = default;
};

/// The one facade through which windows, command line and admin API see the gateway. Lives in the thread that
/// made it; its signals are gathered to at most ten a second.
class Control final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Control)

public:
    /// `pool` must outlive this.
    explicit Control(const KeyPool &pool, QObject *parent = nullptr);
    ~Control() override;

    GatewayStatus status() const;

    /// For the service: the state and what goes with it.
    void setState(GatewayStatus::State state, std::string address, std::string reason);

Q_SIGNALS:
    void statusChanged();

private:
    void refresh();

    const KeyPool &m_pool;
    GatewayStatus m_status;
    QTimer *m_timer;
};

} // namespace Gateway
