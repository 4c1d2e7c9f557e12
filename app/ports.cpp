#include "app/ports.h"

#include <QDir>
#include <QFile>
#include <QHostAddress>
#include <QTcpServer>

using namespace Qt::StringLiterals;

namespace Gateway {

namespace {

constexpr int TRIES = 50;
constexpr QByteArrayView LISTENING = "0A"; // include/net/tcp_states.h

/// Inodes of the sockets that listen on the port, as /proc/net/tcp lists them (proc(5)).
QList<QByteArray> listeners(const QString &table, std::uint16_t port)
{
    QFile file(table);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray wanted = ':' + QByteArray::number(port, 16).rightJustified(4, '0').toUpper();
    QList<QByteArray> inodes;
    for (const QByteArray &line : file.readAll().split('\n').mid(1)) {
        const QList<QByteArray> fields = line.simplified().split(' ');
        if (fields.size() > 9 && fields[1].endsWith(wanted) && fields[3] == LISTENING)
            inodes += fields[9];
    }
    return inodes;
}

bool holds(const QString &process, const QList<QByteArray> &inodes)
{
    const QDir folder(process + u"/fd"_s);
    for (const QString &name : folder.entryList(QDir::Files | QDir::System)) {
        // QFile would make a path of "socket:[4711]".
        const QString target = QFileInfo(folder.filePath(name)).symLinkTarget();
        for (const QByteArray &inode : inodes) {
            if (target.endsWith(u"socket:["_s + QString::fromLatin1(inode) + u']'))
                return true;
        }
    }
    return false;
}

} // namespace

std::string portHolder(std::uint16_t port)
{
    const QList<QByteArray> inodes =
        listeners(u"/proc/net/tcp"_s, port) + listeners(u"/proc/net/tcp6"_s, port);
    if (inodes.isEmpty())
        return {};
    const QStringList processes = QDir(u"/proc"_s).entryList(QDir::Dirs);
    for (const QString &id : processes) {
        if (!id.front().isDigit() || !holds(u"/proc/"_s + id, inodes))
            continue;
        QFile name(u"/proc/"_s + id + u"/comm"_s);
        if (name.open(QIODevice::ReadOnly))
            return name.readAll().trimmed().toStdString() + " (process " + id.toStdString() + ')';
    }
    return {};
}

std::uint16_t freePortAfter(std::uint16_t port, const std::string &host)
{
    QHostAddress address(QString::fromStdString(host));
    if (host == "localhost")
        address = QHostAddress::LocalHost;
    else if (address.isNull())
        address = QHostAddress::Any;
    for (int candidate = port + 1; candidate <= port + TRIES && candidate <= 0xffff; ++candidate) {
        QTcpServer server;
        if (server.listen(address, static_cast<quint16>(candidate)))
            return static_cast<std::uint16_t>(candidate);
    }
    return 0;
}

} // namespace Gateway
