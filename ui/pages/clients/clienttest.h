#pragma once

#include <QObject>
#include <QPointer>

#include "gateway/control/control.h"
#include "ui/pages/clients/clientcall.h"

class QNetworkAccessManager;
class QNetworkReply;

namespace Ui {

/// Makes the call a client would make, one at a time, and tells how it went.
class ClientTest final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ClientTest)

public:
    explicit ClientTest(Gateway::Control &control, QObject *parent = nullptr);
    ~ClientTest() override;

    /// Drops one that runs.
    void run(const ClientRecipe &recipe, const Filling &filling);
    void cancel();

Q_SIGNALS:
    void finished(const Ui::ClientVerdict &verdict);
    /// Later, when the record of the good call names its key: the same sentence with it.
    void keyKnown(const QString &text);

private:
    void finish(const ClientRecipe &recipe, const Filling &filling, qint64 elapsedMs);
    void askForKey(const QByteArray &requestId, const QString &text);

    Gateway::Control &m_control;
    QNetworkAccessManager *m_network;
    QPointer<QNetworkReply> m_reply;
    int m_run = 0;
};

} // namespace Ui
