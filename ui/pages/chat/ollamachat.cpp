#include "ui/pages/chat/ollamachat.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

QJsonObject messageOf(const ChatTurn &turn)
{
    QString content = textOf(turn);
    QJsonArray images;
    for (const ChatPart &part : turn.parts) {
        if (!turn.isUser || part.kind != ChatPart::Kind::Data)
            continue;
        if (part.mimeType.startsWith("image/"_L1))
            images.append(QString::fromLatin1(part.data.toBase64()));
        else if (part.mimeType.startsWith("text/"_L1) || part.mimeType == "application/json"_L1)
            content += u"\n\n%1:\n%2"_s.arg(part.name, QString::fromUtf8(part.data));
        else
            content += u"\n\n(%1 could not be sent along.)"_s.arg(part.name);
    }
    QJsonObject message{{u"role"_s, turn.isUser ? u"user"_s : u"assistant"_s}, {u"content"_s, content}};
    if (!images.isEmpty())
        message["images"_L1] = images;
    return message;
}

QJsonObject bodyOf(const ChatQuestion &question)
{
    QJsonArray messages;
    if (!question.system.isEmpty())
        messages.append(QJsonObject{{u"role"_s, u"system"_s}, {u"content"_s, question.system}});
    for (const ChatTurn &turn : question.turns)
        messages.append(messageOf(turn));
    QJsonObject body{{u"model"_s, question.model},
                     {u"messages"_s, messages},
                     {u"stream"_s, true},
                     {u"think"_s, question.thinks}};
    if (question.thinks && !question.thinkingLevel.isEmpty() && question.thinkingLevel != "minimal"_L1)
        body["think"_L1] = question.thinkingLevel; // there is no lower level than "low"
    if (question.temperature >= 0)
        body["options"_L1] = QJsonObject{{u"temperature"_s, question.temperature}};
    return body;
}

} // namespace

QString OllamaChat::id() const
{
    return u"ollama"_s;
}

QString OllamaChat::name() const
{
    return u"Ollama"_s;
}

ChatCall OllamaChat::write(const ChatQuestion &question) const
{
    return {"/api/chat", QJsonDocument(bodyOf(question)).toJson(QJsonDocument::Compact)};
}

ChatDelta OllamaChat::read(const QByteArray &data) const
{
    ChatDelta delta;
    const QJsonObject line = QJsonDocument::fromJson(data).object();
    if (line.contains("error"_L1)) {
        delta.failure = {502, {}, line["error"_L1].toString(), 0};
        return delta;
    }
    delta.model = line["model"_L1].toString();
    const QJsonObject message = line["message"_L1].toObject();
    addPart(delta, ChatPart::Kind::Thought, message["thinking"_L1].toString());
    addPart(delta, ChatPart::Kind::Text, message["content"_L1].toString());
    for (const QJsonValue call : message["tool_calls"_L1].toArray()) {
        const QJsonObject function = call.toObject()["function"_L1].toObject();
        const QByteArray arguments =
            QJsonDocument(function["arguments"_L1].toObject()).toJson(QJsonDocument::Compact);
        addPart(delta, ChatPart::Kind::Call,
                function["name"_L1].toString() + u' ' + QString::fromUtf8(arguments));
    }
    delta.isEnd = line["done"_L1].toBool();
    if (!delta.isEnd)
        return delta;
    delta.inputTokens = line["prompt_eval_count"_L1].toInteger(-1);
    delta.outputTokens = line["eval_count"_L1].toInteger(-1);
    const QString reason = line["done_reason"_L1].toString();
    if (!reason.isEmpty() && reason != "stop"_L1)
        delta.stopReason = reason;
    return delta;
}

ChatFailure OllamaChat::readFailure(int status, const QByteArray &body) const
{
    return {status, {}, QJsonDocument::fromJson(body).object()["error"_L1].toString(), 0};
}

} // namespace Ui
