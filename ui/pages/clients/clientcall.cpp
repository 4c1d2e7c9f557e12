#include "ui/pages/clients/clientcall.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>

#include "ui/text/format.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

class Words
{
    Q_DECLARE_TR_FUNCTIONS(Ui::ClientTest)
};

constexpr auto QUESTION = "Answer with the one word: ok"_L1;
constexpr qsizetype LONGEST_ERROR = 200;

QByteArray json(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QJsonArray chatMessages()
{
    return {QJsonObject{{u"role"_s, u"user"_s}, {u"content"_s, QUESTION}}};
}

QByteArray geminiBody()
{
    const QJsonObject part{{u"text"_s, QUESTION}};
    const QJsonObject content{{u"role"_s, u"user"_s}, {u"parts"_s, QJsonArray{part}}};
    return json({{u"contents"_s, QJsonArray{content}}});
}

QByteArray bodyOf(const ClientRecipe &recipe, const QString &model)
{
    const bool isStream = recipe.call == ClientCall::OpenAiChatStream;
    switch (recipe.call) {
    case ClientCall::GeminiStream:
    case ClientCall::GeminiGenerate:
    case ClientCall::GeminiWithoutVersion:
        return geminiBody();
    case ClientCall::OpenAiChat:
    case ClientCall::OpenAiChatStream:
    case ClientCall::OllamaChat:
        return json({{u"model"_s, model}, {u"stream"_s, isStream}, {u"messages"_s, chatMessages()}});
    case ClientCall::OpenAiResponses:
        return json({{u"model"_s, model}, {u"input"_s, chatMessages()}, {u"stream"_s, true}});
    case ClientCall::AnthropicMessages:
        break;
    }
    return json({{u"model"_s, model}, {u"max_tokens"_s, 1024}, {u"messages"_s, chatMessages()}});
}

QString pathOf(ClientCall call, const QString &model)
{
    const QString encoded = QString::fromLatin1(QUrl::toPercentEncoding(model, "/"));
    switch (call) {
    case ClientCall::GeminiStream:
        return "/v1beta/models/"_L1 + encoded + ":streamGenerateContent?alt=sse"_L1;
    case ClientCall::GeminiGenerate:
        return "/v1beta/models/"_L1 + encoded + ":generateContent"_L1;
    case ClientCall::GeminiWithoutVersion:
        return "/models/"_L1 + encoded + ":streamGenerateContent?alt=sse"_L1;
    case ClientCall::OpenAiChat:
    case ClientCall::OpenAiChatStream:
        return u"/v1/chat/completions"_s;
    case ClientCall::OpenAiResponses:
        return u"/v1/responses"_s;
    case ClientCall::AnthropicMessages:
        return u"/v1/messages?beta=true"_s;
    case ClientCall::OllamaChat:
        break;
    }
    return u"/api/chat"_s;
}

/// The JSON objects of an answer: the body, or the data of its events, or its lines.
std::vector<QJsonObject> objectsOf(const QByteArray &body)
{
    std::vector<QJsonObject> objects;
    if (const QJsonDocument whole = QJsonDocument::fromJson(body); whole.isObject())
        return {whole.object()};
    for (const QByteArray &line : body.split('\n')) {
        const QByteArray data = line.startsWith("data:") ? line.mid(5) : line;
        if (const QJsonDocument event = QJsonDocument::fromJson(data.trimmed()); event.isObject())
            objects.push_back(event.object());
    }
    return objects;
}

/// The words of an error in any dialect's form; empty when the object tells none.
QString errorText(const QJsonObject &object)
{
    const QJsonValue error = object[u"error"_s];
    QString text = error.isString() ? error.toString() : error[u"message"_s].toString();
    text = text.simplified();
    return text.size() > LONGEST_ERROR ? text.left(LONGEST_ERROR) + u'…' : text;
}

bool isAnswer(const QJsonObject &object)
{
    for (const QLatin1StringView part :
         {"candidates"_L1, "choices"_L1, "output"_L1, "response"_L1, "content"_L1, "message"_L1}) {
        if (object.contains(part))
            return true;
    }
    return false;
}

QString withReason(const QString &sentence, const QString &reason)
{
    return reason.isEmpty() ? sentence : sentence + ": "_L1 + reason;
}

ClientVerdict refused(const ClientAnswer &answer, const QString &reason, const QString &code, bool isPaused)
{
    if (answer.status == 401) {
        const bool isExpired = code == "token_expired"_L1 || reason.contains("has expired"_L1);
        return {false,
                isExpired ? Words::tr("Refused: this token has expired")
                          : withReason(Words::tr("Refused"), reason),
                ClientVerdict::Next::Renew};
    }
    if (answer.status == 503 && isPaused)
        return {false, Words::tr("No answer: the gateway is paused"), ClientVerdict::Next::Resume};
    if (answer.status == 404)
        return {false, withReason(Words::tr("The gateway does not serve this call"), reason), {}};
    if (answer.status == 429)
        return {false, withReason(Words::tr("A limit is reached"), reason), {}};
    return {false, withReason(Words::tr("Failed with status %1").arg(answer.status), reason), {}};
}

} // namespace

ClientRequest clientRequest(const ClientRecipe &recipe, const Filling &filling)
{
    ClientRequest request;
    request.url = filling.address + pathOf(recipe.call, filling.model);
    request.headers.emplace_back("Content-Type", "application/json");
    const QByteArray token = filling.token.toUtf8();
    if (recipe.dialect == Dialect::Gemini)
        request.headers.emplace_back("x-goog-api-key", token);
    else
        request.headers.emplace_back("Authorization", "Bearer " + token);
    if (recipe.dialect == Dialect::Anthropic)
        request.headers.emplace_back("anthropic-version", "2023-06-01");
    request.body = bodyOf(recipe, filling.model);
    return request;
}

ClientVerdict judged(const ClientRecipe &recipe, const Filling &filling, const ClientAnswer &answer,
                     bool isPaused)
{
    Q_UNUSED(recipe)
    if (answer.status == 0)
        return isPaused ? ClientVerdict{false, Words::tr("No answer: is the gateway paused?"),
                                        ClientVerdict::Next::Resume}
                        : ClientVerdict{false, Words::tr("No answer: is the gateway running?"), {}};
    const std::vector<QJsonObject> objects = objectsOf(answer.body);
    QString reason;
    QString code;
    bool hasAnswer = false;
    for (const QJsonObject &object : objects) {
        if (reason.isEmpty()) {
            reason = errorText(object);
            code = object[u"error"_s][u"code"_s].toString();
        }
        hasAnswer = hasAnswer || isAnswer(object);
    }
    if (answer.status != 200)
        return refused(answer, reason, code, isPaused);
    // A stream begins with 200 before it is known how it ends.
    if (!reason.isEmpty())
        return {false, withReason(Words::tr("The answer broke off"), reason), {}};
    if (!hasAnswer)
        return {false, Words::tr("What answered is no gateway: look at the address"), {}};
    const QString model = answer.model.isEmpty() ? filling.model : QString::fromUtf8(answer.model);
    return {true, Words::tr("It works: %1 answered in %2").arg(model, durationText(answer.elapsedMs)), {}};
}

} // namespace Ui
