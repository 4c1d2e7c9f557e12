#include "app/singleinstance.h"

#include <QCryptographicHash>
#include <QLocalSocket>

using namespace Qt::StringLiterals;

namespace Gateway {

namespace {

constexpr int WAIT_MS = 500;

} // namespace

SingleInstance::SingleInstance(const std::string &database, QObject *parent)
    : QObject(parent)
    , m_name(u"gemini-balance-"_s +
             QString::fromLatin1(
                 QCryptographicHash::hash(QByteArray::fromStdString(database + qgetenv("USER").toStdString()),
                                          QCryptographicHash::Sha256)
                     .toHex()
                     .left(24)))
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, [this] {
        while (QLocalSocket *socket = m_server.nextPendingConnection())
            connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        Q_EMIT raiseRequested();
    });
}

bool SingleInstance::raiseOther()
{
    QLocalSocket socket;
    socket.connectToServer(m_name);
    return socket.waitForConnected(WAIT_MS);
}

void SingleInstance::listen()
{
    if (m_server.isListening())
        return;
    // What a killed instance left behind; a living one was asked before.
    QLocalServer::removeServer(m_name);
    m_server.listen(m_name);
}

} // namespace Gateway
