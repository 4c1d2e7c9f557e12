#pragma once

#include <QElapsedTimer>
#include <QNetworkRequest>
#include <QObject>
#include <QPointer>

#include "gateway/control/control.h"
#include "ui/pages/chat/chatdialect.h"
#include "ui/pages/chat/ssereader.h"

class QNetworkAccessManager;
class QNetworkReply;

namespace Ui {

class OwnToken;

/// What an answer cost.
struct ChatUsage
{
    qint64 inputTokens = -1; ///< -1: not told.
    qint64 outputTokens = -1;
    qint64 durationMs = -1;
};

/// One answer as it comes.
class ChatStream final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ChatStream)

public:
    /// All of it outlives this. `address`: of the gateway, without a slash at its end; empty when it does not
    /// serve.
    ChatStream(QNetworkAccessManager &network, OwnToken &token, const ChatDialect &dialect, QString address,
               const ChatQuestion &question, QObject *parent);
    ~ChatStream() override;

    /// What has come so far.
    const ChatTurn &turn() const { return m_turn; }
    const ChatUsage &usage() const { return m_usage; }
    const QString &model() const { return m_model; }
    /// The x-request-id, once there is an answer.
    const QString &requestId() const { return m_requestId; }
    /// How it ended; not set after a good end and after cancel().
    const ChatFailure &failure() const { return m_failure; }
    /// Why the model stopped before its end: "MAX_TOKENS"; empty after a usual end.
    const QString &stopReason() const { return m_stopReason; }
    bool isOver() const { return m_isOver; }

    /// Ends it; what has come stays. The gateway then cancels what it asked of Google.
    void cancel();

Q_SIGNALS:
    /// More has come; with every network read, so who paints gathers them.
    void grew();
    /// Once.
    void finished();

private:
    void send(const Gateway::Secret &token);
    void sendAgainOrFail(const QByteArray &body);
    void readSome();
    void take(const ChatDelta &delta);
    void end();
    void endWith(ChatFailure failure);
    void over();

    QNetworkAccessManager &m_network;
    OwnToken &m_token;
    const ChatDialect &m_dialect;
    QString m_address;
    ChatCall m_call;
    QPointer<QNetworkReply> m_reply;
    SseReader m_events;
    LineReader m_lines; ///< In place of m_events where the dialect has lines.
    QElapsedTimer m_clock;
    ChatTurn m_turn;
    ChatUsage m_usage;
    QString m_model;
    QString m_requestId;
    QString m_stopReason;
    ChatFailure m_failure;
    bool m_hasEnd = false; ///< The dialect's own sign of a whole answer has come.
    bool m_isSecondTry = false;
    bool m_isOver = false;
};

/// A reply that has no body of the gateway, in words.
ChatFailure networkFailure(const QNetworkReply &reply);

} // namespace Ui
