#include "gateway/relay/relayjob.h"

#include <utility>

#include <QRandomGenerator>

#include "gateway/dialects/errors.h"
#include "gateway/relay/partedrun.h"
#include "gateway/relay/verdicts.h"
#include "gateway/telemetry/recorder.h"

namespace Gateway {

namespace {

constexpr int CLIENT_LEFT = 499; // nginx's word for it

/// Whether the trouble says nothing about the key, so that the same key may be asked once more.
bool isInnocent(OutcomeKind kind)
{
    return kind == OutcomeKind::ServerTrouble || kind == OutcomeKind::NetworkTrouble ||
           kind == OutcomeKind::Overloaded;
}

Outcome cancelled(std::string why)
{
    Outcome outcome;
    outcome.kind = OutcomeKind::Cancelled;
    outcome.text = std::move(why);
    return outcome;
}

} // namespace

RelayJob::RelayJob(RelayHost &host, ClientRequest request, std::unique_ptr<Downstream> down, Dialect dialect)
    : m_host(host)
    , m_request(std::move(request))
    , m_answer(std::move(down), m_record, host.parts().clock, m_request.arrivedMs)
    , m_search(host.parts(), *this, [this](std::int64_t ms, std::function<void()> action) {
        m_host.later(ms, *this, std::move(action));
    })
{
    m_answer.down().setListener(this);
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
    m_record.streamed = m_passage->isStream();
    nameRecord(m_passage->name(), m_passage->model());
    m_search.setTarget(m_passage->model(), owner);
    look();
}

void RelayJob::runParts(std::unique_ptr<Translation> translation,
                        std::vector<std::unique_ptr<Translation>> parts)
{
    const auto run = std::make_shared<PartedRun>(m_host, *this, std::move(translation), std::move(parts));
    m_parted = run;
    run->begin();
}

void RelayJob::look()
{
    m_search.look(m_attempts >= m_host.options().maxRetries);
}

void RelayJob::keyFound(Lease lease)
{
    ++m_attempts;
    m_answer.pending().clear();
    m_attempt = std::make_unique<RelayAttempt>(m_host.parts(), m_host.options(),
                                               static_cast<AttemptListener &>(*this), std::move(lease),
                                               m_passage->upstream(), m_request.arrivedMs);
}

void RelayJob::noKey(const Refusal &refusal)
{
    if (refusal.why == Refusal::Why::Exhausted && m_lastFailure)
        tellFailure(*m_lastFailure);
    else
        fail(refusalError(refusal, m_passage->model()));
}

void RelayJob::attemptAnswered(RelayAttempt &attempt, int status, const Headers &headers)
{
    m_passage->open(status, headers, attempt.key());
}

void RelayJob::attemptBytes(RelayAttempt &attempt, std::string_view bytes)
{
    const auto self = shared_from_this();
    if (const std::optional<AnswerFault> fault = m_passage->bytes(bytes, m_answer.pending()))
        attemptFailed(attempt, attempt.failureOf(*fault));
    else
        flush();
}

void RelayJob::attemptEnded(RelayAttempt &attempt)
{
    const auto self = shared_from_this();
    if (const std::optional<AnswerFault> fault = m_passage->finish(m_answer.pending()))
        attemptFailed(attempt, attempt.failureOf(*fault));
    else
        succeed();
}

void RelayJob::attemptFailed(RelayAttempt &attempt, AttemptFailure failure)
{
    const auto self = shared_from_this();
    const KeyId key = attempt.key();
    if (m_answer.hasContent())
        flush(); // what came before the fault is good
    if (m_over)
        return;
    closeAttempt(failure.outcome);
    if (!isInnocent(failure.outcome.kind))
        m_search.blame(key);
    judge(std::move(failure));
}

void RelayJob::closeAttempt(const Outcome &outcome)
{
    if (!m_attempt)
        return;
    m_record.keyId = m_attempt->key();
    m_record.attempts.push_back(m_attempt->close(outcome));
    m_attempt.reset();
}

void RelayJob::judge(AttemptFailure failure)
{
    if (!mayRetry(failure.outcome)) {
        tellFailure(failure);
        return;
    }
    m_answer.pending().clear();
    const bool waits = isInnocent(failure.outcome.kind);
    m_lastFailure = std::move(failure);
    if (waits)
        m_host.later(backoffMs(m_attempts, QRandomGenerator::global()->generate()), *this,
                     [this] { look(); });
    else
        look();
}

bool RelayJob::mayRetry(const Outcome &outcome) const
{
    if (m_answer.hasContent() || !isRetryable(outcome.kind) || m_attempts > m_host.options().maxRetries)
        return false;
    return !(m_passage->hasSideEffects() && isInnocent(outcome.kind));
}

Outcome RelayJob::success()
{
    Outcome outcome;
    outcome.inputTokens = m_passage->tokens().prompt;
    return outcome;
}

void RelayJob::succeed()
{
    closeAttempt(success());
    m_answer.end(m_passage->head(), m_passage->isStream(), m_host.options());
    conclude(m_passage->head().status, {});
}

void RelayJob::flush()
{
    if (!m_answer.flush(m_passage->head(), m_passage->isStream(), m_host.options()) && m_attempt)
        m_attempt->pause();
}

void RelayJob::drained()
{
    const auto self = shared_from_this();
    if (m_attempt)
        m_attempt->resume();
}

void RelayJob::beginEarly()
{
    if (!m_over && !m_answer.hasBegun() && m_passage)
        m_answer.beginEarly(m_passage->earlyHead());
}

void RelayJob::tellFailure(const AttemptFailure &failure)
{
    const Error told = finalError(failure.outcome, failure.error, m_attempts);
    if (m_answer.hasBegun()) {
        fail(told);
        return;
    }
    // A caller's own fault goes back in Google's words; a key's never does.
    const bool inGooglesWords =
        m_passage->passesErrorsThrough() && failure.outcome.kind != OutcomeKind::KeyFault;
    sendError(told, inGooglesWords ? std::string_view(failure.body) : std::string_view(),
              failure.contentType);
}

void RelayJob::fail(const Error &error)
{
    if (!m_answer.hasBegun()) {
        sendError(error, {}, {});
        return;
    }
    m_answer.breakOff(*m_passage, error);
    conclude(m_passage->earlyHead().status, error.text); // what the client was told before the break
}

void RelayJob::sendError(const Error &error, std::string_view googleBody, std::string_view contentType)
{
    if (googleBody.empty()) {
        m_answer.send(error.status, "application/json; charset=utf-8", errorHeaders(error),
                      errorBody(m_record.dialect, error, m_request.id));
    } else {
        m_record.bytesOut = static_cast<std::int64_t>(googleBody.size());
        m_answer.send(error.status, contentType, errorHeaders(error), googleBody);
    }
    conclude(error.status, error.text);
}

void RelayJob::refuse(const Error &error)
{
    sendError(error, {}, {});
}

void RelayJob::answer(std::string_view contentType, std::string_view body)
{
    m_record.bytesOut = static_cast<std::int64_t>(body.size());
    m_answer.send(200, contentType, {}, body);
    conclude(200, {});
}

void RelayJob::passOn(CollectedAnswer told, std::string error)
{
    if (error.empty()) {
        m_answer.pending() = std::move(told.body);
        m_answer.end(PassageHead{told.status, std::move(told.contentType), std::move(told.headers), -1},
                     false, m_host.options());
    } else {
        m_record.bytesOut = static_cast<std::int64_t>(told.body.size());
        m_answer.send(told.status, told.contentType, told.headers, told.body);
    }
    conclude(told.status, std::move(error));
}

void RelayJob::clientGone()
{
    const auto self = shared_from_this();
    if (m_over)
        return;
    closeAttempt(cancelled("The client left.")); // closes the upstream now: nobody pays for the rest
    conclude(CLIENT_LEFT, "The client left.");
}

void RelayJob::conclude(int status, std::string error)
{
    if (m_over)
        return; // the client left while its last bytes were written
    m_over = true;
    closeAttempt(cancelled("The gateway stopped."));
    m_parted.reset(); // what still runs is cancelled and tells its attempts
    m_answer.down().setListener(nullptr);
    m_record.status = status;
    m_record.error = std::move(error);
    m_record.durationMs = m_host.parts().clock.monotonicMs() - m_request.arrivedMs;
    if (m_passage)
        m_record.tokens = m_passage->tokens();
    const KeepBodies keep = m_host.options().keepBodies;
    if (keep == KeepBodies::Always || (keep == KeepBodies::OnError && status >= 400))
        m_record.requestBody = m_request.body.substr(0, m_host.options().keptBodyBytes);
    if (m_recordTaker)
        std::exchange(m_recordTaker, nullptr)(std::move(m_record));
    else if (m_isRecorded)
        m_host.parts().recorder.add(std::move(m_record));
    m_host.finished(*this);
}

} // namespace Gateway
