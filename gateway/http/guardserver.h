#pragma once

#include <QTcpServer>

#include "gateway/http/guardcontext.h"

namespace Gateway {

/// Accepts connections as GuardSockets, for QAbstractHttpServer::bind(). Over the limit of connections, some
/// more are admitted only to be told 503 in their dialect; beyond those the answer is a bare one.
class GuardServer final : public QTcpServer
{
    Q_OBJECT

public:
    explicit GuardServer(GuardContext &context, QObject *parent = nullptr);

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    GuardContext &m_context;
};

} // namespace Gateway
