#pragma once

#include <functional>
#include <string>
#include <vector>

#include <QTcpServer>
#include <QTcpSocket>

#include "gateway/common/text.h"

/// A server in the test's own thread that answers each request as the test's script says.
class ScriptedServer : public QTcpServer
{
public:
    struct Request
    {
        std::string method;
        std::string target;
        Gateway::Headers headers;
        std::string body;
        int connection = 0; ///< Which connection it came on, counted from 1.
    };
    using Script = std::function<void(QTcpSocket &socket, const Request &request)>;

    /// Listens on a free port of 127.0.0.1.
    explicit ScriptedServer(Script script);

    std::string url(const std::string &target = "/") const;

    int connections = 0;
    int open = 0; ///< Connections that are open now.
    std::vector<Request> requests;

    /// A whole answer with Content-Length.
    static void answer(QTcpSocket &socket, const std::string &body,
                       const std::string &head = "HTTP/1.1 200 OK");
    static void write(QTcpSocket &socket, const std::string &bytes);
    static std::string chunk(const std::string &bytes);
    /// Closes with a reset.
    static void reset(QTcpSocket &socket);

private:
    void accept();
    void read(QTcpSocket &socket, std::string &buffer, int connection);

    Script m_script;
};

/// A SOCKS5 proxy (RFC 1928, 1929) that wants user "user" and password "pass word", and connects to whatever
/// it is asked for on 127.0.0.1.
class SocksProxy : public QTcpServer
{
public:
    explicit SocksProxy(quint16 targetPort);

    std::vector<std::string> hosts; ///< As asked for.

private:
    void talk(QTcpSocket &socket, std::string &buffer, int &step);

    quint16 m_targetPort;
};
