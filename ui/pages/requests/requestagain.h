#pragma once

#include <QElapsedTimer>
#include <QNetworkAccessManager>
#include <QObject>
#include <QPointer>

#include "ui/owntoken.h"
#include "ui/pages/requests/requestcall.h"

class QNetworkReply;

namespace Ui {

/// Sends a recorded request to the gateway once more, one at a time, with a token of the window's own.
class RequestAgain final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RequestAgain)

public:
    explicit RequestAgain(Gateway::Control &control, QObject *parent = nullptr);
    ~RequestAgain() override;

    bool isRunning() const { return m_isRunning; }
    /// `call` is one that whyNotAgain() has nothing against.
    void send(RequestCall call);
    /// Leaves the gateway before its answer; nothing is told then.
    void stop();

Q_SIGNALS:
    /// The answer has come whole. `id`: of its record, empty when the gateway gave none; `elapsedMs`: since
    /// send().
    void answered(int status, const QString &id, qint64 elapsedMs);
    void failed(const QString &reason);

private:
    void ask(bool isSecondTry);
    void sendWith(const Gateway::Secret &token, bool isSecondTry);
    void finish(bool isSecondTry);

    Gateway::Control &m_control;
    OwnToken m_token;
    QNetworkAccessManager m_network;
    RequestCall m_call;
    QPointer<QNetworkReply> m_reply;
    QElapsedTimer m_clock;
    bool m_isRunning = false;
};

} // namespace Ui
