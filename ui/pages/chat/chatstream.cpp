#include "ui/pages/chat/chatstream.h"

#include <algorithm>
#include <utility>

#include <QNetworkAccessManager>
#include <QNetworkReply>

#include "ui/gatewayrequest.h"
#include "ui/owntoken.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

int statusOf(const QNetworkReply &reply)
{
    return reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

} // namespace

ChatFailure networkFailure(const QNetworkReply &reply)
{
    ChatFailure failure;
    failure.status = statusOf(reply);
    failure.text = reply.error() == QNetworkReply::ConnectionRefusedError
                       ? ChatStream::tr("The gateway does not answer.")
                       : ChatStream::tr("The connection to the gateway broke: %1").arg(reply.errorString());
    return failure;
}

ChatStream::ChatStream(QNetworkAccessManager &network, OwnToken &token, const ChatDialect &dialect,
                       QString address, const ChatQuestion &question, QObject *parent)
    : QObject(parent)
    , m_network(network)
    , m_token(token)
    , m_dialect(dialect)
    , m_address(std::move(address))
    , m_call(dialect.write(question))
    , m_model(question.model)
{
    m_turn.isUser = false;
    m_clock.start();
    const auto use = [this](const Result<Secret> &secret) {
        if (m_isOver)
            return;
        if (secret)
            send(*secret);
        else
            endWith({secret.error().status, {}, QString::fromStdString(secret.error().text), 0});
    };
    // From the event loop, so that the caller can connect first.
    QMetaObject::invokeMethod(
        this,
        [this, use] {
            if (m_isOver)
                return;
            if (m_address.isEmpty())
                endWith({0, {}, tr("The gateway is not serving now."), 0});
            else
                m_token.get(this, use);
        },
        Qt::QueuedConnection);
}

ChatStream::~ChatStream()
{
    if (m_reply) {
        m_reply->disconnect(this);
        m_reply->abort();
        m_reply->deleteLater();
    }
}

void ChatStream::send(const Secret &token)
{
    m_reply = m_network.post(gatewayRequest(m_address, m_call.path, token), m_call.body);
    connect(m_reply, &QNetworkReply::readyRead, this, &ChatStream::readSome);
    connect(m_reply, &QNetworkReply::finished, this, &ChatStream::end);
}

void ChatStream::readSome()
{
    if (statusOf(*m_reply) != 200)
        return; // an error's body is read whole
    m_requestId = QString::fromLatin1(m_reply->rawHeader("x-request-id"));
    const QByteArray bytes = m_reply->readAll();
    const QList<QByteArray> events = m_dialect.isLines() ? m_lines.add(bytes) : m_events.add(bytes);
    for (const QByteArray &event : events)
        take(m_dialect.read(event));
    if (!events.isEmpty())
        Q_EMIT grew();
}

void ChatStream::take(const ChatDelta &delta)
{
    for (const ChatPart &part : delta.parts) {
        const bool isFirstWord = part.kind != ChatPart::Kind::Thought && m_turn.thoughtMs < 0 &&
                                 !textOf(m_turn, ChatPart::Kind::Thought).isEmpty();
        if (isFirstWord)
            m_turn.thoughtMs = m_clock.elapsed();
        if (part.kind == ChatPart::Kind::Data)
            m_turn.parts.append(part);
        else
            addText(m_turn, part.kind, part.text);
        if (!part.signature.isEmpty() && !m_turn.parts.isEmpty())
            m_turn.parts.last().signature = part.signature;
    }
    if (!delta.sources.isEmpty()) // each event tells all of them
        m_turn.sources = delta.sources;
    if (!delta.citations.isEmpty())
        m_turn.citations = delta.citations;
    m_usage.inputTokens = delta.inputTokens >= 0 ? delta.inputTokens : m_usage.inputTokens;
    m_usage.outputTokens = delta.outputTokens >= 0 ? delta.outputTokens : m_usage.outputTokens;
    if (!delta.model.isEmpty())
        m_model = delta.model;
    if (!delta.stopReason.isEmpty())
        m_stopReason = delta.stopReason;
    m_hasEnd = m_hasEnd || delta.isEnd;
    if (delta.failure.isSet())
        m_failure = delta.failure;
}

void ChatStream::end()
{
    const int status = statusOf(*m_reply);
    m_requestId = QString::fromLatin1(m_reply->rawHeader("x-request-id"));
    if (status == 200)
        readSome();
    const QByteArray body = status == 200 ? QByteArray() : m_reply->readAll();
    m_reply->deleteLater();
    if (status >= 300)
        return sendAgainOrFail(body);
    if (!m_failure.isSet() && !m_hasEnd)
        m_failure = m_reply->error() != QNetworkReply::NoError
                        ? networkFailure(*m_reply)
                        : ChatFailure{status, {}, tr("The answer broke off."), 0};
    over();
}

/// A token that was revoked or renewed elsewhere is replaced once.
void ChatStream::sendAgainOrFail(const QByteArray &body)
{
    const int status = statusOf(*m_reply);
    if (status == 401 && !m_isSecondTry) {
        m_isSecondTry = true;
        m_token.forget();
        m_token.get(this, [this](const Result<Secret> &secret) {
            if (secret)
                send(*secret);
            else
                endWith({secret.error().status, {}, QString::fromStdString(secret.error().text), 0});
        });
        return;
    }
    ChatFailure failure = m_dialect.readFailure(status, body);
    if (failure.text.isEmpty())
        failure.text = tr("The gateway answered with status %1.").arg(status);
    if (failure.retryAfterMs == 0)
        failure.retryAfterMs = m_reply->rawHeader("Retry-After").toLongLong() * 1000;
    endWith(failure);
}

void ChatStream::endWith(ChatFailure failure)
{
    m_failure = std::move(failure);
    over();
}

void ChatStream::over()
{
    if (std::exchange(m_isOver, true))
        return;
    m_usage.durationMs = m_clock.elapsed();
    Q_EMIT finished();
}

void ChatStream::cancel()
{
    if (m_isOver)
        return;
    if (m_reply) {
        m_reply->disconnect(this);
        m_reply->abort();
        m_reply->deleteLater();
        m_reply = nullptr;
    }
    over();
}

} // namespace Ui
