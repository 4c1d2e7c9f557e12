#pragma once

#include <QByteArray>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include "gateway/common/json.h"

class QNetworkReply;

namespace Gateway {

class RemoteCalls;

/// A server's event stream, opened again whenever it ends.
class RemoteEvents final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RemoteEvents)

public:
    /// `calls` outlives this.
    explicit RemoteEvents(RemoteCalls &calls, QObject *parent = nullptr);
    ~RemoteEvents() override;

    void start();

Q_SIGNALS:
    /// `name`: "keys", "status", …; "hello" after each opening, "missed" when some were left out: in both
    /// cases all may have changed.
    void came(const QByteArray &name, const Gateway::json::value &data);
    /// The stream ended or could not be opened.
    void lost();

private:
    void read();
    void ended();
    void takeLine(const QByteArray &line);

    RemoteCalls &m_calls;
    QTimer m_again;
    QPointer<QNetworkReply> m_reply;
    QByteArray m_buffer;
    QByteArray m_name;
    QByteArray m_data;
};

} // namespace Gateway
