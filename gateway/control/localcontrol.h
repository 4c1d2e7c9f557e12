#pragma once

#include <string>

#include "gateway/common/clock.h"
#include "gateway/control/control.h"

class QTimer;

namespace Gateway {

class KeyPool;

/// The gateway of this process. Lives in the main thread.
class LocalControl final : public Control
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LocalControl)

public:
    /// `pool` and `clock` must outlive this.
    LocalControl(const KeyPool &pool, const Clock &clock, QObject *parent = nullptr);
    ~LocalControl() override;

    GatewayStatus status() const override;
    KeyCommands &keys() override { return m_keys; }
    TokenCommands &tokens() override { return m_tokens; }
    SettingCommands &settings() override { return m_settings; }
    RecordCommands &records() override { return m_records; }
    ServingCommands &serving() override { return m_serving; }

    /// For the service: the state and what goes with it.
    void setState(GatewayStatus::State state, std::string address, std::string reason);

private:
    void refresh();

    const KeyPool &m_pool;
    const Clock &m_clock;
    GatewayStatus m_status;
    QTimer *m_timer;
    KeyCommands m_keys;
    TokenCommands m_tokens;
    SettingCommands m_settings;
    RecordCommands m_records;
    ServingCommands m_serving;
};

} // namespace Gateway
