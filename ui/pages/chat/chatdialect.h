#pragma once

#include <memory>
#include <vector>

#include <QByteArray>
#include <QJsonObject>

#include "ui/pages/chat/chatcontent.h"

namespace Ui {

/// What is asked of a model.
struct ChatQuestion
{
    QString model;
    QString system; ///< Empty: none.
    QList<ChatTurn> turns;
    bool thinks = false;     ///< Shows its thoughts, with `thinkingLevel`.
    QString thinkingLevel;   ///< "minimal", "low", "medium", "high"; empty: the model's own.
    bool searches = false;   ///< May look things up with Google Search.
    double temperature = -1; ///< Below 0: the model's own.
};

/// The POST that asks it; the answer is a stream of server-sent events or of lines.
struct ChatCall
{
    QByteArray path; ///< From the gateway's root on.
    QByteArray body; ///< JSON.
};

/// A failure in the words of the one who refused.
struct ChatFailure
{
    int status = 0; ///< HTTP status; 0: there was no answer.
    QString code;   ///< "RESOURCE_EXHAUSTED", or empty.
    QString text;
    qint64 retryAfterMs = 0; ///< When a new try makes sense; 0: not known.

    bool isSet() const { return status != 0 || !text.isEmpty(); }
    bool operator==(const ChatFailure &) const = default;
};

/// What an event of the stream brings.
struct ChatDelta
{
    QList<ChatPart> parts; ///< To be joined with what came before.
    QList<ChatSource> sources;
    QList<ChatCitation> citations;
    qint64 inputTokens = -1;
    qint64 outputTokens = -1; ///< Thoughts included.
    QString model;            ///< That answers, when told.
    QString stopReason;       ///< Why it stopped before its end; empty for a usual end.
    bool isEnd = false;
    ChatFailure failure;
};

/// How a question is put in words of a client API, and how its answer is read. Without state.
class ChatDialect
{
public:
    virtual ~ChatDialect() = default;

    /// A word for settings: "gemini".
    virtual QString id() const = 0;
    /// As people know it: "Gemini".
    virtual QString name() const = 0;
    /// Whether the answer comes as a line of JSON for each piece, not as server-sent events.
    virtual bool isLines() const { return false; }
    /// Whether a question can ask for Google Search.
    virtual bool canSearch() const { return true; }
    virtual ChatCall write(const ChatQuestion &question) const = 0;
    /// `data`: of one event or line.
    virtual ChatDelta read(const QByteArray &data) const = 0;
    /// The body of an answer with a status from 400 on.
    virtual ChatFailure readFailure(int status, const QByteArray &body) const = 0;
};

/// A piece of text that came; nothing when it is empty.
void addPart(ChatDelta &delta, ChatPart::Kind kind, const QString &text);

/// What an error object {"type", "code", "message"} tells, as OpenAI's and Anthropic's dialects have it;
/// `status` 0: it came in a stream.
ChatFailure failureOf(const QJsonObject &error, int status);

/// Those that can be spoken, the usual one first.
std::vector<std::unique_ptr<ChatDialect>> chatDialects();

} // namespace Ui
