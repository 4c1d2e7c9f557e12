#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "gateway/common/outcome.h"
#include "gateway/common/requestrecord.h"
#include "gateway/common/result.h"
#include "gateway/pool/lease.h"
#include "gateway/relay/keyroute.h"
#include "gateway/relay/passage.h"
#include "gateway/relay/relayparts.h"
#include "gateway/upstream/upstreamclient.h"

namespace Gateway {

class RelayAttempt;

/// Why an attempt came to nothing. No text of it holds the key.
struct AttemptFailure
{
    Outcome outcome;
    Error error;             ///< Google's answer, or what the network did.
    std::string body;        ///< Google's own bytes, uncompressed; may be empty.
    std::string contentType; ///< Of `body`.
};

/// Hears what becomes of an attempt. Each function may destroy the attempt, and is its last act.
class AttemptListener
{
public:
    virtual ~AttemptListener() = default;
    /// A good head (status under 400) has come.
    virtual void attemptAnswered(RelayAttempt &attempt, int status, const Headers &headers) = 0;
    /// Bytes of a good answer.
    virtual void attemptBytes(RelayAttempt &attempt, std::string_view bytes) = 0;
    /// A good answer came whole.
    virtual void attemptEnded(RelayAttempt &attempt) = 0;
    virtual void attemptFailed(RelayAttempt &attempt, AttemptFailure failure) = 0;
};

/// One call to Google with one leased key. Two of one request may run at once. Destroyed while it runs it
/// cancels the call; the lease is reported by close(), or goes back as Cancelled.
class RelayAttempt final : private UpstreamListener
{
public:
    /// Sends. `parts`, `options` and `listener` outlive this; `startMs` is Clock::monotonicMs now and
    /// `arrivedMs` that of the request.
    /// Goes through `proxy`, empty: as the transport's options say; on the key's `route`.
    RelayAttempt(const RelayParts &parts, const RelayOptions &options, AttemptListener &listener, Lease lease,
                 std::string proxy, KeyRoute route, UpstreamRequest request, std::int64_t arrivedMs);
    ~RelayAttempt() override = default;
    RelayAttempt(const RelayAttempt &) = delete;
    RelayAttempt &operator=(const RelayAttempt &) = delete;

    KeyId key() const { return m_record.keyId; }
    bool hasAnswered() const { return m_record.status != 0 && !m_isError; }
    /// From sending until the good head, in ms.
    std::int64_t headMs() const { return m_headMs; }

    void pause();
    void resume();

    /// What a fault inside a good answer means.
    AttemptFailure failureOf(const AnswerFault &fault) const;

    /// Ends the call and reports the lease; the attempt's part of the request's record. Once only.
    AttemptRecord close(const Outcome &outcome);

private:
    void upstreamHead(int status, const Headers &headers) override;
    void upstreamBody(std::string_view bytes) override;
    void upstreamEnd(const UpstreamEnd &end) override;

    AttemptFailure brokenOff(const UpstreamEnd &end) const;
    AttemptFailure refusedByGoogle();
    void refused(AttemptFailure failure);
    AttemptFailure withoutSecret(AttemptFailure failure) const;
    std::int64_t sinceArrival() const;

    const RelayParts &m_parts;
    const RelayOptions &m_options;
    AttemptListener &m_listener;
    Lease m_lease;
    std::string m_proxy;
    KeyRoute m_route;          ///< Its body is borrowed by the call.
    UpstreamRequest m_request; ///< Without the route's body; all of it outlives this.
    AttemptRecord m_record;
    std::unique_ptr<UpstreamCall> m_call;
    std::int64_t m_arrivedMs;
    std::int64_t m_headMs = 0;
    Headers m_errorHeaders;
    std::string m_errorBody;
    bool m_isError = false;
};

} // namespace Gateway
