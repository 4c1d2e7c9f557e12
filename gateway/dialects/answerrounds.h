#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/common/json.h"
#include "gateway/dialects/geminianswer.h"
#include "gateway/dialects/repeattrim.h"

namespace Gateway {

/// Makes one answer of several: one that was cut or broke off, and what the model says when it is asked to go
/// on. Events go through; the end of an answer that is to go on is held back, and what later rounds think,
/// repeat or count anew is fitted in. Keeps the text said so far, up to a limit.
class AnswerRounds
{
public:
    /// How often the rest is asked for.
    struct Limits
    {
        int truncated = 0;
        int broken = 0;
    };
    using Tell = std::function<void(std::string_view json)>;

    explicit AnswerRounds(Limits limits)
        : m_limits(limits)
    {
    }

    /// The request as the client asked it, and the model; the body outlives this or the next such call.
    void setAsked(std::string_view model, std::string_view body);

    /// The answer of the present round begins; one of it that came before failed and told nothing.
    void begin();
    /// An event of it; `tell` gets what is to be told.
    void event(std::string_view json, const Tell &tell);
    /// It ended or broke off: tells what was held back for comparison.
    void finish(const Tell &tell);

    /// The answer of this round was cut, and the rest can be asked for.
    bool isCut() const { return m_isCut; }
    /// The answer of this round has ended without an end of its own, and that is to be mended.
    bool isBroken() const { return m_limits.broken > 0 && m_isSound && m_hasTold && m_finish.empty(); }

    /// The rest is asked for, after isCut().
    void goOnAfterCut();
    /// The rest is asked for after a break, if it can be.
    bool goOnAfterBreak();

    /// A further round than the first.
    bool isGoingOn() const { return m_round > 0; }
    /// Nothing of the present round was told yet.
    bool isWaiting() const { return !m_hasTold; }
    /// What is asked in the present round, when it is not the first.
    std::string_view body() const { return m_body; }
    /// The event that ends the answer as it was cut, for when the rest cannot be had; empty: it was not.
    const std::string &cutEnd() const { return m_cutEnd; }
    /// Input tokens of the present round, -1: not told.
    std::int64_t inputTokens() const { return m_roundUsage.counts.prompt; }

private:
    void note(const json::object &candidate);
    void noteUsage(json::object &event);
    void fitIn(json::object &event, json::object *candidate);
    void holdEnd(json::object &event, json::object &candidate);
    bool makeNext(bool isCut);
    void nextRound();

    Limits m_limits;
    std::string m_model;
    std::string_view m_asked;
    std::string m_said;    ///< Of all rounds.
    bool m_isSound = true; ///< Only text has come.
    int m_round = 0;
    std::string m_body;
    std::string m_next; ///< Body of the next round.
    std::size_t m_nextSaid = 0;
    std::string m_cutEnd;
    std::string m_responseId; ///< Of the first round, which all are told under.
    json::object m_usage;     ///< Of the rounds before.
    // Of the present round:
    std::optional<RepeatTrim> m_trim;
    json::object m_roundMetadata;
    GeminiUsage m_roundUsage;
    std::string m_finish;
    std::size_t m_saidBefore = 0;
    bool m_hasTold = false;
    bool m_isCut = false;
};

} // namespace Gateway
