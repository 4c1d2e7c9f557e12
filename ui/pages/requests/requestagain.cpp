#include "ui/pages/requests/requestagain.h"

#include <utility>

#include <QNetworkProxy>
#include <QNetworkReply>

#include "ui/gatewayrequest.h"

using namespace Gateway;

namespace Ui {

RequestAgain::RequestAgain(Control &control, QObject *parent)
    : QObject(parent)
    , m_control(control)
    , m_token(control, OwnToken::SENT_AGAIN)
{
    // The gateway is on this computer or in its network: a system's proxy would not find it.
    m_network.setProxy(QNetworkProxy::NoProxy);
}

RequestAgain::~RequestAgain()
{
    stop();
}

void RequestAgain::send(RequestCall call)
{
    stop();
    m_call = std::move(call);
    m_isRunning = true;
    m_clock.start();
    ask(false);
}

void RequestAgain::stop()
{
    m_isRunning = false;
    if (!m_reply)
        return;
    m_reply->disconnect(this);
    m_reply->abort();
    m_reply->deleteLater();
    m_reply.clear();
}

void RequestAgain::ask(bool isSecondTry)
{
    m_token.get(this, [this, isSecondTry](const Result<Secret> &secret) {
        if (!m_isRunning)
            return;
        if (secret) {
            sendWith(*secret, isSecondTry);
            return;
        }
        m_isRunning = false;
        Q_EMIT failed(QString::fromStdString(secret.error().text));
    });
}

void RequestAgain::sendWith(const Secret &token, bool isSecondTry)
{
    const QString address = QString::fromStdString(m_control.status().address);
    if (address.isEmpty()) {
        m_isRunning = false;
        Q_EMIT failed(tr("The gateway is not serving now."));
        return;
    }
    QNetworkRequest request = gatewayRequest(address, m_call.path.toLatin1(), token);
    for (const auto &[name, value] : std::as_const(m_call.headers))
        request.setRawHeader(name, value);
    m_reply = m_network.sendCustomRequest(request, m_call.method, m_call.body);
    connect(m_reply, &QNetworkReply::finished, this, [this, isSecondTry] { finish(isSecondTry); });
}

void RequestAgain::finish(bool isSecondTry)
{
    QNetworkReply *reply = m_reply;
    m_reply.clear();
    reply->deleteLater();
    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status == 401 && !isSecondTry) { // the token was rotated or deleted meanwhile
        m_token.forget();
        ask(true);
        return;
    }
    m_isRunning = false;
    const bool isBroken = status < 400 && reply->error() != QNetworkReply::NoError;
    if (status == 0 || isBroken)
        Q_EMIT failed(reply->errorString());
    else
        Q_EMIT answered(status, QString::fromLatin1(reply->rawHeader("x-request-id")), m_clock.elapsed());
}

} // namespace Ui
