#include "ui/pages/clients/clienttest.h"

#include <QElapsedTimer>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QTimer>

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int TIMEOUT_MS = 60'000;
constexpr int RECORD_MS = 700; // a record is written a quarter of a second after the answer's end

} // namespace

ClientTest::ClientTest(Control &control, QObject *parent)
    : QObject(parent)
    , m_control(control)
    , m_network(new QNetworkAccessManager(this))
{
    // The gateway is on this computer or in its network: a system's proxy would not find it.
    m_network->setProxy(QNetworkProxy::NoProxy);
}

ClientTest::~ClientTest()
{
    cancel();
}

void ClientTest::cancel()
{
    ++m_run;
    if (!m_reply)
        return;
    m_reply->disconnect(this);
    m_reply->abort();
    m_reply->deleteLater();
    m_reply.clear();
}

void ClientTest::run(const ClientRecipe &recipe, const Filling &filling)
{
    cancel();
    const ClientRequest call = clientRequest(recipe, filling);
    QNetworkRequest request{QUrl(call.url)};
    request.setTransferTimeout(TIMEOUT_MS);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    for (const auto &[name, value] : call.headers)
        request.setRawHeader(name, value);
    QElapsedTimer timer;
    timer.start();
    m_reply = m_network->post(request, call.body);
    connect(m_reply, &QNetworkReply::finished, this,
            [this, &recipe, filling, timer] { finish(recipe, filling, timer.elapsed()); });
}

void ClientTest::finish(const ClientRecipe &recipe, const Filling &filling, qint64 elapsedMs)
{
    ClientAnswer answer;
    answer.status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    answer.body = m_reply->readAll();
    answer.model = m_reply->rawHeader("x-gateway-model");
    answer.elapsedMs = elapsedMs;
    const QByteArray requestId = m_reply->rawHeader("x-request-id");
    m_reply->deleteLater();
    m_reply.clear();
    const bool isPaused = m_control.status().state == GatewayStatus::State::Paused;
    const ClientVerdict verdict = judged(recipe, filling, answer, isPaused);
    Q_EMIT finished(verdict);
    if (verdict.isGood && !requestId.isEmpty())
        askForKey(requestId, verdict.text);
}

void ClientTest::askForKey(const QByteArray &requestId, const QString &text)
{
    QTimer::singleShot(RECORD_MS, this, [this, requestId, text, run = m_run] {
        if (run != m_run)
            return;
        m_control.records().request(
            requestId.toStdString(),
            {this, [this, text, run](const Result<RequestDetail> &detail) {
                 if (run != m_run || !detail || detail->request.keyLabel.empty())
                     return;
                 Q_EMIT keyKnown(
                     tr("%1 through key %2").arg(text, QString::fromStdString(detail->request.keyLabel)));
             }});
    });
}

} // namespace Ui
