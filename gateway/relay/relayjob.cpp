#include "gateway/relay/relayjob.h"

#include <utility>

#include <QRandomGenerator>

#include "gateway/dialects/errors.h"
#include "gateway/relay/verdicts.h"
#include "gateway/telemetry/inflatetap.h"
#include "gateway/telemetry/recorder.h"

namespace Gateway {

namespace {

constexpr std::size_t MAX_ERROR_BODY = 1024u * 1024;
constexpr std::int64_t SETTLING_MS = 3;
constexpr int MAX_SETTLING_WAITS = 1000; // 3 s: a store that hangs must not hang the clients
constexpr int CLIENT_LEFT = 499;         // nginx's word for it

/// Whether the trouble says nothing about the key, so that the same key may be asked once more.
bool isInnocent(OutcomeKind kind)
{
    return kind == OutcomeKind::ServerTrouble || kind == OutcomeKind::NetworkTrouble ||
           kind == OutcomeKind::Overloaded;
}

std::string describe(const Outcome &outcome)
{
    if (outcome.reason.empty())
        return outcome.text;
    return outcome.text.empty() ? outcome.reason : outcome.reason + ": " + outcome.text;
}

} // namespace

RelayJob::RelayJob(RelayHost &host, ClientRequest request, std::unique_ptr<Downstream> down, Dialect dialect)
    : m_host(host)
    , m_request(std::move(request))
    , m_down(std::move(down))
{
    m_down->setListener(this);
    m_record.dialect = dialect;
    m_record.id = m_request.id;
    m_record.timeMs = m_request.arrivedWallMs;
    m_record.token = m_request.tokenName;
    m_record.bytesIn = static_cast<std::int64_t>(m_request.body.size());
}

RelayJob::~RelayJob()
{
    if (!m_over)
        conclude(CLIENT_LEFT, "The gateway stopped.");
}

void RelayJob::nameRecord(std::string_view name, std::string_view model)
{
    m_record.method = name;
    m_record.modelAsked = model;
    m_record.modelUsed = model;
}

void RelayJob::run(std::unique_ptr<Passage> passage, KeyId owner)
{
    m_passage = std::move(passage);
    m_owner = owner;
    m_record.streamed = m_passage->isStream();
    nameRecord(m_passage->name(), m_passage->model());
    attempt();
}

void RelayJob::attempt()
{
    AcquireRequest wanted;
    wanted.model = m_passage->model();
    wanted.tried = m_tried;
    wanted.owner = m_owner;
    wanted.lastAttempt = m_attempts >= m_host.options().maxRetries;
    tl::expected<Lease, Refusal> lease = m_host.parts().pool.acquire(wanted);
    if (!lease) {
        refused(lease.error());
        return;
    }
    m_lease = std::move(*lease);
    m_tried.push_back(m_lease->key);
    send();
}

void RelayJob::refused(const Refusal &refusal)
{
    if (refusal.why == Refusal::Why::Settling && ++m_settlingWaits < MAX_SETTLING_WAITS) {
        m_host.later(SETTLING_MS, *this, &RelayJob::attempt);
        return;
    }
    if (refusal.why == Refusal::Why::Exhausted && m_blamed.size() < m_tried.size()) {
        m_tried = m_blamed; // no untried key is left: those that only met trouble of Google's may try again
        attempt();
        return;
    }
    if (refusal.why == Refusal::Why::Exhausted && m_lastFailure) {
        tellFailure(*m_lastFailure, m_lastError);
        return;
    }
    fail(refusalError(refusal, m_passage->model()));
}

void RelayJob::send()
{
    ++m_attempts;
    m_attempt = AttemptRecord{};
    m_attempt.keyId = m_lease->key;
    m_attempt.startMs = sinceArrival();
    m_isError = false;
    m_errorBody.clear();
    m_out.clear();
    UpstreamRequest up = m_passage->upstream();
    up.apiKey = m_lease->secret.reveal();
    m_call = m_host.parts().upstream.start(up, *this);
}

void RelayJob::upstreamHead(int status, const Headers &headers)
{
    const auto self = shared_from_this();
    m_attempt.status = status;
    m_isError = status >= 400;
    if (!m_isError) {
        m_passage->open(status, headers, m_lease->key);
        return;
    }
    m_errorHeaders = headers;
    m_errorType = headerValue(headers, "content-type");
}

void RelayJob::upstreamBody(std::string_view bytes)
{
    const auto self = shared_from_this();
    if (m_isError) {
        if (m_errorBody.size() + bytes.size() <= MAX_ERROR_BODY)
            m_errorBody += bytes;
        return;
    }
    if (const std::optional<AnswerFault> fault = m_passage->bytes(bytes, m_out)) {
        streamFault(*fault);
        return;
    }
    flush();
}

void RelayJob::upstreamEnd(const UpstreamEnd &end)
{
    const auto self = shared_from_this();
    if (!end.complete) {
        Error error{end.timedOut ? 504 : 502,
                    end.timedOut ? "upstream_timeout" : "upstream_unreachable",
                    "Gemini did not answer: " + end.error,
                    {},
                    0};
        if (m_attempt.status != 0)
            error.text = "The answer of Gemini broke off: " + end.error;
        m_errorBody.clear(); // half an error body is of no use to anyone
        judge(Outcome{OutcomeKind::NetworkTrouble, 0, error.code, end.error}, std::move(error));
        return;
    }
    if (m_isError) {
        m_errorBody = inflated(m_errorBody, headerValue(m_errorHeaders, "content-encoding"), MAX_ERROR_BODY);
        const Outcome outcome =
            classify(m_attempt.status, m_errorBody, m_errorHeaders, m_host.options().classifier);
        Error error = errorFromGemini(m_attempt.status, m_errorBody);
        if (error.retryAfterMs == 0)
            error.retryAfterMs = outcome.restMs;
        judge(outcome, std::move(error));
        return;
    }
    if (const std::optional<AnswerFault> fault = m_passage->finish(m_out)) {
        streamFault(*fault);
        return;
    }
    succeed();
}

void RelayJob::streamFault(const AnswerFault &fault)
{
    m_call.reset();
    m_errorBody = fault.raw;
    m_errorType = "application/json; charset=UTF-8";
    m_errorHeaders.clear();
    Outcome outcome{OutcomeKind::ServerTrouble, 0, fault.error.code, fault.error.text};
    if (!fault.raw.empty())
        outcome = classify(fault.error.status, fault.raw, m_errorHeaders, m_host.options().classifier);
    if (m_contentSent)
        flush(); // what came before the fault is good
    judge(outcome, fault.error);
}

void RelayJob::judge(Outcome outcome, Error error)
{
    m_call.reset();
    for (std::string *text :
         {&outcome.text, &error.text, &m_errorBody}) // Google names the key in some errors
        hideSecret(*text, m_lease->secret);
    endAttempt(outcome);
    if (!mayRetry(outcome)) {
        tellFailure(outcome, error);
        return;
    }
    m_out.clear();
    const bool waits = isInnocent(outcome.kind);
    if (!waits)
        m_blamed.push_back(m_tried.back());
    m_lastFailure = std::move(outcome);
    m_lastError = std::move(error);
    if (waits)
        m_host.later(backoffMs(m_attempts, QRandomGenerator::global()->generate()), *this,
                     &RelayJob::attempt);
    else
        attempt();
}

bool RelayJob::mayRetry(const Outcome &outcome) const
{
    if (m_contentSent || !isRetryable(outcome.kind) || m_attempts > m_host.options().maxRetries)
        return false;
    return !(m_passage->hasSideEffects() && isInnocent(outcome.kind));
}

void RelayJob::endAttempt(const Outcome &outcome)
{
    m_attempt.durationMs = sinceArrival() - m_attempt.startMs;
    if (outcome.kind != OutcomeKind::Success)
        m_attempt.error = describe(outcome);
    m_record.keyId = m_attempt.keyId;
    m_record.attempts.push_back(std::move(m_attempt));
    m_host.parts().pool.report(std::move(*m_lease), outcome);
    m_lease.reset();
}

void RelayJob::succeed()
{
    m_call.reset();
    endAttempt(Outcome{});
    if (m_begun) {
        flush();
        m_down->end();
    } else {
        const PassageHead &head = m_passage->head();
        m_record.firstByteMs = sinceArrival();
        m_record.bytesOut = static_cast<std::int64_t>(m_out.size());
        if (m_host.options().keepBodies == KeepBodies::Always)
            m_record.responseBody = m_out.substr(0, m_host.options().keptBodyBytes);
        m_down->send(head.status, head.contentType, head.headers, m_out);
    }
    conclude(m_passage->head().status, {});
}

void RelayJob::flush()
{
    if (m_out.empty() || m_over)
        return;
    if (!m_begun) {
        const PassageHead &head = m_passage->head();
        m_begun = true;
        m_down->begin(head.status, head.contentType, head.headers,
                      m_passage->isStream() ? -1 : head.contentLength);
    }
    if (!m_contentSent) {
        m_contentSent = true;
        m_record.firstByteMs = sinceArrival();
    }
    m_record.bytesOut += static_cast<std::int64_t>(m_out.size());
    const std::size_t keep = m_host.options().keptBodyBytes;
    if (m_host.options().keepBodies == KeepBodies::Always && m_record.responseBody.size() < keep)
        m_record.responseBody += m_out.substr(0, keep - m_record.responseBody.size());
    const bool goesOn = m_down->write(m_out);
    m_out.clear();
    if (!goesOn && m_call)
        m_call->pause();
}

void RelayJob::drained()
{
    const auto self = shared_from_this();
    if (m_call)
        m_call->resume();
}

void RelayJob::beginEarly()
{
    if (m_over || m_begun || !m_passage)
        return;
    const PassageHead head = m_passage->earlyHead();
    m_begun = true;
    m_down->begin(head.status, head.contentType, head.headers, -1);
}

void RelayJob::tellFailure(const Outcome &outcome, const Error &error)
{
    const Error told = finalError(outcome, error, m_attempts);
    if (m_begun) {
        fail(told);
        return;
    }
    // A caller's own fault goes back in Google's words; a key's never does.
    const bool inGooglesWords = m_passage->passesErrorsThrough() && outcome.kind != OutcomeKind::KeyFault;
    sendError(told, inGooglesWords ? std::string_view(m_errorBody) : std::string_view());
}

void RelayJob::fail(const Error &error)
{
    if (!m_begun) {
        sendError(error, {});
        return;
    }
    m_out.clear();
    if (m_passage->breakOff(error, m_out)) {
        m_record.bytesOut += static_cast<std::int64_t>(m_out.size());
        m_down->write(m_out);
        m_down->end();
    } else {
        m_down->abort();
    }
    conclude(m_passage->earlyHead().status, error.text); // what the client was told before the break
}

void RelayJob::sendError(const Error &error, std::string_view googleBody)
{
    if (googleBody.empty()) {
        m_down->send(error.status, "application/json; charset=utf-8", errorHeaders(error),
                     errorBody(m_record.dialect, error, m_request.id));
    } else {
        m_record.bytesOut = static_cast<std::int64_t>(googleBody.size());
        m_down->send(error.status, m_errorType, errorHeaders(error), googleBody);
    }
    conclude(error.status, error.text);
}

void RelayJob::refuse(const Error &error)
{
    sendError(error, {});
}

void RelayJob::answer(std::string_view contentType, std::string_view body)
{
    m_record.bytesOut = static_cast<std::int64_t>(body.size());
    m_down->send(200, contentType, {}, body);
    conclude(200, {});
}

void RelayJob::clientGone()
{
    const auto self = shared_from_this();
    if (m_over)
        return;
    m_call.reset(); // closes the upstream connection now: nobody pays for the rest
    if (m_lease)
        endAttempt(Outcome{OutcomeKind::Cancelled, 0, {}, "The client left."});
    conclude(CLIENT_LEFT, "The client left.");
}

void RelayJob::conclude(int status, std::string error)
{
    if (m_over)
        return; // the client left while its last bytes were written
    m_over = true;
    m_call.reset();
    if (m_lease)
        endAttempt(Outcome{OutcomeKind::Cancelled, 0, {}, "The gateway stopped."});
    m_down->setListener(nullptr);
    m_record.status = status;
    m_record.error = std::move(error);
    m_record.durationMs = sinceArrival();
    if (m_passage)
        m_record.tokens = m_passage->tokens();
    const KeepBodies keep = m_host.options().keepBodies;
    if (keep == KeepBodies::Always || (keep == KeepBodies::OnError && status >= 400))
        m_record.requestBody = m_request.body.substr(0, m_host.options().keptBodyBytes);
    if (m_isRecorded)
        m_host.parts().recorder.add(std::move(m_record));
    m_host.finished(*this);
}

std::int64_t RelayJob::sinceArrival() const
{
    return m_host.parts().clock.monotonicMs() - m_request.arrivedMs;
}

} // namespace Gateway
