#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "gateway/pool/lease.h"
#include "gateway/relay/relayattempt.h"
#include "gateway/relay/relayparts.h"
#include "gateway/upstream/upstreamsocket.h"

namespace Gateway {

/// Hears what becomes of an attempt at a session. Each function but attemptDrained() may destroy the attempt,
/// and is its last act.
class LiveAttemptListener
{
public:
    virtual ~LiveAttemptListener() = default;
    /// The WebSocket is open; the setup may be sent.
    virtual void attemptOpened() = 0;
    virtual void attemptMessage(bool isText, std::string payload) = 0;
    /// Google closed; the reason holds no key.
    virtual void attemptClosed(const WsClose &close) = 0;
    /// It did not open, or broke.
    virtual void attemptFailed(AttemptFailure failure) = 0;
    virtual void attemptDrained() = 0;
};

/// One WebSocket to Google with one leased key. Destroyed while open it ends at once; the lease is reported
/// by close(), or goes back as Cancelled.
class LiveAttempt final : private SocketListener
{
public:
    /// Where a session goes. All of it is read during the constructor.
    struct Target
    {
        std::string url;
        Headers headers;
        const Headers *strongHeaders = nullptr; ///< As UpstreamRequest::strongHeaders.
        bool hasCredential = false;             ///< The URL carries an ephemeral token: the key is not sent.
        std::string proxy;                      ///< Empty: as the transport's options say.
    };

    /// Begins to connect. `parts`, `options` and `listener` outlive this; `arrivedMs` is Clock::monotonicMs
    /// of the request.
    LiveAttempt(const RelayParts &parts, const RelayOptions &options, LiveAttemptListener &listener,
                Lease lease, const Target &target, std::int64_t arrivedMs);

    KeyId key() const { return m_record.keyId; }

    /// False while Google is slow: then pause until attemptDrained().
    bool send(bool isText, std::string_view payload) { return m_socket->send(isText, payload); }
    void pause() { m_socket->pause(); }
    void resume() { m_socket->resume(); }

    /// What Google's closing before the session began means.
    AttemptFailure failureOf(const WsClose &close) const;

    /// Says good-bye to Google, reports the lease; the attempt's part of the request's record. Once only.
    AttemptRecord close(const Outcome &outcome, const WsClose &close);

private:
    void socketOpened() override;
    void socketMessage(bool isText, std::string payload) override;
    void socketClosed(const WsClose &close) override;
    void socketFailed(const SocketFailure &failure) override;
    void socketDrained() override { m_listener.attemptDrained(); }

    AttemptFailure withoutSecret(AttemptFailure failure) const;
    std::int64_t sinceArrival() const { return m_parts.clock.monotonicMs() - m_arrivedMs; }

    const RelayParts &m_parts;
    const RelayOptions &m_options;
    LiveAttemptListener &m_listener;
    Lease m_lease;
    const std::string m_proxy;
    AttemptRecord m_record;
    std::unique_ptr<UpstreamSocket> m_socket;
    std::int64_t m_arrivedMs;
};

} // namespace Gateway
