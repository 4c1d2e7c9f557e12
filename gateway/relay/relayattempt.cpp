#include "gateway/relay/relayattempt.h"

#include <utility>

#include "gateway/dialects/errors.h"
#include "gateway/pool/keypool.h"
#include "gateway/relay/proxypool.h"
#include "gateway/telemetry/inflatetap.h"
#include "gateway/upstream/classifier.h"

namespace Gateway {

namespace {

constexpr std::size_t MAX_ERROR_BODY = 1024u * 1024;

std::string describe(const Outcome &outcome)
{
    if (outcome.reason.empty())
        return outcome.text;
    return outcome.text.empty() ? outcome.reason : outcome.reason + ": " + outcome.text;
}

} // namespace

RelayAttempt::RelayAttempt(const RelayParts &parts, const RelayOptions &options, AttemptListener &listener,
                           Lease lease, std::string proxy, KeyRoute route, UpstreamRequest request,
                           std::int64_t arrivedMs)
    : m_parts(parts)
    , m_options(options)
    , m_listener(listener)
    , m_lease(std::move(lease))
    , m_proxy(std::move(proxy))
    , m_route(std::move(route))
    , m_request(request)
    , m_arrivedMs(arrivedMs)
{
    m_record.keyId = m_lease.key;
    m_record.startMs = sinceArrival();
    m_request.apiKey = m_lease.secret.reveal();
    m_request.proxyUrl = m_proxy;
    if (!m_route.url.empty())
        m_request.url = m_route.url;
    request = m_request;
    if (m_route.body)
        request.body = *m_route.body;
    m_call = m_parts.upstream.start(request, *this);
}

void RelayAttempt::pause()
{
    if (m_call)
        m_call->pause();
}

void RelayAttempt::resume()
{
    if (m_call)
        m_call->resume();
}

void RelayAttempt::upstreamHead(int status, const Headers &headers)
{
    m_record.status = status;
    m_parts.proxies.succeeded(m_proxy);
    m_isError = status >= 400;
    if (m_isError) {
        m_errorHeaders = headers;
        return;
    }
    m_headMs = sinceArrival() - m_record.startMs;
    m_listener.attemptAnswered(*this, status, headers);
}

void RelayAttempt::upstreamBody(std::string_view bytes)
{
    if (!m_isError)
        m_listener.attemptBytes(*this, bytes);
    else if (m_errorBody.size() + bytes.size() <= MAX_ERROR_BODY)
        m_errorBody += bytes;
}

void RelayAttempt::upstreamEnd(const UpstreamEnd &end)
{
    if (end.proxyFailed && !m_proxy.empty())
        m_parts.proxies.failed(m_proxy, end.error);
    if (!end.complete)
        m_listener.attemptFailed(*this, brokenOff(end));
    else if (m_isError)
        refused(refusedByGoogle());
    else
        m_listener.attemptEnded(*this);
}

/// What is wrong with a request beside a cache may be the cache: gone, or not to Google's taste. The key is
/// not told of as failing, nor is the client.
void RelayAttempt::refused(AttemptFailure failure)
{
    const OutcomeKind kind = failure.outcome.kind;
    const bool mayBeOfTheCache =
        kind == OutcomeKind::CallerFault || kind == OutcomeKind::Unclear || kind == OutcomeKind::NoSuchModel;
    if (!m_route.cacheRefused || !mayBeOfTheCache) {
        m_listener.attemptFailed(*this, std::move(failure));
        return;
    }
    std::exchange(m_route.cacheRefused, nullptr)(m_record.status);
    m_record.status = 0;
    m_isError = false;
    m_errorHeaders.clear();
    m_errorBody.clear();
    m_call = m_parts.upstream.start(m_request, *this);
}

/// Half an error body is of no use to anyone: it is left out.
AttemptFailure RelayAttempt::brokenOff(const UpstreamEnd &end) const
{
    AttemptFailure failure;
    const char *code = end.proxyFailed ? "proxy_unreachable"
                       : end.timedOut  ? "upstream_timeout"
                                       : "upstream_unreachable";
    failure.error = Error{end.timedOut ? 504 : 502, code, "Gemini did not answer: " + end.error, {}, 0};
    if (m_record.status != 0)
        failure.error.text = "The answer of Gemini broke off: " + end.error;
    failure.outcome.kind = OutcomeKind::NetworkTrouble;
    failure.outcome.reason = failure.error.code;
    failure.outcome.text = end.error;
    return withoutSecret(std::move(failure));
}

AttemptFailure RelayAttempt::refusedByGoogle()
{
    AttemptFailure failure;
    failure.body = inflated(m_errorBody, headerValue(m_errorHeaders, "content-encoding"), MAX_ERROR_BODY);
    failure.contentType = headerValue(m_errorHeaders, "content-type");
    failure.outcome = classify(m_record.status, failure.body, m_errorHeaders, m_options.classifier);
    failure.error = errorFromGemini(m_record.status, failure.body);
    if (failure.error.retryAfterMs == 0)
        failure.error.retryAfterMs = failure.outcome.restMs;
    return withoutSecret(std::move(failure));
}

AttemptFailure RelayAttempt::failureOf(const AnswerFault &fault) const
{
    AttemptFailure failure;
    failure.error = fault.error;
    failure.body = fault.raw;
    failure.contentType = "application/json; charset=UTF-8";
    if (fault.raw.empty()) {
        constexpr int badRequest = 400; // another key would answer the same
        failure.outcome.kind =
            fault.error.status == badRequest ? OutcomeKind::CallerFault : OutcomeKind::ServerTrouble;
        failure.outcome.reason = fault.error.code;
        failure.outcome.text = fault.error.text;
    } else {
        failure.outcome = classify(fault.error.status, fault.raw, {}, m_options.classifier);
    }
    return withoutSecret(std::move(failure));
}

/// Google names the key in some errors.
AttemptFailure RelayAttempt::withoutSecret(AttemptFailure failure) const
{
    for (std::string *text : {&failure.outcome.text, &failure.error.text, &failure.body})
        hideSecret(*text, m_lease.secret);
    return failure;
}

AttemptRecord RelayAttempt::close(const Outcome &outcome)
{
    m_call.reset();
    m_record.durationMs = sinceArrival() - m_record.startMs;
    if (outcome.kind != OutcomeKind::Success)
        m_record.error = describe(outcome);
    m_parts.pool.report(std::move(m_lease), outcome);
    return std::move(m_record);
}

std::int64_t RelayAttempt::sinceArrival() const
{
    return m_parts.clock.monotonicMs() - m_arrivedMs;
}

} // namespace Gateway
