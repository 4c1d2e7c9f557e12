#include <QTest>

#include "gateway/http/ollamadoor.h"

using namespace Gateway;

/// Who may come in without a token.
class TstOllamaDoor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsProgramsOnThisComputer_data();
    void knowsProgramsOnThisComputer();
    void readsThePasswordOfAnAddress_data();
    void readsThePasswordOfAnAddress();
};

void TstOllamaDoor::knowsProgramsOnThisComputer_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("peer");
    QTest::addColumn<QByteArray>("gateway"); // as the client sees it
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("enters");
    const auto row = [](const char *name, const char *path, const char *peer, const char *gateway,
                        const char *header, const char *value, bool enters) {
        QTest::newRow(name) << QByteArray(path) << QByteArray(peer) << QByteArray(gateway)
                            << QByteArray(header) << QByteArray(value) << enters;
    };
    const char *here = "http://127.0.0.1:4364";
    row("a program", "/api/chat", "127.0.0.1", here, "user-agent", "ollama-js", true);
    row("IPv6", "/api/chat", "::1", "http://[::1]:4364", "", "", true);
    row("IPv4 on a socket for both", "/api/chat", "::ffff:127.0.0.1", "http://localhost:4364", "", "", true);
    for (const char *path : {"/v1/chat/completions", "/v1/models", "/v1/models/m", "/v1/embeddings",
                             "/v1/messages", "/v1/responses", "/v1/completions", "/api/blobs/sha256:1"})
        row(path, path, "127.0.0.1", here, "", "", true);
    for (const char *path : {"/v1beta/models", "/v1/files", "/admin/keys", "/apis", "/api", "/v1/modelsx",
                             "/upload/v1beta/files", "/v1/interactions", "/v1/models/m:generateContent"})
        row(path, path, "127.0.0.1", here, "", "", false);
    row("another computer", "/api/chat", "192.168.1.7", here, "", "", false);
    row("an address that looks like it", "/api/chat", "::ffff:10.0.0.1", here, "", "", false);
    row("a name that was made to point here", "/api/tags", "127.0.0.1", "http://evil.example:4364", "", "",
        false);
    row("no name", "/api/tags", "127.0.0.1", "", "", "", false);
    row("a page on this computer", "/api/chat", "127.0.0.1", here, "Origin", "http://localhost:3000", true);
    row("a page on this computer, by number", "/api/chat", "127.0.0.1", here, "Origin", "https://[::1]",
        true);
    row("a window of an editor", "/api/chat", "127.0.0.1", here, "Origin", "vscode-webview://abc", true);
    row("a web page", "/api/chat", "127.0.0.1", here, "Origin", "https://page.example", false);
    row("a web page with a fine name", "/api/chat", "127.0.0.1", here, "Origin", "https://localhost.example",
        false);
    row("a page with no origin of its own", "/api/chat", "127.0.0.1", here, "Origin", "null", false);
    row("a picture in a web page", "/api/tags", "127.0.0.1", here, "Sec-Fetch-Site", "cross-site", false);
    row("its own page", "/api/tags", "127.0.0.1", here, "Sec-Fetch-Site", "same-origin", true);
    for (const char *header : {"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via"})
        row(header, "/api/chat", "127.0.0.1", here, header, "10.0.0.7", false);
}

void TstOllamaDoor::knowsProgramsOnThisComputer()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, peer);
    QFETCH(QByteArray, gateway);
    QFETCH(QByteArray, header);
    QFETCH(QByteArray, value);
    QFETCH(bool, enters);
    ClientRequest request;
    request.path = path.toStdString();
    request.peer = peer.toStdString();
    request.origin = gateway.toStdString();
    if (!header.isEmpty())
        request.headers.emplace_back(header.toStdString(), value.toStdString());
    QCOMPARE(isLocalOllamaRequest(request), enters);
}

void TstOllamaDoor::readsThePasswordOfAnAddress_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("password");
    QTest::newRow("a password") << QByteArray("Basic " + QByteArray("any:the:token").toBase64())
                                << QByteArray("the:token");
    QTest::newRow("no name") << QByteArray("basic  " + QByteArray(":t").toBase64()) << QByteArray("t");
    QTest::newRow("a name only") << QByteArray("Basic " + QByteArray("any").toBase64()) << QByteArray();
    QTest::newRow("no base64") << QByteArray("Basic %%%") << QByteArray();
    QTest::newRow("another scheme") << QByteArray("Bearer " + QByteArray("a:b").toBase64()) << QByteArray();
}

void TstOllamaDoor::readsThePasswordOfAnAddress()
{
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, password);
    QCOMPARE(passwordOf({{"Authorization", value.toStdString()}}), password.toStdString());
    QCOMPARE(passwordOf({}), std::string());
}

QTEST_APPLESS_MAIN(TstOllamaDoor)
#include "tst_ollamadoor.moc"
