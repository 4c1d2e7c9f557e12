#include "ui/pages/chat/anthropicchat.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

/// The API insists on a bound; this one leaves room for thoughts and a long answer.
constexpr int MAX_TOKENS = 32'000;

struct Budget
{
    QLatin1StringView level;
    int tokens;
};

constexpr Budget BUDGETS[] = {
    {"minimal"_L1, 1024}, {"low"_L1, 2048}, {"medium"_L1, 8192}, {"high"_L1, 24576}};

QJsonObject thinkingOf(const QString &level)
{
    for (const Budget &budget : BUDGETS) {
        if (level == budget.level)
            return {{u"type"_s, u"enabled"_s}, {u"budget_tokens"_s, budget.tokens}};
    }
    return {{u"type"_s, u"adaptive"_s}};
}

QJsonObject blockOf(const ChatPart &part)
{
    if (part.kind == ChatPart::Kind::Text)
        return {{u"type"_s, u"text"_s}, {u"text"_s, part.text}};
    const bool isPicture = part.mimeType.startsWith("image/"_L1);
    QJsonObject block{{u"type"_s, isPicture ? u"image"_s : u"document"_s},
                      {u"source"_s, QJsonObject{{u"type"_s, u"base64"_s},
                                                {u"media_type"_s, part.mimeType},
                                                {u"data"_s, QString::fromLatin1(part.data.toBase64())}}}};
    if (!isPicture && !part.name.isEmpty())
        block["title"_L1] = part.name;
    return block;
}

/// What the model said goes back as text; files are the user's.
QJsonArray blocksOf(const ChatTurn &turn)
{
    QJsonArray blocks;
    for (const ChatPart &part : turn.parts) {
        if (part.kind == ChatPart::Kind::Text || (turn.isUser && part.kind == ChatPart::Kind::Data))
            blocks.append(blockOf(part));
    }
    return blocks;
}

QJsonObject bodyOf(const ChatQuestion &question)
{
    QJsonArray messages;
    for (const ChatTurn &turn : question.turns) {
        if (const QJsonArray blocks = blocksOf(turn); !blocks.isEmpty())
            messages.append(
                QJsonObject{{u"role"_s, turn.isUser ? u"user"_s : u"assistant"_s}, {u"content"_s, blocks}});
    }
    QJsonObject body{{u"model"_s, question.model},
                     {u"max_tokens"_s, MAX_TOKENS},
                     {u"messages"_s, messages},
                     {u"stream"_s, true}};
    if (!question.system.isEmpty())
        body["system"_L1] = question.system;
    if (question.temperature >= 0)
        body["temperature"_L1] = question.temperature;
    if (question.thinks)
        body["thinking"_L1] = thinkingOf(question.thinkingLevel);
    if (question.searches)
        body["tools"_L1] =
            QJsonArray{QJsonObject{{u"type"_s, u"web_search_20250305"_s}, {u"name"_s, u"web_search"_s}}};
    return body;
}

void readBlock(const QJsonObject &block, ChatDelta &delta)
{
    const QString type = block["type"_L1].toString();
    if (type == "text"_L1)
        addPart(delta, ChatPart::Kind::Text, block["text"_L1].toString());
    else if (type == "thinking"_L1)
        addPart(delta, ChatPart::Kind::Thought, block["thinking"_L1].toString());
    else if (type == "tool_use"_L1)
        addPart(delta, ChatPart::Kind::Call, block["name"_L1].toString() + u' ');
    for (const QJsonValue result : block["content"_L1].toArray()) {
        const QJsonObject page = result.toObject();
        if (const QString url = page["url"_L1].toString(); !url.isEmpty())
            delta.sources.append({page["title"_L1].toString(), url});
    }
}

void readDelta(const QJsonObject &change, ChatDelta &delta)
{
    addPart(delta, ChatPart::Kind::Text, change["text"_L1].toString());
    addPart(delta, ChatPart::Kind::Thought, change["thinking"_L1].toString());
    addPart(delta, ChatPart::Kind::Call, change["partial_json"_L1].toString());
}

void readUsage(const QJsonObject &usage, ChatDelta &delta)
{
    if (usage.contains("input_tokens"_L1))
        delta.inputTokens = usage["input_tokens"_L1].toInteger();
    if (usage.contains("output_tokens"_L1))
        delta.outputTokens = usage["output_tokens"_L1].toInteger();
}

} // namespace

QString AnthropicChat::id() const
{
    return u"anthropic"_s;
}

QString AnthropicChat::name() const
{
    return u"Anthropic"_s;
}

ChatCall AnthropicChat::write(const ChatQuestion &question) const
{
    return {"/v1/messages", QJsonDocument(bodyOf(question)).toJson(QJsonDocument::Compact)};
}

ChatDelta AnthropicChat::read(const QByteArray &data) const
{
    ChatDelta delta;
    const QJsonObject event = QJsonDocument::fromJson(data).object();
    const QString type = event["type"_L1].toString();
    if (type == "error"_L1) {
        delta.failure = failureOf(event["error"_L1].toObject(), 0);
    } else if (type == "message_start"_L1) {
        const QJsonObject message = event["message"_L1].toObject();
        delta.model = message["model"_L1].toString();
        readUsage(message["usage"_L1].toObject(), delta);
    } else if (type == "content_block_start"_L1) {
        readBlock(event["content_block"_L1].toObject(), delta);
    } else if (type == "content_block_delta"_L1) {
        readDelta(event["delta"_L1].toObject(), delta);
    } else if (type == "message_delta"_L1) {
        readUsage(event["usage"_L1].toObject(), delta);
        const QString reason = event["delta"_L1].toObject()["stop_reason"_L1].toString();
        if (!reason.isEmpty() && reason != "end_turn"_L1 && reason != "tool_use"_L1)
            delta.stopReason = reason;
    }
    delta.isEnd = type == "message_stop"_L1;
    return delta;
}

ChatFailure AnthropicChat::readFailure(int status, const QByteArray &body) const
{
    return failureOf(QJsonDocument::fromJson(body).object()["error"_L1].toObject(), status);
}

} // namespace Ui
