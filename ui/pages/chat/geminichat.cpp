#include "ui/pages/chat/geminichat.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

struct Budget
{
    QLatin1StringView level;
    int tokens;
};

/// As Google's own OpenAI endpoint maps them (ai.google.dev/gemini-api/docs/openai#thinking).
constexpr Budget BUDGETS[] = {{"minimal"_L1, 512}, {"low"_L1, 1024}, {"medium"_L1, 8192}, {"high"_L1, 24576}};

QJsonObject thinkingConfig(const ChatQuestion &question)
{
    QJsonObject config{{u"includeThoughts"_s, true}};
    if (question.thinkingLevel.isEmpty())
        return config;
    if (!question.model.contains("gemini-2.5"_L1)) {
        config["thinkingLevel"_L1] = question.thinkingLevel.toUpper();
        return config;
    }
    for (const Budget &budget : BUDGETS) {
        if (question.thinkingLevel == budget.level)
            config["thinkingBudget"_L1] = budget.tokens;
    }
    return config;
}

/// Thoughts and calls are not sent back.
QJsonArray partsOf(const ChatTurn &turn)
{
    QJsonArray parts;
    for (const ChatPart &part : turn.parts) {
        QJsonObject object;
        if (part.kind == ChatPart::Kind::Text)
            object["text"_L1] = part.text;
        else if (part.kind == ChatPart::Kind::Data)
            object["inlineData"_L1] = QJsonObject{{u"mimeType"_s, part.mimeType},
                                                  {u"data"_s, QString::fromLatin1(part.data.toBase64())}};
        else
            continue;
        if (!part.signature.isEmpty())
            object["thoughtSignature"_L1] = QString::fromLatin1(part.signature);
        parts.append(object);
    }
    return parts;
}

QJsonObject bodyOf(const ChatQuestion &question)
{
    QJsonArray contents;
    for (const ChatTurn &turn : question.turns) {
        const QJsonArray parts = partsOf(turn);
        if (!parts.isEmpty())
            contents.append(
                QJsonObject{{u"role"_s, turn.isUser ? u"user"_s : u"model"_s}, {u"parts"_s, parts}});
    }
    QJsonObject body{{u"contents"_s, contents}};
    if (!question.system.isEmpty())
        body["systemInstruction"_L1] =
            QJsonObject{{u"parts"_s, QJsonArray{QJsonObject{{u"text"_s, question.system}}}}};
    if (question.searches)
        body["tools"_L1] = QJsonArray{QJsonObject{{u"googleSearch"_s, QJsonObject()}}};
    QJsonObject config;
    if (question.temperature >= 0)
        config["temperature"_L1] = question.temperature;
    if (question.thinks)
        config["thinkingConfig"_L1] = thinkingConfig(question);
    if (!config.isEmpty())
        body["generationConfig"_L1] = config;
    return body;
}

ChatPart readPart(const QJsonObject &object)
{
    ChatPart part;
    part.text = object["text"_L1].toString();
    part.signature = object["thoughtSignature"_L1].toString().toLatin1();
    if (object.contains("inlineData"_L1)) {
        const QJsonObject data = object["inlineData"_L1].toObject();
        part.kind = ChatPart::Kind::Data;
        part.mimeType = data["mimeType"_L1].toString();
        part.data = QByteArray::fromBase64(data["data"_L1].toString().toLatin1());
    } else if (object.contains("functionCall"_L1)) {
        const QJsonObject call = object["functionCall"_L1].toObject();
        part.kind = ChatPart::Kind::Call;
        part.text =
            call["name"_L1].toString() + u'(' +
            QString::fromUtf8(QJsonDocument(call["args"_L1].toObject()).toJson(QJsonDocument::Compact)) +
            u')';
    } else if (object["thought"_L1].toBool()) {
        part.kind = ChatPart::Kind::Thought;
    }
    return part;
}

void readGrounding(const QJsonObject &grounding, ChatDelta &delta)
{
    for (const QJsonValue chunk : grounding["groundingChunks"_L1].toArray()) {
        const QJsonObject web = chunk.toObject()["web"_L1].toObject();
        delta.sources.append({web["title"_L1].toString(), web["uri"_L1].toString()});
    }
    for (const QJsonValue value : grounding["groundingSupports"_L1].toArray()) {
        const QJsonObject support = value.toObject();
        ChatCitation citation{qsizetype(support["segment"_L1].toObject()["endIndex"_L1].toInteger()), {}};
        for (const QJsonValue chunk : support["groundingChunkIndices"_L1].toArray())
            citation.sources.append(chunk.toInt());
        if (!citation.sources.isEmpty())
            delta.citations.append(citation);
    }
}

void readUsage(const QJsonObject &usage, ChatDelta &delta)
{
    if (usage.contains("promptTokenCount"_L1))
        delta.inputTokens = usage["promptTokenCount"_L1].toInteger();
    if (usage.contains("candidatesTokenCount"_L1) || usage.contains("thoughtsTokenCount"_L1))
        delta.outputTokens =
            usage["candidatesTokenCount"_L1].toInteger() + usage["thoughtsTokenCount"_L1].toInteger();
}

/// "36s" or "36.4s" in ms.
qint64 delayMs(const QString &delay)
{
    return delay.endsWith(u's') ? qRound64(delay.chopped(1).toDouble() * 1000) : 0;
}

ChatFailure googleFailureOf(const QJsonObject &error, int status)
{
    ChatFailure failure;
    failure.status = status > 0 ? status : error["code"_L1].toInt(502);
    failure.code = error["status"_L1].toString();
    failure.text = error["message"_L1].toString();
    for (const QJsonValue detail : error["details"_L1].toArray()) {
        const QString delay = detail.toObject()["retryDelay"_L1].toString();
        failure.retryAfterMs = std::max(failure.retryAfterMs, delayMs(delay));
    }
    return failure;
}

/// Some answers wrap the error in an array.
QJsonObject outermost(const QByteArray &json)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    return document.isArray() ? document.array().first().toObject() : document.object();
}

} // namespace

QString GeminiChat::id() const
{
    return u"gemini"_s;
}

QString GeminiChat::name() const
{
    return u"Gemini"_s;
}

ChatCall GeminiChat::write(const ChatQuestion &question) const
{
    return {"/v1beta/models/" + QUrl::toPercentEncoding(question.model, "/") +
                ":streamGenerateContent?alt=sse",
            QJsonDocument(bodyOf(question)).toJson(QJsonDocument::Compact)};
}

ChatDelta GeminiChat::read(const QByteArray &data) const
{
    ChatDelta delta;
    const QJsonObject event = outermost(data);
    if (event.contains("error"_L1)) {
        delta.failure = googleFailureOf(event["error"_L1].toObject(), 0);
        return delta;
    }
    const QString blocked = event["promptFeedback"_L1].toObject()["blockReason"_L1].toString();
    if (!blocked.isEmpty())
        delta.stopReason = blocked;
    delta.model = event["modelVersion"_L1].toString();
    readUsage(event["usageMetadata"_L1].toObject(), delta);
    const QJsonObject candidate = event["candidates"_L1].toArray().first().toObject();
    for (const QJsonValue part : candidate["content"_L1].toObject()["parts"_L1].toArray())
        delta.parts.append(readPart(part.toObject()));
    readGrounding(candidate["groundingMetadata"_L1].toObject(), delta);
    const QString finish = candidate["finishReason"_L1].toString();
    if (!finish.isEmpty() && finish != "STOP"_L1 && finish != "FINISH_REASON_UNSPECIFIED"_L1)
        delta.stopReason = finish;
    delta.isEnd = !finish.isEmpty() || !blocked.isEmpty();
    return delta;
}

ChatFailure GeminiChat::readFailure(int status, const QByteArray &body) const
{
    return googleFailureOf(outermost(body)["error"_L1].toObject(), status);
}

} // namespace Ui
