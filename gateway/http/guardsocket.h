#pragma once

#include <cstdint>
#include <string>

#include <QTcpSocket>

#include "gateway/http/connection.h"

namespace Gateway {

/// A Connection as QHttpServer wants it. The parser there sees of each sound and complete request only a line
/// and hands it back through handleRequest(), where GuardContext::current names the connection. What
/// QHttpServer writes to it or closes has no effect.
class GuardSocket final : public QTcpSocket, private ConnectionHost
{
    Q_OBJECT

public:
    /// Takes the connected descriptor `fd`. `overCap`: the first request is answered 503.
    GuardSocket(GuardContext &context, int fd, bool overCap);
    ~GuardSocket() override;

    /// To be called when QHttpServer has connected itself.
    void start() { m_connection.start(); }

    /// Not true of a socket, but of no consequence here, and it lets QIODevice hand out single bytes without
    /// keeping each for a roll-back, which is what most of the parser's time would go into.
    bool isSequential() const override { return false; }
    qint64 bytesAvailable() const override;
    qint64 bytesToWrite() const override { return 0; }
    void close() override {}
    void disconnectFromHost() override {}

protected:
    qint64 readData(char *data, qint64 maxSize) override;
    qint64 writeData(const char *data, qint64 size) override;

private:
    void requestComplete() override;
    void connectionClosed() override;
    void destroy() override { delete this; }
    std::size_t presentable() const;

    GuardContext &m_context;
    Connection m_connection;
    std::size_t m_presented = 0; ///< Bytes that QHttpServer has read of the line it is shown.
};

} // namespace Gateway
