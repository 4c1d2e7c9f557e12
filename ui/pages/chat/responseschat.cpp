#include "ui/pages/chat/responseschat.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

QJsonObject itemOf(const ChatPart &part)
{
    if (part.kind == ChatPart::Kind::Text)
        return {{u"type"_s, u"input_text"_s}, {u"text"_s, part.text}};
    if (part.mimeType.startsWith("image/"_L1))
        return {{u"type"_s, u"input_image"_s}, {u"image_url"_s, dataUrlOf(part)}};
    return {{u"type"_s, u"input_file"_s}, {u"filename"_s, part.name}, {u"file_data"_s, dataUrlOf(part)}};
}

/// What the model said goes back as text; files are the user's.
QJsonObject messageOf(const ChatTurn &turn)
{
    if (!turn.isUser)
        return {{u"role"_s, u"assistant"_s}, {u"content"_s, textOf(turn)}};
    QJsonArray items;
    for (const ChatPart &part : turn.parts) {
        if (part.kind == ChatPart::Kind::Text || part.kind == ChatPart::Kind::Data)
            items.append(itemOf(part));
    }
    return {{u"role"_s, u"user"_s}, {u"content"_s, items}};
}

QJsonObject requestOf(const ChatQuestion &question)
{
    QJsonArray input;
    for (const ChatTurn &turn : question.turns)
        input.append(messageOf(turn));
    QJsonObject body{
        {u"model"_s, question.model}, {u"input"_s, input}, {u"stream"_s, true}, {u"store"_s, false}};
    if (!question.system.isEmpty())
        body["instructions"_L1] = question.system;
    if (question.temperature >= 0)
        body["temperature"_L1] = question.temperature;
    if (question.searches)
        body["tools"_L1] = QJsonArray{QJsonObject{{u"type"_s, u"web_search"_s}}};
    if (!question.thinks)
        return body;
    QJsonObject reasoning{{u"summary"_s, u"auto"_s}};
    if (!question.thinkingLevel.isEmpty())
        reasoning["effort"_L1] = question.thinkingLevel;
    body["reasoning"_L1] = reasoning;
    return body;
}

/// Items that come whole: calls and pictures. Texts came piece by piece before.
void readItem(const QJsonObject &item, ChatDelta &delta)
{
    const QString type = item["type"_L1].toString();
    if (type == "function_call"_L1) {
        addPart(delta, ChatPart::Kind::Call,
                item["name"_L1].toString() + u' ' + item["arguments"_L1].toString());
    } else if (type == "code_interpreter_call"_L1) {
        addPart(delta, ChatPart::Kind::Call, item["code"_L1].toString());
    } else if (type == "image_generation_call"_L1) {
        ChatPart part;
        part.kind = ChatPart::Kind::Data;
        part.mimeType = u"image/"_s + item["output_format"_L1].toString(u"png"_s);
        part.data = QByteArray::fromBase64(item["result"_L1].toString().toLatin1());
        if (!part.data.isEmpty())
            delta.parts.append(part);
    }
}

void readEnd(const QJsonObject &response, ChatDelta &delta)
{
    delta.isEnd = true;
    const QJsonObject usage = response["usage"_L1].toObject();
    delta.inputTokens = usage["input_tokens"_L1].toInteger(-1);
    delta.outputTokens = usage["output_tokens"_L1].toInteger(-1);
    delta.stopReason = response["incomplete_details"_L1].toObject()["reason"_L1].toString();
    if (response["status"_L1].toString() == "failed"_L1)
        delta.failure = failureOf(response["error"_L1].toObject(), 0);
}

} // namespace

QString ResponsesChat::id() const
{
    return u"responses"_s;
}

QString ResponsesChat::name() const
{
    return u"OpenAI Responses"_s;
}

ChatCall ResponsesChat::write(const ChatQuestion &question) const
{
    return {"/v1/responses", QJsonDocument(requestOf(question)).toJson(QJsonDocument::Compact)};
}

ChatDelta ResponsesChat::read(const QByteArray &data) const
{
    ChatDelta delta;
    const QJsonObject event = QJsonDocument::fromJson(data).object();
    const QString type = event["type"_L1].toString();
    if (type == "error"_L1 || event["error"_L1].isObject()) {
        delta.failure = failureOf(event["error"_L1].isObject() ? event["error"_L1].toObject() : event, 0);
        return delta;
    }
    const QJsonObject response = event["response"_L1].toObject();
    delta.model = response["model"_L1].toString();
    if (type == "response.output_text.delta"_L1 || type == "response.refusal.delta"_L1) {
        addPart(delta, ChatPart::Kind::Text, event["delta"_L1].toString());
    } else if (type == "response.reasoning_summary_text.delta"_L1) {
        addPart(delta, ChatPart::Kind::Thought, event["delta"_L1].toString());
    } else if (type == "response.output_text.annotation.added"_L1) {
        const QJsonObject citation = event["annotation"_L1].toObject();
        const ChatSource source{citation["title"_L1].toString(), citation["url"_L1].toString()};
        if (!source.uri.isEmpty())
            delta.sources.append(source);
    } else if (type == "response.output_item.done"_L1) {
        readItem(event["item"_L1].toObject(), delta);
    } else if (type == "response.completed"_L1 || type == "response.incomplete"_L1 ||
               type == "response.failed"_L1) {
        readEnd(response, delta);
    }
    return delta;
}

ChatFailure ResponsesChat::readFailure(int status, const QByteArray &body) const
{
    return failureOf(QJsonDocument::fromJson(body).object()["error"_L1].toObject(), status);
}

} // namespace Ui
