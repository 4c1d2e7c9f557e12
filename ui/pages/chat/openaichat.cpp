#include "ui/pages/chat/openaichat.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

QJsonObject itemOf(const ChatPart &part)
{
    if (part.kind == ChatPart::Kind::Text)
        return {{u"type"_s, u"text"_s}, {u"text"_s, part.text}};
    if (part.mimeType.startsWith("image/"_L1))
        return {{u"type"_s, u"image_url"_s}, {u"image_url"_s, QJsonObject{{u"url"_s, dataUrlOf(part)}}}};
    return {{u"type"_s, u"file"_s},
            {u"file"_s, QJsonObject{{u"filename"_s, part.name}, {u"file_data"_s, dataUrlOf(part)}}}};
}

/// What the model said goes back as text; files are the user's.
QJsonValue contentItems(const ChatTurn &turn)
{
    if (!turn.isUser)
        return textOf(turn);
    QJsonArray items;
    for (const ChatPart &part : turn.parts) {
        if (part.kind == ChatPart::Kind::Text || part.kind == ChatPart::Kind::Data)
            items.append(itemOf(part));
    }
    return items;
}

QJsonObject bodyOf(const ChatQuestion &question)
{
    QJsonArray messages;
    if (!question.system.isEmpty())
        messages.append(QJsonObject{{u"role"_s, u"system"_s}, {u"content"_s, question.system}});
    for (const ChatTurn &turn : question.turns)
        messages.append(QJsonObject{{u"role"_s, turn.isUser ? u"user"_s : u"assistant"_s},
                                    {u"content"_s, contentItems(turn)}});
    QJsonObject body{{u"model"_s, question.model},
                     {u"messages"_s, messages},
                     {u"stream"_s, true},
                     {u"stream_options"_s, QJsonObject{{u"include_usage"_s, true}}}};
    if (question.temperature >= 0)
        body["temperature"_L1] = question.temperature;
    if (question.searches)
        body["web_search_options"_L1] = QJsonObject();
    if (!question.thinks)
        return body;
    if (question.thinkingLevel.isEmpty()) // no effort stands for the model's own
        body["extra_body"_L1] = QJsonObject{
            {u"google"_s, QJsonObject{{u"thinking_config"_s, QJsonObject{{u"include_thoughts"_s, true}}}}}};
    else
        body["reasoning_effort"_L1] = question.thinkingLevel;
    return body;
}

void addPicture(ChatDelta &delta, const QString &url)
{
    const qsizetype comma = url.indexOf(u',');
    if (!url.startsWith("data:"_L1) || comma < 0)
        return; // nothing is fetched from elsewhere
    ChatPart part;
    part.kind = ChatPart::Kind::Data;
    part.mimeType = url.mid(5, comma - 5).section(u';', 0, 0);
    part.data = QByteArray::fromBase64(url.mid(comma + 1).toLatin1());
    delta.parts.append(part);
}

void readMessage(const QJsonObject &message, ChatDelta &delta)
{
    addPart(delta, ChatPart::Kind::Thought, message["reasoning_content"_L1].toString());
    addPart(delta, ChatPart::Kind::Text, message["content"_L1].toString());
    addPart(delta, ChatPart::Kind::Text, message["refusal"_L1].toString());
    for (const QJsonValue image : message["images"_L1].toArray())
        addPicture(delta, image.toObject()["image_url"_L1].toObject()["url"_L1].toString());
    for (const QJsonValue call : message["tool_calls"_L1].toArray()) {
        const QJsonObject function = call.toObject()["function"_L1].toObject();
        const QString name = function["name"_L1].toString();
        addPart(delta, ChatPart::Kind::Call,
                (name.isEmpty() ? QString() : name + u' ') + function["arguments"_L1].toString());
    }
    for (const QJsonValue annotation : message["annotations"_L1].toArray()) {
        const QJsonObject citation = annotation.toObject()["url_citation"_L1].toObject();
        const ChatSource source{citation["title"_L1].toString(), citation["url"_L1].toString()};
        if (!source.uri.isEmpty() && !delta.sources.contains(source))
            delta.sources.append(source);
    }
}

} // namespace

QString OpenAiChat::id() const
{
    return u"openai"_s;
}

QString OpenAiChat::name() const
{
    return u"OpenAI"_s;
}

ChatCall OpenAiChat::write(const ChatQuestion &question) const
{
    return {"/v1/chat/completions", QJsonDocument(bodyOf(question)).toJson(QJsonDocument::Compact)};
}

ChatDelta OpenAiChat::read(const QByteArray &data) const
{
    ChatDelta delta;
    if (data.trimmed() == "[DONE]") {
        delta.isEnd = true;
        return delta;
    }
    const QJsonObject event = QJsonDocument::fromJson(data).object();
    if (event.contains("error"_L1)) {
        delta.failure = failureOf(event["error"_L1].toObject(), 0);
        return delta;
    }
    delta.model = event["model"_L1].toString();
    const QJsonObject usage = event["usage"_L1].toObject();
    delta.inputTokens = usage["prompt_tokens"_L1].toInteger(-1);
    delta.outputTokens = usage["completion_tokens"_L1].toInteger(-1);
    const QJsonObject choice = event["choices"_L1].toArray().first().toObject();
    readMessage(choice["delta"_L1].toObject(), delta);
    const QString finish = choice["finish_reason"_L1].toString();
    if (!finish.isEmpty() && finish != "stop"_L1)
        delta.stopReason = finish;
    return delta;
}

ChatFailure OpenAiChat::readFailure(int status, const QByteArray &body) const
{
    return failureOf(QJsonDocument::fromJson(body).object()["error"_L1].toObject(), status);
}

} // namespace Ui
