#pragma once

#include <functional>

#include <QHash>
#include <QList>
#include <QTcpServer>
#include <QTcpSocket>

namespace Ui {

/// An HTTP server on a free port of this computer that does what a test tells: it collects requests and hands
/// each, once it is whole, to `answer` together with its socket.
class ScriptedServer final : public QTcpServer
{
public:
    struct Request
    {
        QByteArray method;
        QByteArray path;                       ///< With its query.
        QHash<QByteArray, QByteArray> headers; ///< Names in small letters.
        QByteArray body;
    };

    ScriptedServer()
    {
        connect(this, &QTcpServer::newConnection, this, &ScriptedServer::accept);
        listen(QHostAddress::LocalHost);
    }

    std::string address() const { return "http://127.0.0.1:" + std::to_string(serverPort()); }

    std::function<void(const Request &request, QTcpSocket &socket)> answer;
    QList<Request> requests;

    /// A whole answer; the connection closes.
    static void send(QTcpSocket &socket, int status, const QByteArray &body, const QByteArray &headers = {})
    {
        socket.write("HTTP/1.1 " + QByteArray::number(status) + " X\r\n" + headers +
                     "Content-Type: application/json\r\nContent-Length: " + QByteArray::number(body.size()) +
                     "\r\nConnection: close\r\n\r\n" + body);
        socket.disconnectFromHost();
    }
    /// The head of a stream that ends when the connection closes.
    static void beginStream(QTcpSocket &socket, const QByteArray &headers = {})
    {
        socket.write("HTTP/1.1 200 OK\r\n" + headers +
                     "Content-Type: text/event-stream\r\nConnection: close\r\n\r\n");
    }
    /// Line breaks in `data` are for the eye of the test alone.
    static void event(QTcpSocket &socket, QByteArray data)
    {
        socket.write("data: " + data.replace('\n', ' ') + "\r\n\r\n");
        socket.flush();
    }

private:
    void accept()
    {
        while (QTcpSocket *socket = nextPendingConnection()) {
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(*socket); });
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        }
    }
    void read(QTcpSocket &socket)
    {
        QByteArray &bytes = m_bytes[&socket];
        bytes += socket.readAll();
        const qsizetype end = bytes.indexOf("\r\n\r\n");
        if (end < 0)
            return;
        Request request;
        const QList<QByteArray> lines = bytes.left(end).split('\n');
        request.method = lines.first().split(' ').value(0);
        request.path = lines.first().split(' ').value(1);
        for (const QByteArray &line : lines.mid(1)) {
            const qsizetype colon = line.indexOf(':');
            request.headers[line.left(colon).toLower()] = line.mid(colon + 1).trimmed();
        }
        request.body = bytes.mid(end + 4);
        if (request.body.size() < request.headers.value("content-length").toLongLong())
            return;
        m_bytes.remove(&socket);
        requests.append(request);
        if (answer)
            answer(request, socket);
    }

    QHash<QTcpSocket *, QByteArray> m_bytes;
};

} // namespace Ui
