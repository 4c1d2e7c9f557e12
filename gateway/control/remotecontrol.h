#pragma once

#include "gateway/control/control.h"
#include "gateway/control/remote/remotecalls.h"
#include "gateway/control/remote/remoteevents.h"
#include "gateway/control/remote/remotekeys.h"
#include "gateway/control/remote/remoterecords.h"
#include "gateway/control/remote/remoteserving.h"
#include "gateway/control/remote/remotesettings.h"
#include "gateway/control/remote/remotetokens.h"

namespace Gateway {

/// A gateway in another process, seen through its admin API.
class RemoteControl final : public Control
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RemoteControl)

public:
    /// `base`: "https://gateway.example"; `token`: its AUTH_TOKEN.
    RemoteControl(const QUrl &base, Secret token, QObject *parent = nullptr);
    ~RemoteControl() override;

    /// Listens to the server's events: without this no signal comes and status() stays "starting".
    void listen();

    GatewayStatus status() const override;
    KeyCommands &keys() override { return m_keys; }
    TokenCommands &tokens() override { return m_tokens; }
    SettingCommands &settings() override { return m_settings; }
    RecordCommands &records() override { return m_records; }
    ServingCommands &serving() override { return m_serving; }

private:
    void take(const QByteArray &name, const json::value &data);
    void readStatus();
    void setStatus(GatewayStatus status);
    void lost();
    void tellAll();

    RemoteCalls m_calls;
    RemoteEvents m_events;
    RemoteKeys m_keys;
    RemoteTokens m_tokens;
    RemoteSettings m_settings;
    RemoteRecords m_records;
    RemoteServing m_serving;
    GatewayStatus m_status;
};

} // namespace Gateway
