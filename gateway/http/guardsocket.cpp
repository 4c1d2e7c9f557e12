#include "gateway/http/guardsocket.h"

#include <algorithm>
#include <cstring>
#include <string_view>

#include <QHostAddress>

namespace Gateway {

namespace {

/// What QHttpServer's parser sees of every request: the shortest head that satisfies it, as it reads byte by
/// byte. Scheme and host in the target spare it making them up.
constexpr std::string_view PRESENTED = "G a://a HTTP/1.1\n\n";

} // namespace

GuardSocket::GuardSocket(GuardContext &context, int fd, bool overCap)
    : m_context(context)
    , m_connection(context, *this, fd, overCap)
{
    const Endpoint &peer = m_connection.peerEndpoint();
    setPeerAddress(QHostAddress(QString::fromLatin1(peer.address)));
    setPeerPort(peer.port);
    QIODevice::open(ReadWrite | Unbuffered); // no buffer of 16 KiB for each connection
    setSocketState(ConnectedState);
}

GuardSocket::~GuardSocket()
{
    setSocketState(UnconnectedState); // or the base would close a descriptor it never had
}

std::size_t GuardSocket::presentable() const
{
    return m_context.current == &m_connection ? PRESENTED.size() - m_presented : 0;
}

void GuardSocket::requestComplete()
{
    m_presented = 0;
    m_context.current = &m_connection;
    Q_EMIT readyRead();
    m_context.current = nullptr;
}

void GuardSocket::connectionClosed()
{
    setSocketState(UnconnectedState);
    Q_EMIT disconnected();
}

qint64 GuardSocket::bytesAvailable() const
{
    return static_cast<qint64>(presentable());
}

qint64 GuardSocket::readData(char *data, qint64 maxSize)
{
    const std::size_t count = std::min(presentable(), static_cast<std::size_t>(maxSize));
    std::memcpy(data, PRESENTED.data() + m_presented, count);
    m_presented += count;
    return static_cast<qint64>(count);
}

qint64 GuardSocket::writeData(const char *, qint64 size)
{
    return size;
}

} // namespace Gateway
