#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/common/requestrecord.h"
#include "gateway/relay/clientsocket.h"
#include "gateway/relay/downstream.h"
#include "gateway/relay/keysearch.h"
#include "gateway/relay/liveattempt.h"
#include "gateway/relay/liveusage.h"
#include "gateway/relay/relayparts.h"

namespace Gateway {

class LiveSession;
struct LiveSetup;

/// What a session needs of the relay it runs in.
class LiveHost
{
public:
    virtual ~LiveHost() = default;
    virtual const RelayParts &parts() const = 0;
    virtual const RelayOptions &options() const = 0;
    /// In the thread and life of which sessions run.
    virtual QObject *context() = 0;
    /// The session is over; its last owner may go.
    virtual void finished(LiveSession &session) = 0;
};

/// How a client came in.
struct LiveDoor
{
    std::string ephemeral;         ///< The ephemeral token of Google's that it showed; empty: one of ours.
    std::function<void()> wrong{}; ///< Called when nobody made that token through this gateway.
};

/// One session of the Live API: takes the client's setup, finds a key, tries another as long as Google has
/// said nothing, and then carries messages both ways, as they are. Lives in one worker's thread. Reports
/// every lease once and writes one record.
class LiveSession final : public std::enable_shared_from_this<LiveSession>,
                          private KeySearchListener,
                          private LiveAttemptListener,
                          private ClientSocketListener
{
public:
    /// `request`: the one that asked for the WebSocket.
    LiveSession(LiveHost &host, ClientRequest request, std::unique_ptr<ClientSocket> client, LiveDoor door);
    ~LiveSession() override;
    LiveSession(const LiveSession &) = delete;
    LiveSession &operator=(const LiveSession &) = delete;

    void start();

private:
    void clientMessage(bool isText, std::string payload) override;
    void clientClosed(const WsClose &close) override;
    void clientGone() override;
    void clientDrained() override;
    void gatewayStops() override;

    void keyFound(Lease lease) override;
    void noKey(const Refusal &refusal) override;

    void attemptOpened() override;
    void attemptMessage(bool isText, std::string payload) override;
    void attemptClosed(const WsClose &close) override;
    void attemptFailed(AttemptFailure failure) override;
    void attemptDrained() override;

    void checkEphemeral();
    void begin(std::string payload);
    void takeAlias(LiveSetup &setup);
    void findOwner(const LiveSetup &setup);
    void search(const std::string &model, KeyId owner);
    void look();
    LiveAttempt::Target target(std::string proxy) const;
    void establish();
    void keepEarly(bool isText, std::string payload);
    void watchIdle();
    void watchSetup();
    void judge(AttemptFailure failure, const std::optional<WsClose> &close);
    void giveUp(const AttemptFailure &failure);
    void closeAttempt(const Outcome &outcome, const WsClose &close);
    Outcome success() const;

    void refuse(const Error &error);
    /// `status` and `error` are for the record; `close` is told to the client.
    void end(int status, std::string error, const WsClose &close);
    void conclude(int status, std::string error);
    void keepRequest();

    void later(std::int64_t ms, std::function<void()> action);
    void touch() { m_lastMs = m_host.parts().clock.monotonicMs(); }
    KeySearch::Surroundings surroundings();

    LiveHost &m_host;
    ClientRequest m_request;
    std::unique_ptr<ClientSocket> m_client;
    LiveDoor m_door;
    RequestRecord m_record;
    KeySearch m_search;
    LiveUsage m_usage;
    std::unique_ptr<LiveAttempt> m_attempt;
    std::optional<AttemptFailure> m_lastFailure;
    std::optional<WsClose> m_lastClose; ///< Google's own, where the last attempt ended with one.
    std::string m_setup;                ///< The client's first message.
    std::vector<std::pair<bool, std::string>> m_early; ///< What it sent before the session was there.
    std::size_t m_earlyBytes = 0;
    std::int64_t m_lastMs = 0; ///< When anybody said anything.
    KeyId m_tokenOwner = 0;    ///< Of the ephemeral token.
    int m_attempts = 0;
    bool m_setupIsText = true;
    bool m_hasSetup = false;
    bool m_isEstablished = false; ///< Google answered.
    bool m_over = false;
};

} // namespace Gateway
