#pragma once

#include <span>
#include <string>
#include <vector>

#include "gateway/control/control.h"
#include "gateway/control/local/audittrail.h"
#include "gateway/control/local/localchats.h"
#include "gateway/control/local/localkeys.h"
#include "gateway/control/local/localparts.h"
#include "gateway/control/local/localprices.h"
#include "gateway/control/local/localproxies.h"
#include "gateway/control/local/localrecords.h"
#include "gateway/control/local/localserving.h"
#include "gateway/control/local/localsettings.h"
#include "gateway/control/local/localtokens.h"
#include "gateway/control/local/recordfeed.h"
#include "gateway/control/local/takeover.h"
#include "gateway/pool/healthmonitor.h"

class QTimer;

namespace Gateway {

/// The gateway of this process. Lives in the main thread.
class LocalControl final : public Control
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LocalControl)

public:
    explicit LocalControl(LocalParts parts, QObject *parent = nullptr);
    ~LocalControl() override;

    GatewayStatus status() const override;
    KeyCommands &keys() override { return m_keys; }
    TokenCommands &tokens() override { return m_tokens; }
    SettingCommands &settings() override { return m_settings; }
    RecordCommands &records() override { return m_records; }
    ServingCommands &serving() override { return m_serving; }
    ChatCommands &chats() override { return m_chats; }

    /// For the service: the state and what goes with it.
    void setState(GatewayStatus::State state, std::string address, std::string reason);
    /// For the service, at start: the named tokens of the store.
    void loadTokens(std::vector<TokenRow> rows) { m_tokens.load(std::move(rows)); }
    const std::vector<TokenRow> &tokenRows() const { return m_tokens.rows(); }
    /// For the service, at start: the user's prices of the store.
    void loadPrices(std::vector<PriceRow> rows) { m_prices.load(std::move(rows)); }
    /// For the service, at start: the proxies of the store; puts them and those of the settings in force.
    void loadProxies(std::vector<ProxyRow> rows) { m_proxies.load(std::move(rows)); }
    /// For the service, from any thread: what was recorded.
    void recorded(std::span<const RequestRecord> records) { m_feed.add(records); }

protected:
    void connectNotify(const QMetaMethod &signal) override;
    void disconnectNotify(const QMetaMethod &signal) override;

private:
    void refresh();
    void setPause(std::int64_t untilMs);
    void endPause();
    void readLog();
    void tellRecords(std::vector<RequestView> batch);
    void seeWhoWatches();

    LocalParts m_parts;
    AuditTrail m_audit;
    HealthMonitor m_monitor;
    GatewayStatus m_status;
    std::uint64_t m_lastLine = 0;
    QTimer *m_statusTimer;
    QTimer *m_logTimer;
    QTimer *m_pauseTimer;
    Takeover m_takeover;
    LocalKeys m_keys;
    LocalTokens m_tokens;
    LocalSettings m_settings;
    LocalRecords m_records;
    LocalPrices m_prices;
    LocalProxies m_proxies;
    LocalServing m_serving;
    LocalChats m_chats;
    RecordFeed m_feed;
};

} // namespace Gateway
