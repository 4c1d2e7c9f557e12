#include "ui/pages/chat/chatclient.h"

#include <algorithm>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkReply>

#include "ui/gatewayrequest.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int LIST_MS = 15'000;

QString addressOf(const Control &control)
{
    QString address = QString::fromStdString(control.status().address);
    while (address.endsWith(u'/'))
        address.chop(1);
    return address;
}

} // namespace

ChatClient::ChatClient(Control &control, QObject *parent)
    : QObject(parent)
    , m_control(control)
    , m_token(control, OwnToken::CHAT)
    , m_dialects(chatDialects())
{
}

ChatClient::~ChatClient() = default;

const ChatDialect &ChatClient::dialect(const QString &id) const
{
    const auto found = std::find_if(m_dialects.begin(), m_dialects.end(),
                                    [&id](const auto &dialect) { return dialect->id() == id; });
    return found == m_dialects.end() ? *m_dialects.front() : **found;
}

ChatStream *ChatClient::ask(const ChatQuestion &question, const QString &dialectId, QObject *parent)
{
    return new ChatStream(m_network, m_token, dialect(dialectId), addressOf(m_control), question, parent);
}

void ChatClient::readModels()
{
    if (m_isReading)
        return;
    m_isReading = true;
    m_token.get(this, [this](const Result<Secret> &secret) {
        if (secret) {
            sendModels(*secret, false);
            return;
        }
        m_isReading = false;
        Q_EMIT modelsFailed({secret.error().status, {}, QString::fromStdString(secret.error().text), 0});
    });
}

void ChatClient::sendModels(const Secret &token, bool isSecondTry)
{
    QNetworkRequest request = gatewayRequest(addressOf(m_control), "/v1/models", token);
    request.setTransferTimeout(LIST_MS);
    QNetworkReply *reply = m_network.get(request);
    connect(reply, &QNetworkReply::finished, this, [this, reply, isSecondTry] {
        reply->deleteLater();
        const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        if (status == 401 && !isSecondTry) {
            m_token.forget();
            m_token.get(this, [this](const Result<Secret> &secret) {
                m_isReading = secret.has_value();
                if (secret)
                    sendModels(*secret, true);
            });
            return;
        }
        m_isReading = false;
        const QByteArray body = reply->readAll();
        if (status == 200)
            readModelList(body);
        else if (status == 0)
            Q_EMIT modelsFailed(networkFailure(*reply));
        else
            Q_EMIT modelsFailed(dialect(u"openai"_s).readFailure(status, body));
    });
}

void ChatClient::readModelList(const QByteArray &body)
{
    QList<ChatModel> models;
    for (const QJsonValue value : QJsonDocument::fromJson(body).object()["data"_L1].toArray()) {
        const QJsonObject model = value.toObject();
        const QString id = model["id"_L1].toString();
        // What writes one token at most is for embeddings.
        if (id.isEmpty() || model["max_output_tokens"_L1].toInt(2) <= 1)
            continue;
        models.append({id, model["display_name"_L1].toString(id)});
    }
    if (models == m_models)
        return;
    m_models = models;
    Q_EMIT modelsChanged();
}

} // namespace Ui
