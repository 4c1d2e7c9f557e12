#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/common/clock.h"
#include "gateway/dialects/answerjoin.h"
#include "gateway/dialects/answerrounds.h"
#include "gateway/relay/answerframe.h"
#include "gateway/relay/answerreader.h"
#include "gateway/relay/pacer.h"
#include "gateway/relay/passage.h"
#include "gateway/relay/relayattempt.h"
#include "gateway/relay/streamoptions.h"

namespace Gateway {

struct RelayOptions;

/// Hears what becomes of a chat's attempts through a path.
class PathListener : public AttemptListener
{
public:
    /// A good answer came, but was cut: the rest is to be asked for by a further attempt of the same answer.
    virtual void answerCut(RelayAttempt &attempt) = 0;
};

/// Stands between a chat's attempts and its job where StreamOptions ask for more than passing on what comes:
/// asks for the answer in one form and tells it in another, smooths a stream, and joins on the rest of an
/// answer that was cut or broke off. Between the two the answer
/// is a row of events, each Gemini's JSON, so that every dialect is served.
class AnswerPath final : public AttemptListener,
                         private PacerListener,
                         public std::enable_shared_from_this<AnswerPath>
{
public:
    /// For an answer that `passage` takes; null where nothing is to be done to it. `job` is told what comes;
    /// `later` calls a function after so many ms unless the job is over by then. All outlive this.
    static std::shared_ptr<AnswerPath> make(const RelayOptions &options, const Passage &passage,
                                            const Clock &clock, Pacer::Later later, PathListener &job);

    /// The passage's call as it goes up, for `model`; its texts live as long as this and are good until the
    /// next call.
    UpstreamRequest reworded(UpstreamRequest request, std::string_view model);

    /// Nothing of a stream is heard for long: its head should not wait.
    bool isSilent() const { return m_form == Form::Faked; }

    void attemptAnswered(RelayAttempt &attempt, int status, const Headers &headers) override;
    void attemptBytes(RelayAttempt &attempt, std::string_view bytes) override;
    void attemptEnded(RelayAttempt &attempt) override;
    void attemptFailed(RelayAttempt &attempt, AttemptFailure failure) override;

    /// The rest of an answer is asked for that was told in part.
    bool isGoingOn() const { return m_rounds && m_rounds->isGoingOn(); }
    /// And the passage goes on with what it has told.
    bool isJoining() const { return isGoingOn() && !isWhole(); }
    /// Nothing of that rest was told yet: it can be asked for again.
    bool isWaiting() const { return isGoingOn() && m_rounds->isWaiting(); }
    /// After answerCut(): the next attempt's answer is the rest.
    void goOnAfterCut();
    /// After a break of an answer that was told in part: whether its rest is to be asked for now.
    bool goOnAfterBreak() { return m_rounds && m_rounds->goOnAfterBreak(); }
    /// What ends the answer, for the passage, when it was cut and its rest cannot be had; empty: it was not.
    std::string cutEnd();
    /// Input tokens of the answer that came last, where the passage does not know them; -1: not told.
    std::optional<std::int64_t> inputTokens() const;

    /// The client is slow, and is no longer.
    void pause();
    void resume();

    /// The job has closed this attempt.
    void forget(const RelayAttempt &attempt);

private:
    /// How Google is asked, seen from how the client asked.
    enum class Form : std::uint8_t {
        Same,
        Faked,    ///< A stream is asked as a whole answer.
        Gathered, ///< A whole answer is asked as a stream.
    };

    AnswerPath(Form form, AnswerShape shape, bool asksAgainForCalls, const StreamOptions &options,
               const Clock &clock, Pacer::Later later, PathListener &job);

    void pacedEvent(std::string_view json) override;
    void pacedStep() override { deliver(); }
    void pacedEnd() override { toldAll(); }
    void pacedFull(bool isFull) override;

    bool isWhole() const { return m_shape == AnswerShape::Whole; }
    void take(std::string_view json);
    void pass(std::string_view json);
    void tell(std::string_view json);
    void deliver();
    void toldAll();
    void close();
    void failWith(const AnswerFault &fault);

    const Form m_form;
    const AnswerShape m_shape;      ///< That the passage takes.
    const bool m_asksAgainForCalls; ///< A whole answer that ends in a broken call is none.
    PathListener &m_job;
    std::optional<AnswerRounds> m_rounds;
    std::optional<Pacer> m_pacer;
    RelayAttempt *m_attempt = nullptr; ///< Whose answer comes.
    bool m_isClientSlow = false;
    bool m_hasEnded = false; ///< It has come, though not all of it was told.
    AnswerReader m_reader;
    AnswerFrame m_frame;
    AnswerJoin m_join;
    AnswerJoin m_joinBefore;            ///< Of the rounds before this one.
    std::string m_onlyEvent;            ///< Of a whole answer, while it is the only one.
    std::optional<AnswerFault> m_fault; ///< That an event told.
    std::string m_out;                  ///< For the passage.
    std::string m_url;
    Headers m_headers;
};

} // namespace Gateway
