#include "gateway/relay/liveattempt.h"

#include <utility>

#include "gateway/dialects/errors.h"
#include "gateway/pool/keypool.h"
#include "gateway/relay/keyroute.h"
#include "gateway/relay/proxypool.h"
#include "gateway/upstream/closeverdict.h"
#include "gateway/upstream/keymask.h"

namespace Gateway {

namespace {

constexpr int SWITCHING_PROTOCOLS = 101;

AttemptFailure networkFailure(const UpstreamEnd &end, bool wasOpen)
{
    AttemptFailure failure;
    const char *code = end.proxyFailed ? "proxy_unreachable"
                       : end.timedOut  ? "upstream_timeout"
                                       : "upstream_unreachable";
    failure.error =
        Error{end.timedOut ? 504 : 502,
              code,
              (wasOpen ? "The session with Gemini broke off: " : "Gemini did not answer: ") + end.error,
              {},
              0};
    failure.outcome = classifyTransport(end);
    return failure;
}

} // namespace

LiveAttempt::LiveAttempt(const RelayParts &parts, const RelayOptions &options, LiveAttemptListener &listener,
                         Lease lease, const Target &target, std::int64_t arrivedMs)
    : m_parts(parts)
    , m_options(options)
    , m_listener(listener)
    , m_lease(std::move(lease))
    , m_proxy(target.proxy)
    , m_arrivedMs(arrivedMs)
{
    m_record.keyId = m_lease.key;
    m_record.startMs = sinceArrival();
    const KeyRoute route = routeFor(m_lease, target.url, {}, options.googleHost).value_or(KeyRoute());
    SocketRequest request;
    request.url = route.url.empty() ? target.url : route.url;
    if (!target.hasCredential)
        request.apiKey = m_lease.secret.reveal();
    request.headers = &target.headers;
    request.strongHeaders = target.strongHeaders;
    request.proxyUrl = m_proxy;
    request.messageLimit = options.liveMessageBytes;
    m_socket = m_parts.upstream.openSocket(request, *this);
}

void LiveAttempt::socketOpened()
{
    m_record.status = SWITCHING_PROTOCOLS;
    m_parts.proxies.succeeded(m_proxy);
    m_listener.attemptOpened();
}

void LiveAttempt::socketMessage(bool isText, std::string payload)
{
    m_listener.attemptMessage(isText, std::move(payload));
}

void LiveAttempt::socketClosed(const WsClose &close)
{
    WsClose shown{close.code, withKeysMasked(close.reason)};
    hideSecret(shown.reason, m_lease.secret);
    m_listener.attemptClosed(shown);
}

void LiveAttempt::socketFailed(const SocketFailure &failure)
{
    const bool wasOpen = m_record.status == SWITCHING_PROTOCOLS;
    if (failure.end.proxyFailed && !m_proxy.empty())
        m_parts.proxies.failed(m_proxy, failure.end.error);
    if (failure.status == 0) {
        m_listener.attemptFailed(withoutSecret(networkFailure(failure.end, wasOpen)));
        return;
    }
    m_record.status = failure.status;
    AttemptFailure refused;
    refused.outcome = classify(failure.status, failure.body, failure.headers, m_options.classifier);
    if (refused.outcome.kind == OutcomeKind::Success) // a whole answer where a WebSocket was asked for
        refused.outcome.kind = OutcomeKind::ServerTrouble;
    refused.error = errorFromGemini(failure.status, failure.body);
    if (refused.error.retryAfterMs == 0)
        refused.error.retryAfterMs = refused.outcome.restMs;
    m_listener.attemptFailed(withoutSecret(std::move(refused)));
}

AttemptFailure LiveAttempt::failureOf(const WsClose &close) const
{
    AttemptFailure failure;
    const CloseError error = errorOfClose(close);
    if (error.body.empty()) {
        failure.error = Error{502,
                              "session_closed",
                              "Gemini closed the session before it began" +
                                  (close.reason.empty() ? "." : ": " + close.reason),
                              {},
                              0};
        failure.outcome.kind = OutcomeKind::ServerTrouble;
        failure.outcome.reason = "CLOSED";
        failure.outcome.text = failure.error.text;
        return withoutSecret(std::move(failure));
    }
    failure.error = errorFromGemini(error.status, error.body);
    failure.outcome = classifyClose(close, m_options.classifier);
    if (failure.error.retryAfterMs == 0)
        failure.error.retryAfterMs = failure.outcome.restMs;
    return withoutSecret(std::move(failure));
}

/// Google names the key in some errors.
AttemptFailure LiveAttempt::withoutSecret(AttemptFailure failure) const
{
    for (std::string *text : {&failure.outcome.text, &failure.error.text})
        hideSecret(*text, m_lease.secret);
    return failure;
}

AttemptRecord LiveAttempt::close(const Outcome &outcome, const WsClose &close)
{
    m_socket->close(close);
    m_record.durationMs = sinceArrival() - m_record.startMs;
    if (outcome.kind != OutcomeKind::Success)
        m_record.error = outcome.reason.empty() ? outcome.text : outcome.reason + ": " + outcome.text;
    m_parts.pool.report(std::move(m_lease), outcome);
    return std::move(m_record);
}

} // namespace Gateway
