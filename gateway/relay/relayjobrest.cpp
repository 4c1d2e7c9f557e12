#include <utility>

#include "gateway/relay/relayjob.h"

// The part of a job that settings ask for: its answer's path, and the rest of an answer that was told in
// part.

namespace Gateway {

namespace {

/// A stream of which nothing is heard for long gets its head after this: what is refused at once still has
/// its own status, and no client gives up sooner.
constexpr std::int64_t HEAD_GRACE_MS = 1000;

} // namespace

void RelayJob::openPath()
{
    m_path = AnswerPath::make(
        m_host.options(), *m_passage, m_host.parts().clock,
        [this](std::int64_t ms, std::function<void()> action) { m_host.later(ms, *this, std::move(action)); },
        static_cast<PathListener &>(*this));
    if (m_path && m_path->isSilent())
        m_host.later(HEAD_GRACE_MS, *this, [this] { beginEarly(); });
}

/// The rest is a matter of its own: with attempts of its own, and any key may do it.
void RelayJob::answerCut(RelayAttempt &attempt)
{
    const auto self = shared_from_this();
    close(attempt, success(), "CONTINUED: The answer was cut; the next attempt asks for its rest.");
    m_path->goOnAfterCut();
    m_firstFailure.reset();
    m_attempts = 0;
    look();
}

/// The stream broke after it had begun: its rest is asked for where that is wanted and can be joined on.
bool RelayJob::goOnAfter(const AttemptFailure &failure)
{
    if (!m_answer.hasContent() || !isRetryable(failure.outcome.kind) || !m_path || m_path->isWaiting() ||
        !m_path->goOnAfterBreak())
        return false;
    m_record.attempts.back().error += "; CONTINUED: The next attempt asks for the rest.";
    m_firstFailure = failure;
    m_attempts = 0;
    return true;
}

/// The rest of an answer that was cut cannot be had: it ends as the model ended it.
bool RelayJob::endAsCut()
{
    const std::string end = m_path->cutEnd();
    if (end.empty() || m_passage->bytes(end, m_answer.pending()) || m_passage->finish(m_answer.pending()))
        return false;
    endWell();
    return true;
}

} // namespace Gateway
