#include "gateway/control/remote/remotecalls.h"

#include <utility>

#include <QNetworkReply>
#include <QNetworkRequest>

#include "gateway/common/text.h"

using namespace Qt::StringLiterals;

namespace Gateway {

namespace {

constexpr int TIMEOUT_MS = 120'000; ///< An import of 100,000 keys is one call.
constexpr int FIRST_ERROR = 400;

QByteArray bytes(std::string_view text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}

Error errorOf(int status, const Result<json::value> &body)
{
    Error error{
        status, "bad_answer", "The server answered with status " + std::to_string(status) + ".", {}, 0};
    const json::object *object = body ? body->if_object() : nullptr;
    if (const json::object *told = object ? objectAt(*object, "error") : nullptr) {
        error.code = stringAt(*told, "code");
        error.text = stringAt(*told, "message");
        error.param = stringAt(*told, "param");
    }
    return error;
}

Result<json::value> resultOf(QNetworkReply &reply)
{
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status == 0)
        return fail(502, "unreachable", "The server cannot be reached: " + reply.errorString().toStdString());
    const std::string text = reply.readAll().toStdString();
    Result<json::value> body = text.empty() ? Result<json::value>(nullptr) : parseJson(text);
    if (status >= FIRST_ERROR)
        return fail(errorOf(status, body));
    return body;
}

} // namespace

RemoteCalls::RemoteCalls(const QUrl &base, Secret token, QObject *parent)
    : QObject(parent)
    , m_base(base)
    , m_token(std::move(token))
{
    m_network.setTransferTimeout(TIMEOUT_MS);
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy); // the token goes to nobody else
}

RemoteCalls::~RemoteCalls() = default;

QNetworkRequest RemoteCalls::request(std::string_view path) const
{
    QByteArray url = m_base.toEncoded(QUrl::StripTrailingSlash);
    url += "/admin/api/v1" + bytes(path);
    QNetworkRequest request(QUrl::fromEncoded(url, QUrl::StrictMode));
    request.setRawHeader("Authorization", "Bearer " + bytes(m_token.reveal()));
    return request;
}

void RemoteCalls::send(std::string_view method, std::string_view path, const json::value &body, Done done)
{
    QNetworkRequest wanted = request(path);
    QByteArray content;
    if (!body.is_null()) {
        wanted.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
        content = QByteArray::fromStdString(toJson(body));
    }
    QNetworkReply *reply = m_network.sendCustomRequest(wanted, bytes(method), content);
    connect(reply, &QNetworkReply::finished, this, [reply, done = std::move(done)] {
        reply->deleteLater();
        done(resultOf(*reply));
    });
}

QNetworkReply *RemoteCalls::open(std::string_view path)
{
    QNetworkRequest wanted = request(path);
    wanted.setRawHeader("Accept", "text/event-stream");
    wanted.setTransferTimeout(0); // heartbeats come, but when is the server's to say
    return m_network.get(wanted);
}

RemoteQuery &RemoteQuery::add(std::string_view name, std::string_view value)
{
    if (value.empty())
        return *this;
    m_text += std::exchange(m_hasQuery, true) ? '&' : '?';
    m_text += name;
    m_text += '=' + percentEncoded(value);
    return *this;
}

RemoteQuery &RemoteQuery::add(std::string_view name, std::int64_t value)
{
    return value == 0 ? *this : add(name, std::to_string(value));
}

RemoteQuery &RemoteQuery::addFlag(std::string_view name, bool value)
{
    return value ? add(name, "true") : *this;
}

std::string pathWith(std::string_view start, std::int64_t id, std::string_view end)
{
    return std::string(start) + '/' + std::to_string(id) + std::string(end);
}

} // namespace Gateway
