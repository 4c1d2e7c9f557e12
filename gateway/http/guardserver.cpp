#include "gateway/http/guardserver.h"

#include <QTimer>

#include "gateway/http/guardsocket.h"
#include "gateway/http/socketio.h"

namespace Gateway {

namespace {

constexpr std::size_t ADMITTED_OVER_LIMIT = 64;
constexpr int RESUME_MS = 200;

constexpr std::string_view BARE_REFUSAL = "HTTP/1.1 503 Service Unavailable\r\n"
                                          "Content-Length: 0\r\nRetry-After: 1\r\nConnection: close\r\n\r\n";

} // namespace

GuardServer::GuardServer(GuardContext &context, QObject *parent)
    : QTcpServer(parent)
    , m_context(context)
{
    // Without free descriptors QTcpServer stops accepting for good unless it is told to go on.
    connect(this, &QTcpServer::acceptError, this,
            [this] { QTimer::singleShot(RESUME_MS, this, &QTcpServer::resumeAccepting); });
}

void GuardServer::incomingConnection(qintptr descriptor)
{
    const auto fd = static_cast<int>(descriptor);
    const std::size_t limit = m_context.limits().connections;
    const std::size_t open = m_context.openCount();
    if (open >= limit + ADMITTED_OVER_LIMIT) {
        sendSome(fd, BARE_REFUSAL);
        shutdownSending(fd);
        closeSocket(fd, false);
        return;
    }
    auto *guard = new GuardSocket(m_context, fd, open >= limit);
    addPendingConnection(guard);
    guard->start();
}

} // namespace Gateway
