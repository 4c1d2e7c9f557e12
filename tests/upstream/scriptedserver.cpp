#include "tests/upstream/scriptedserver.h"

#include <memory>

#include <sys/socket.h>

using namespace Gateway;

ScriptedServer::ScriptedServer(Script script)
    : m_script(std::move(script))
{
    setListenBacklogSize(1024);
    listen(QHostAddress::LocalHost);
    connect(this, &QTcpServer::newConnection, this, &ScriptedServer::accept);
}

std::string ScriptedServer::url(const std::string &target) const
{
    return "http://127.0.0.1:" + std::to_string(serverPort()) + target;
}

void ScriptedServer::accept()
{
    while (QTcpSocket *socket = nextPendingConnection()) {
        const int connection = ++connections;
        ++open;
        auto buffer = std::make_shared<std::string>();
        connect(socket, &QTcpSocket::readyRead, this,
                [this, socket, buffer, connection] { read(*socket, *buffer, connection); });
        connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
            --open;
            socket->deleteLater();
        });
    }
}

void ScriptedServer::read(QTcpSocket &socket, std::string &buffer, int connection)
{
    buffer += socket.readAll().toStdString();
    for (;;) {
        const std::size_t headEnd = buffer.find("\r\n\r\n");
        if (headEnd == std::string::npos)
            return;
        Request request;
        request.connection = connection;
        std::size_t from = 0;
        while (from < headEnd) {
            const std::size_t end = buffer.find("\r\n", from);
            const std::string line = buffer.substr(from, end - from);
            if (from == 0) {
                const std::size_t blank = line.find(' ');
                request.method = line.substr(0, blank);
                request.target = line.substr(blank + 1, line.rfind(' ') - blank - 1);
            } else {
                const std::size_t colon = line.find(':');
                request.headers.emplace_back(line.substr(0, colon), trimmed(line.substr(colon + 1)));
            }
            from = end + 2;
        }
        const std::string length(headerValue(request.headers, "Content-Length"));
        const std::size_t size = length.empty() ? 0 : std::stoul(length);
        if (buffer.size() < headEnd + 4 + size)
            return;
        request.body = buffer.substr(headEnd + 4, size);
        buffer.erase(0, headEnd + 4 + size);
        requests.push_back(request);
        m_script(socket, request);
    }
}

void ScriptedServer::answer(QTcpSocket &socket, const std::string &body, const std::string &head)
{
    write(socket, head + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
}

void ScriptedServer::write(QTcpSocket &socket, const std::string &bytes)
{
    socket.write(bytes.data(), static_cast<qint64>(bytes.size()));
}

std::string ScriptedServer::chunk(const std::string &bytes)
{
    char size[20];
    std::snprintf(size, sizeof(size), "%zx\r\n", bytes.size());
    return size + bytes + "\r\n";
}

void ScriptedServer::reset(QTcpSocket &socket)
{
    socket.flush();
    const linger now{1, 0};
    setsockopt(static_cast<int>(socket.socketDescriptor()), SOL_SOCKET, SO_LINGER, &now, sizeof(now));
    socket.abort();
}

SocksProxy::SocksProxy(quint16 targetPort)
    : m_targetPort(targetPort)
{
    listen(QHostAddress::LocalHost);
    connect(this, &QTcpServer::newConnection, this, [this] {
        QTcpSocket *socket = nextPendingConnection();
        auto buffer = std::make_shared<std::string>();
        auto step = std::make_shared<int>(0);
        connect(socket, &QTcpSocket::readyRead, this, [this, socket, buffer, step] {
            if (*step == 3)
                return;
            *buffer += socket->readAll().toStdString();
            talk(*socket, *buffer, *step);
        });
    });
}

void SocksProxy::talk(QTcpSocket &socket, std::string &buffer, int &step)
{
    using namespace std::string_literals;
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(buffer[i]); };
    if (step == 0 && buffer.size() >= 2 && buffer.size() >= 2u + byte(1)) {
        ScriptedServer::write(socket, "\x05\x02"s); // user and password
        buffer.clear();
        step = 1;
    } else if (step == 1 && buffer.size() >= 2) {
        const bool known = buffer == "\x01\x04user\x09pass word"s;
        ScriptedServer::write(socket, known ? "\x01\x00"s : "\x01\x01"s);
        if (!known)
            socket.disconnectFromHost();
        buffer.clear();
        step = 2;
    } else if (step == 2 && buffer.size() >= 10) {
        const bool isName = byte(3) == 3;
        hosts.push_back(isName ? buffer.substr(5, byte(4)) : std::to_string(byte(4)) + ".x");
        step = 3;
        auto *target = new QTcpSocket(&socket);
        connect(target, &QTcpSocket::readyRead, &socket,
                [&socket, target] { socket.write(target->readAll()); });
        connect(target, &QTcpSocket::connected, &socket, [&socket, target] {
            connect(&socket, &QTcpSocket::readyRead, target,
                    [&socket, target] { target->write(socket.readAll()); });
            ScriptedServer::write(socket, "\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00"s);
        });
        target->connectToHost(QHostAddress(QHostAddress::LocalHost), m_targetPort);
    }
}
