#include "ui/gatewayrequest.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

QNetworkRequest gatewayRequest(const QString &address, const QByteArray &path, const Secret &token)
{
    QNetworkRequest request(QUrl(address + QString::fromLatin1(path)));
    request.setRawHeader("Authorization", "Bearer " + QByteArray::fromStdString(token.reveal()));
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    // A redirect would carry the token elsewhere.
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    return request;
}

} // namespace Ui
