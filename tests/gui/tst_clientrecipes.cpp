#include <set>

#include <QFile>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include "samplecontrol.h"
#include "ui/pages/clients/clientplaces.h"
#include "ui/pages/clients/clientrecipe.h"
#include "ui/pages/clients/clienttest.h"

using namespace Gateway;
using namespace Ui;
using namespace Qt::StringLiterals;

namespace {

const Filling FILLING{u"http://127.0.0.1:4364"_s, u"gb-token-of-tests"_s, u"gemini-2.5-pro"_s,
                      u"gemini-2.5-flash"_s};

/// Answers every request with what it is given, and keeps what came.
class OneAnswer : public QTcpServer
{
public:
    explicit OneAnswer(QByteArray answer)
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, [this, answer] {
            QTcpSocket *socket = nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, this, [this, socket, answer] {
                request += socket->readAll();
                const qsizetype head = request.indexOf("\r\n\r\n");
                const qsizetype length = request.toLower().indexOf("content-length: ");
                if (head < 0 || length < 0)
                    return;
                const qsizetype size =
                    request.mid(length + 16, request.indexOf('\r', length) - length - 16).toInt();
                if (request.size() < head + 4 + size)
                    return;
                socket->write(answer);
                socket->disconnectFromHost();
            });
        });
    }
    QString address() const { return u"http://127.0.0.1:%1"_s.arg(serverPort()); }

    QByteArray request;
};

QByteArray httpAnswer(const QByteArray &status, const QByteArray &body, const QByteArray &headers = {})
{
    return "HTTP/1.1 " + status + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n" +
           headers + "Connection: close\r\n\r\n" + body;
}

} // namespace

class TstClientRecipes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void areWhole_data();
    void areWhole();
    void snippetsFollowTheirDialect();
    void quotesForShells();
    void findsInstalledClients();
    void requestsAreTheClients_data();
    void requestsAreTheClients();
    void judges_data();
    void judges();
    void testsOverTheWire();
    void namesTheKeyLater();
    void tellsThatNobodyAnswers();
};

void TstClientRecipes::areWhole_data()
{
    QTest::addColumn<QString>("id");
    std::set<QString> ids;
    for (const ClientRecipe &recipe : clientRecipes()) {
        QTest::newRow(recipe.id) << QString::fromLatin1(recipe.id);
        ids.insert(QString::fromLatin1(recipe.id));
    }
    QCOMPARE(ids.size(), clientRecipes().size());
    QVERIFY(ids.size() >= 15);
    QVERIFY(!clientRecipe(u"none"_s));
}

void TstClientRecipes::areWhole()
{
    QFETCH(QString, id);
    const ClientRecipe &recipe = *clientRecipe(id);
    const QString snippet = filledQuoted(recipe.snippet, FILLING);
    QVERIFY(!QString::fromUtf8(recipe.name).isEmpty());
    const qsizetype letters = QString::fromUtf8(recipe.letters).size();
    QVERIFY(letters >= 1 && letters <= 3);
    QVERIFY(snippet.contains(FILLING.address));
    QVERIFY(snippet.contains(FILLING.token) || !recipe.environment.empty());
    QVERIFY(snippet.endsWith(u'\n'));
    QVERIFY(!snippet.contains("{address}"_L1) && !snippet.contains("{token}"_L1) &&
            !snippet.contains("{model}"_L1));
    if (recipe.language == CodeLanguage::Json)
        QVERIFY(!QJsonDocument::fromJson(snippet.toUtf8()).isNull());
    if (!recipe.isWritable())
        return;
    QVERIFY(!recipe.changes.empty() && !recipe.removals.empty() && !recipe.addressPath.empty());
    // The snippet is what would be written into an empty file.
    const Result<QString> written = withChanges(recipe.format, {}, configChanges(recipe, FILLING));
    QVERIFY(written);
    for (const ConfigChange &change : configChanges(recipe, FILLING))
        QCOMPARE(valueAt(recipe.format, snippet, change.path), valueAt(recipe.format, *written, change.path));
    const Result<QString> removed = withoutPaths(recipe.format, *written, removedPaths(recipe));
    QVERIFY(removed);
    QVERIFY(!removed->contains(FILLING.address) && !removed->contains(FILLING.token));
}

void TstClientRecipes::snippetsFollowTheirDialect()
{
    for (const ClientRecipe &recipe : clientRecipes()) {
        const QString base = filled(recipe.baseUrl, FILLING);
        QCOMPARE(base.contains("/v1"_L1), recipe.dialect == Dialect::OpenAi);
        QVERIFY(!dialectSentence(recipe.dialect).isEmpty());
    }
}

void TstClientRecipes::quotesForShells()
{
    Filling filling = FILLING;
    filling.token = u"it's $HOME"_s;
    const ClientRecipe &recipe = *clientRecipe(u"openai-python"_s);
    QVERIFY(environmentText(recipe, filling, Platform::Linux)
                .contains(u"export OPENAI_API_KEY='it'\\''s $HOME'\n"_s));
    QVERIFY(environmentText(recipe, filling, Platform::Windows)
                .contains(u"$env:OPENAI_API_KEY = 'it''s $HOME'\n"_s));
    QVERIFY(!filledQuoted(clientRecipe(u"curl"_s)->snippet, filling).contains(u"$HOME"_s));
}

void TstClientRecipes::findsInstalledClients()
{
    QTemporaryDir home;
    const ClientPlaces places{home.path(), home.filePath(u"config"_s), Platform::Linux};
    const ClientRecipe &claude = *clientRecipe(u"claude-code"_s);
    QVERIFY(!places.isInstalled(claude));
    QVERIFY(QDir(home.path()).mkpath(u".claude"_s));
    QVERIFY(places.isInstalled(claude));
    QVERIFY(!places.isInstalled(*clientRecipe(u"curl"_s)));
    QCOMPARE(places.resolved(claude.file), home.filePath(u".claude/settings.json"_s));
    QCOMPARE(places.shownPath(places.resolved(claude.file)), u"~/.claude/settings.json"_s);
    ClientPlaces windows = places;
    windows.platform = Platform::Windows;
    QCOMPARE(windows.resolved(clientRecipe(u"zed"_s)->file), home.filePath(u"config/Zed/settings.json"_s));
    QVERIFY(windows.resolved(clientRecipe(u"curl"_s)->file).isEmpty());
}

void TstClientRecipes::requestsAreTheClients_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("header");
    QTest::newRow("gemini-cli") << u"gemini-cli"_s
                                << u"/v1beta/models/gemini-2.5-pro:streamGenerateContent?alt=sse"_s
                                << QByteArray("x-goog-api-key");
    QTest::newRow("roo") << u"roo-code"_s << u"/models/gemini-2.5-pro:streamGenerateContent?alt=sse"_s
                         << QByteArray("x-goog-api-key");
    QTest::newRow("sdk") << u"openai-python"_s << u"/v1/chat/completions"_s << QByteArray("Authorization");
    QTest::newRow("codex") << u"codex"_s << u"/v1/responses"_s << QByteArray("Authorization");
    QTest::newRow("claude") << u"claude-code"_s << u"/v1/messages?beta=true"_s << QByteArray("Authorization");
    QTest::newRow("ollama") << u"ollama"_s << u"/api/chat"_s << QByteArray("Authorization");
}

void TstClientRecipes::requestsAreTheClients()
{
    QFETCH(QString, id);
    QFETCH(QString, path);
    QFETCH(QByteArray, header);
    const ClientRequest request = clientRequest(*clientRecipe(id), FILLING);
    QCOMPARE(request.url, FILLING.address + path);
    QVERIFY(!QJsonDocument::fromJson(request.body).isNull());
    bool hasToken = false;
    for (const auto &[name, value] : request.headers)
        hasToken = hasToken || (name == header && value.contains(FILLING.token.toUtf8()));
    QVERIFY(hasToken);
}

void TstClientRecipes::judges_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("isPaused");
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("next");
    using Next = ClientVerdict::Next;
    const auto row = [](const char *name, int status, const QByteArray &body, bool isPaused,
                        const QString &text, Next next) {
        QTest::newRow(name) << status << body << isPaused << text << int(next);
    };
    row("gemini", 200, R"({"candidates":[{}]})", false, u"It works: gemini-2.5-pro answered in 0.84 s"_s,
        Next::Nothing);
    row("stream", 200, "data: {\"choices\":[]}\n\ndata: [DONE]\n\n", false,
        u"It works: gemini-2.5-pro answered in 0.84 s"_s, Next::Nothing);
    row("broken stream", 200, "data: {\"choices\":[]}\n\ndata: {\"error\":{\"message\":\"cut\"}}\n\n", false,
        u"The answer broke off: cut"_s, Next::Nothing);
    row("another server", 200, "<html></html>", false, u"What answered is no gateway: look at the address"_s,
        Next::Nothing);
    row("expired", 401, R"({"error":{"message":"The access token \"x\" has expired.","code":401}})", false,
        u"Refused: this token has expired"_s, Next::Renew);
    row("unknown", 401, R"({"error":{"message":"Unknown token."}})", false, u"Refused: Unknown token."_s,
        Next::Renew);
    row("paused", 503, "{}", true, u"No answer: the gateway is paused"_s, Next::Resume);
    row("no answer", 0, "", true, u"No answer: is the gateway paused?"_s, Next::Resume);
    row("nobody", 0, "", false, u"No answer: is the gateway running?"_s, Next::Nothing);
    row("not served", 404, R"({"error":"not found"})", false,
        u"The gateway does not serve this call: not found"_s, Next::Nothing);
    row("limit", 429, R"({"error":{"message":"Enough."}})", false, u"A limit is reached: Enough."_s,
        Next::Nothing);
    row("other", 500, "", false, u"Failed with status 500"_s, Next::Nothing);
}

void TstClientRecipes::judges()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(bool, isPaused);
    QFETCH(QString, text);
    QFETCH(int, next);
    const ClientVerdict verdict =
        judged(*clientRecipe(u"curl"_s), FILLING, {status, body, {}, 840}, isPaused);
    QCOMPARE(verdict.text, text);
    QCOMPARE(int(verdict.next), next);
    QCOMPARE(verdict.isGood, text.startsWith("It works"_L1));
}

void TstClientRecipes::testsOverTheWire()
{
    OneAnswer server(httpAnswer("200 OK", R"({"candidates":[{}]})", "x-gateway-model: gemini-2.5-flash\r\n"));
    const auto control = sampleControl();
    ClientTest test(*control);
    QSignalSpy spy(&test, &ClientTest::finished);
    Filling filling = FILLING;
    filling.address = server.address();
    test.run(*clientRecipe(u"curl"_s), filling);
    QVERIFY(spy.wait());
    const auto verdict = spy.first().first().value<ClientVerdict>();
    QVERIFY(verdict.isGood);
    QVERIFY(verdict.text.startsWith("It works: gemini-2.5-flash answered in"_L1));
    QVERIFY(server.request.startsWith("POST /v1beta/models/gemini-2.5-pro:generateContent HTTP/1.1\r\n"));
    QVERIFY(server.request.toLower().contains("x-goog-api-key: gb-token-of-tests\r\n"));
}

void TstClientRecipes::namesTheKeyLater()
{
    const auto control = sampleControl();
    const RequestView known = control->requestRows.front();
    OneAnswer server(httpAnswer("200 OK", R"({"choices":[{}]})",
                                "x-request-id: " + QByteArray::fromStdString(known.id) + "\r\n"));
    ClientTest test(*control);
    QSignalSpy spy(&test, &ClientTest::keyKnown);
    Filling filling = FILLING;
    filling.address = server.address();
    test.run(*clientRecipe(u"openai-python"_s), filling);
    QVERIFY(spy.wait());
    QVERIFY(
        spy.first().first().toString().endsWith(" through key "_L1 + QString::fromStdString(known.keyLabel)));
}

void TstClientRecipes::tellsThatNobodyAnswers()
{
    QTcpServer closed;
    QVERIFY(closed.listen(QHostAddress::LocalHost));
    Filling filling = FILLING;
    filling.address = u"http://127.0.0.1:%1"_s.arg(closed.serverPort());
    closed.close();
    const auto control = sampleControl();
    ClientTest test(*control);
    QSignalSpy spy(&test, &ClientTest::finished);
    test.run(*clientRecipe(u"codex"_s), filling);
    QVERIFY(spy.wait());
    QCOMPARE(spy.first().first().value<ClientVerdict>().text, u"No answer: is the gateway running?"_s);
}

QTEST_GUILESS_MAIN(TstClientRecipes)
#include "tst_clientrecipes.moc"
