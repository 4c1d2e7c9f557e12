#include "gateway/relay/relayjob.h"

#include <algorithm>
#include <utility>

#include <QRandomGenerator>

#include "gateway/dialects/vertex.h"
#include "gateway/relay/jobcaches.h"
#include "gateway/relay/partedrun.h"
#include "gateway/relay/verdicts.h"

namespace Gateway {

RelayJob::RelayJob(RelayHost &host, ClientRequest request, std::unique_ptr<Downstream> down, Dialect dialect)
    : m_host(host)
    , m_request(std::move(request))
    , m_answer(std::move(down), m_record, host.parts().clock, m_request.arrivedMs)
    , m_search(surroundings())
{
    m_answer.down().setListener(this);
    m_answer.keep(host.options().keepBodies, host.options().keptBodyBytes);
    m_record.dialect = dialect;
    m_record.id = m_request.id;
    m_record.timeMs = m_request.arrivedWallMs;
    m_record.token = m_request.tokenName;
    m_record.bytesIn = static_cast<std::int64_t>(m_request.body.size());
}

KeySearch::Surroundings RelayJob::surroundings()
{
    const auto later = [this](std::int64_t ms, std::function<void()> action) {
        m_host.later(ms, *this, std::move(action));
    };
    const auto guarded = [this](std::function<void()> action) -> std::function<void()> {
        return [weak = weak_from_this(), action = std::move(action)] {
            const std::shared_ptr<RelayJob> alive = weak.lock();
            if (alive && !alive->isOver())
                action();
        };
    };
    return {m_host.parts(),   m_host.options(),    static_cast<KeySearchListener &>(*this),
            m_host.context(), m_request.arrivedMs, later,
            guarded};
}

void RelayJob::nameRecord(std::string_view name, std::string_view model)
{
    m_record.method = name;
    m_record.modelAsked = model;
    m_record.modelUsed = model;
}

void RelayJob::run(std::unique_ptr<Passage> passage, KeyTarget target)
{
    m_passage = std::move(passage);
    m_record.streamed = m_passage->isStream();
    if (m_record.modelUsed.empty())
        nameRecord(m_passage->name(), m_passage->model());
    target.geminiOnly = !isVertexCall(m_passage->upstream().url);
    m_search.setTarget(std::move(target));
    openPath();
    look();
}

void RelayJob::runParts(std::unique_ptr<Translation> translation,
                        std::vector<std::unique_ptr<Translation>> parts, TranslationInputs inputs)
{
    const auto run = std::make_shared<PartedRun>(m_host, *this, std::move(translation), std::move(parts),
                                                 std::move(inputs));
    m_parted = run;
    run->begin();
}

void RelayJob::look()
{
    KeySearch::Manner manner;
    manner.isLast = m_attempts >= m_host.options().maxRetries;
    manner.mayWait = !m_emptyHeld;
    manner.outwaitsOverload = !hasOtherModel();
    m_search.look(manner);
}

void RelayJob::noKey(const Refusal &refusal)
{
    if (m_emptyHeld) {
        endWell();
        return;
    }
    if (refusal.why == Refusal::Why::Exhausted && m_lastFailure)
        giveUp(*m_lastFailure);
    else
        giveUp(failureOf(refusal, m_passage->model()));
}

void RelayJob::attemptAnswered(RelayAttempt &attempt, int status, const Headers &headers)
{
    if (m_passage->kind() != CallKind::Count)
        m_host.book().answered(m_passage->model(), m_passage->kind() == CallKind::Chat, attempt.headMs());
    for (std::size_t i = m_running.size(); i-- > 0;) {
        if (m_running[i].get() != &attempt)
            close(*m_running[i], cancelledOutcome("Another key answered first."));
    }
    if (!m_path || !m_path->isJoining())
        m_passage->open(status, headers, attempt.key());
}

void RelayJob::attemptBytes(RelayAttempt &attempt, std::string_view bytes)
{
    const auto self = shared_from_this();
    if (const std::optional<AnswerFault> fault = m_passage->bytes(bytes, m_answer.pending()))
        attemptFailed(attempt, attempt.failureOf(*fault));
    else if (m_passage->isComplete())
        attemptEnded(attempt); // which ends the call
    else
        flush();
}

void RelayJob::attemptEnded(RelayAttempt &attempt)
{
    const auto self = shared_from_this();
    if (const std::optional<AnswerFault> fault = m_passage->finish(m_answer.pending())) {
        attemptFailed(attempt, attempt.failureOf(*fault));
        return;
    }
    if (!asksAgainForEmpty()) {
        if (m_caches)
            m_caches->answered(attempt.key(), *m_passage);
        close(attempt, success());
        endWell();
        return;
    }
    ++m_emptyRetries;
    m_emptyHeld = true;
    close(attempt, success(), "EMPTY_ANSWER: The answer had nothing in it.");
    look();
}

bool RelayJob::asksAgainForEmpty() const
{
    return m_emptyRetries < m_host.options().emptyRetries && !m_answer.hasContent() &&
           m_passage->isEmptySoFar();
}

void RelayJob::attemptFailed(RelayAttempt &attempt, AttemptFailure failure)
{
    const auto self = shared_from_this();
    if (m_answer.hasContent())
        flush(); // what came before the fault is good
    if (m_over)
        return;
    settleAbsence(failure.outcome, *m_passage, m_host.book());
    if (!isInnocent(failure.outcome.kind))
        m_search.blame(attempt.key());
    close(attempt, failure.outcome);
    if (!m_running.empty() && isRetryable(failure.outcome.kind))
        return; // the other one may answer
    closeAll("The request itself was refused.");
    if (goOnAfter(failure))
        lookAfter(std::move(failure));
    else
        judge(std::move(failure));
}

void RelayJob::close(const RelayAttempt &attempt, const Outcome &outcome, std::string remark)
{
    const auto found = std::find_if(m_running.begin(), m_running.end(),
                                    [&](const auto &running) { return running.get() == &attempt; });
    const std::unique_ptr<RelayAttempt> ended = std::move(*found);
    if (m_path)
        m_path->forget(*ended);
    m_running.erase(found);
    m_record.keyId = ended->key();
    m_record.attempts.push_back(ended->close(outcome));
    if (!remark.empty())
        m_record.attempts.back().error = std::move(remark);
}

void RelayJob::closeAll(const std::string &why)
{
    while (!m_running.empty())
        close(*m_running.back(), cancelledOutcome(why));
}

void RelayJob::judge(AttemptFailure failure)
{
    if (!mayRetry(failure.outcome)) {
        giveUp(failure);
        return;
    }
    lookAfter(std::move(failure));
}

void RelayJob::lookAfter(AttemptFailure failure)
{
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
    const bool isTold = m_answer.hasContent() && !(m_path && m_path->isWaiting());
    if (isTold || !isRetryable(outcome.kind) || m_attempts > m_host.options().maxRetries)
        return false;
    return !(m_passage->hasSideEffects() && isInnocent(outcome.kind));
}

Outcome RelayJob::success() const
{
    Outcome outcome;
    const std::optional<std::int64_t> tokens = m_path ? m_path->inputTokens() : std::nullopt;
    outcome.inputTokens = tokens ? *tokens : m_passage->tokens().prompt;
    return outcome;
}

void RelayJob::endWell()
{
    m_answer.end(m_passage->head(), m_passage->isStream());
    conclude(m_passage->head().status, {});
}

/// The attempt whose answer goes down.
RelayAttempt *RelayJob::speaker() const
{
    return m_running.size() == 1 && m_running.front()->hasAnswered() ? m_running.front().get() : nullptr;
}

/// False while the client is slow.
bool RelayJob::flush()
{
    constexpr std::size_t longestHeld = 4096;
    if (asksAgainForEmpty() && m_answer.pending().size() < longestHeld)
        return true; // nothing that a client could use yet: another key may still do better
    const bool goesOn = m_answer.flush(m_passage->head(), m_passage->isStream());
    if (!goesOn)
        pauseSpeaker();
    else if (!m_path && speaker() && m_passage->hasMore())
        workLater();
    return goesOn;
}

void RelayJob::pauseSpeaker()
{
    if (m_path)
        m_path->pause();
    else if (RelayAttempt *attempt = speaker())
        attempt->pause();
}

/// What Google's bytes left to do is done a piece at a time; Google waits meanwhile.
void RelayJob::workLater()
{
    speaker()->pause();
    if (!std::exchange(m_worksLater, true))
        m_host.later(0, *this, [this] { work(); });
}

void RelayJob::work()
{
    const auto self = shared_from_this();
    m_worksLater = false;
    RelayAttempt *attempt = speaker();
    if (!attempt || !m_passage->hasMore())
        return;
    if (const std::optional<AnswerFault> fault = m_passage->more(m_answer.pending())) {
        attemptFailed(*attempt, attempt->failureOf(*fault));
        return;
    }
    const bool goesOn = flush();
    if (goesOn && !m_over && !m_passage->hasMore())
        attempt->resume();
}

} // namespace Gateway
