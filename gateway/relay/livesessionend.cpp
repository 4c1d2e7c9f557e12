#include <utility>

#include <QRandomGenerator>

#include "gateway/pool/keypool.h"
#include "gateway/relay/kepthead.h"
#include "gateway/relay/livesession.h"
#include "gateway/relay/verdicts.h"
#include "gateway/telemetry/recorder.h"
#include "gateway/upstream/closeverdict.h"

// How a session fails, is tried again or ends.

namespace Gateway {

namespace {

constexpr int SWITCHING_PROTOCOLS = 101; // the record's status of a session that went well
constexpr int CLIENT_LEFT = 499;         // nginx's word for it

/// The code that tells an error of ours. Google's own are 1007 for bad data, 1008 for what may not be and
/// 1011 for the rest; 1013 is the one that says that a later try may help.
int codeFor(int status)
{
    switch (status) {
    case 400:
        return WsClose::BAD_DATA;
    case 401:
    case 403:
    case 404:
    case 408:
        return WsClose::POLICY;
    case 413:
        return WsClose::TOO_BIG;
    case 429:
    case 503:
        return WsClose::TRY_AGAIN;
    default:
        return WsClose::SERVER_ERROR;
    }
}

/// What Google said may be said to the client, save for codes that no frame may carry.
WsClose passable(const WsClose &close)
{
    const bool isSayable = isSendableCode(close.code) || close.code == WsClose::NO_CODE;
    return {isSayable ? close.code : WsClose::SERVER_ERROR, close.reason};
}

Outcome cancelled(std::string why)
{
    Outcome outcome;
    outcome.kind = OutcomeKind::Cancelled;
    outcome.text = std::move(why);
    return outcome;
}

bool brokeTheRules(const WsClose &close)
{
    return close.code == WsClose::PROTOCOL_ERROR || close.code == WsClose::BAD_DATA ||
           close.code == WsClose::TOO_BIG;
}

} // namespace

LiveSession::~LiveSession()
{
    if (!m_over)
        conclude(CLIENT_LEFT, "The gateway stopped.");
}

void LiveSession::noKey(const Refusal &refusal)
{
    if (refusal.why == Refusal::Why::Exhausted && m_lastFailure)
        giveUp(*m_lastFailure);
    else
        giveUp(failureOf(refusal, m_search.target().model));
}

void LiveSession::attemptClosed(const WsClose &close)
{
    const auto self = shared_from_this();
    if (!m_isEstablished) {
        judge(m_attempt->failureOf(close), close);
        return;
    }
    const CloseError error = errorOfClose(close);
    const Outcome outcome = classifyClose(close, m_host.options().classifier);
    closeAttempt(outcome.kind == OutcomeKind::Success ? success() : outcome, close);
    end(error.status == 0 ? SWITCHING_PROTOCOLS : error.status, error.status == 0 ? "" : outcome.text,
        passable(close));
}

void LiveSession::attemptFailed(AttemptFailure failure)
{
    const auto self = shared_from_this();
    if (!m_isEstablished) {
        judge(std::move(failure), {});
        return;
    }
    closeAttempt(failure.outcome, {WsClose::SERVER_ERROR, {}});
    end(failure.error.status, failure.error.text, {WsClose::SERVER_ERROR, failure.error.text});
}

/// An attempt came to nothing before Google said a word: another key may do better.
void LiveSession::judge(AttemptFailure failure, const std::optional<WsClose> &close)
{
    m_lastClose = close;
    if (m_attempt) {
        if (!isInnocent(failure.outcome.kind))
            m_search.blame(m_attempt->key());
        Outcome told = failure.outcome;
        // Google says in the same words that a model is not there and that it does not speak live: other
        // calls with this key may go well.
        if (told.kind == OutcomeKind::NoSuchModel && containsIgnoreCase(told.text, "is not supported for"))
            told.kind = OutcomeKind::Cancelled;
        closeAttempt(told, {WsClose::GOING_AWAY, {}});
    }
    if (!isRetryable(failure.outcome.kind) || m_attempts > m_host.options().maxRetries) {
        giveUp(failure);
        return;
    }
    const bool waits = isInnocent(failure.outcome.kind);
    m_lastFailure = std::move(failure);
    if (waits)
        later(backoffMs(m_attempts, QRandomGenerator::global()->generate()), [this] { look(); });
    else
        look();
}

void LiveSession::giveUp(const AttemptFailure &failure)
{
    const Error told = finalError(failure.outcome, failure.error, m_attempts);
    // A caller's own fault goes back in Google's words; a key's never does.
    if (failure.outcome.kind == OutcomeKind::CallerFault && m_lastClose)
        end(told.status, told.text, passable(*m_lastClose));
    else
        refuse(told);
}

void LiveSession::refuse(const Error &error)
{
    end(error.status, error.text, {codeFor(error.status), error.text});
}

void LiveSession::closeAttempt(const Outcome &outcome, const WsClose &close)
{
    const std::unique_ptr<LiveAttempt> ended = std::move(m_attempt);
    m_record.keyId = ended->key();
    m_record.attempts.push_back(ended->close(outcome, close));
}

Outcome LiveSession::success() const
{
    Outcome outcome;
    outcome.inputTokens = m_usage.tokens().prompt;
    return outcome;
}

void LiveSession::clientClosed(const WsClose &close)
{
    const auto self = shared_from_this();
    if (m_attempt)
        closeAttempt(m_isEstablished ? success() : cancelled("The client left."), close);
    std::string error = m_isEstablished ? "" : "The client left.";
    if (brokeTheRules(close))
        error = "The client's WebSocket ended with " + std::to_string(close.code) + ": " + close.reason;
    conclude(m_isEstablished ? SWITCHING_PROTOCOLS : CLIENT_LEFT, std::move(error));
}

void LiveSession::clientGone()
{
    const auto self = shared_from_this();
    if (m_attempt)
        closeAttempt(m_isEstablished ? success() : cancelled("The client left."), {WsClose::GOING_AWAY, {}});
    conclude(CLIENT_LEFT, "The client left.");
}

void LiveSession::gatewayStops()
{
    end(m_isEstablished ? SWITCHING_PROTOCOLS : 503, {},
        {WsClose::GOING_AWAY, "The gateway is being stopped."});
}

void LiveSession::end(int status, std::string error, const WsClose &close)
{
    const auto self = shared_from_this();
    if (m_over)
        return;
    if (m_attempt)
        closeAttempt(m_isEstablished ? success() : cancelled(close.reason), {WsClose::NORMAL, {}});
    m_client->setListener(nullptr);
    m_client->close(close);
    conclude(status, std::move(error));
}

void LiveSession::conclude(int status, std::string error)
{
    if (m_over)
        return;
    m_over = true;
    m_search.stop();
    if (m_attempt)
        closeAttempt(cancelled("The gateway stopped."), {WsClose::GOING_AWAY, {}});
    m_client->setListener(nullptr);
    m_record.status = status;
    m_record.error = std::move(error);
    m_record.durationMs = m_host.parts().clock.monotonicMs() - m_request.arrivedMs;
    m_record.tokens = m_usage.tokens();
    if (const PriceTable *prices = m_host.options().prices.get())
        m_record.costMicro = prices->costMicro(m_record.modelUsed, m_record.tokens);
    if (m_request.allowance)
        m_request.allowance->settle(m_record);
    keepRequest();
    m_host.parts().recorder.add(std::move(m_record));
    m_host.finished(*this);
}

/// Of a session the setup is kept, not what was said.
void LiveSession::keepRequest()
{
    const KeepBodies keep = m_host.options().keepBodies;
    if (keep == KeepBodies::Never || (keep == KeepBodies::OnError && m_record.status < 400))
        return;
    m_record.requestHead = keptHead(m_request);
    m_record.requestBody = m_setup.substr(0, m_host.options().keptBodyBytes);
}

} // namespace Gateway
