#include "tests/upstream/tlsserver.h"

#include <QSslCertificate>
#include <QSslKey>
#include <QSslSocket>

namespace {

/// Made for this test alone; valid for a hundred years.
const QByteArray KEY = R"(-----BEGIN EC PRIVATE KEY-----
MHcCAQEEIALHUQkxZOMLmHA3LrLNe26cFBqJAgEI9HIhTxNkD9X2oAoGCCqGSM49
AwEHoUQDQgAEt58zrWnnvg+Ud/I7duY81M9iYI9yfMcGx8tGu4hYqs4Ug4t9acAf
YK3Em8+YSDETtCS0K7yJszHSh1oBsSm4fQ==
-----END EC PRIVATE KEY-----
)";
const QByteArray CERTIFICATE = R"(-----BEGIN CERTIFICATE-----
MIIBizCCATGgAwIBAgIBATAKBggqhkjOPQQDAjAeMRwwGgYDVQQDDBNnZW1pbmkt
YmFsYW5jZSB0ZXN0MCAXDTIwMDEwMTAwMDAwMFoYDzIxMjAwMTAxMDAwMDAwWjAe
MRwwGgYDVQQDDBNnZW1pbmktYmFsYW5jZSB0ZXN0MFkwEwYHKoZIzj0CAQYIKoZI
zj0DAQcDQgAEt58zrWnnvg+Ud/I7duY81M9iYI9yfMcGx8tGu4hYqs4Ug4t9acAf
YK3Em8+YSDETtCS0K7yJszHSh1oBsSm4faNeMFwwDwYDVR0TAQH/BAUwAwEB/zAq
BgNVHREEIzAhhwR/AAABgglsb2NhbGhvc3SCDmdlbWluaS5pbnZhbGlkMB0GA1Ud
DgQWBBQaqaE5T5FnkywMeRUozWMk97bNQTAKBggqhkjOPQQDAgNIADBFAiBSEe1Z
Et2zgPmMYD3ZBH95P/SAjwkk2adTA9L2MqaTrwIhAJb93ZYDPa3HkFyJeFyYmLL7
wGpzMwmU4p/R0A35a4Rq
-----END CERTIFICATE-----
)";

} // namespace

std::string TlsServer::url(const std::string &target) const
{
    return "https://127.0.0.1:" + std::to_string(serverPort()) + target;
}

std::string TlsServer::caFile()
{
    static QTemporaryFile file;
    if (!file.isOpen()) {
        file.open();
        file.write(CERTIFICATE);
        file.flush();
    }
    return file.fileName().toStdString();
}

void TlsServer::incomingConnection(qintptr descriptor)
{
    auto *socket = new QSslSocket(this);
    socket->setSocketDescriptor(descriptor);
    socket->setPrivateKey(QSslKey(KEY, QSsl::Ec));
    socket->setLocalCertificate(QSslCertificate(CERTIFICATE));
    socket->startServerEncryption();
    addPendingConnection(socket);
}
