#include "gateway/control/remote/remoteevents.h"

#include <QNetworkReply>

#include "gateway/control/remote/remotecalls.h"

namespace Gateway {

namespace {

constexpr int AGAIN_MS = 2'000;
constexpr qsizetype LONGEST_LINE = 16 * 1024 * 1024;

} // namespace

RemoteEvents::RemoteEvents(RemoteCalls &calls, QObject *parent)
    : QObject(parent)
    , m_calls(calls)
{
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, &RemoteEvents::start);
}

RemoteEvents::~RemoteEvents()
{
    if (m_reply) {
        m_reply->disconnect(this);
        m_reply->abort();
        delete m_reply.data();
    }
}

void RemoteEvents::start()
{
    m_buffer.clear();
    m_name.clear();
    m_data.clear();
    m_reply = m_calls.open("/events");
    connect(m_reply, &QNetworkReply::readyRead, this, &RemoteEvents::read);
    connect(m_reply, &QNetworkReply::finished, this, &RemoteEvents::ended);
}

void RemoteEvents::ended()
{
    m_reply->deleteLater();
    m_reply.clear();
    m_again.start(AGAIN_MS);
    Q_EMIT lost();
}

void RemoteEvents::read()
{
    m_buffer += m_reply->readAll();
    qsizetype from = 0;
    for (qsizetype end = m_buffer.indexOf('\n', from); end >= 0; end = m_buffer.indexOf('\n', from)) {
        takeLine(m_buffer.mid(from, end - from));
        from = end + 1;
    }
    m_buffer.remove(0, from);
    if (m_buffer.size() > LONGEST_LINE)
        m_reply->abort();
}

void RemoteEvents::takeLine(const QByteArray &line)
{
    if (line.startsWith("event: ")) {
        m_name = line.mid(7);
    } else if (line.startsWith("data: ")) {
        m_data = line.mid(6);
    } else if (line.isEmpty() && !m_name.isEmpty()) {
        const Result<json::value> data = parseJson(m_data.toStdString());
        const QByteArray name = std::exchange(m_name, {});
        m_data.clear();
        if (data)
            Q_EMIT came(name, *data);
    }
}

} // namespace Gateway
