#include <QTest>

#include "gateway/http/exchange.h"
#include "gateway/http/router.h"

using namespace Gateway;

class TstRouter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void findsTheHandler_data();
    void findsTheHandler();
    void tellsWhatAPathTakes();
    void knowsUnknownPaths();

private:
    /// A route whose handler leaves `name` behind.
    void add(std::string_view method, std::string_view pattern, Dialect dialect, const char *name);
    std::string called(std::string_view method, std::string_view path) const;

    Router m_router;
    std::string m_called;
};

void TstRouter::add(std::string_view method, std::string_view pattern, Dialect dialect, const char *name)
{
    m_router.add(method, pattern, dialect,
                 [this, name](const ClientRequest &, const std::unique_ptr<Exchange> &) { m_called = name; });
}

std::string TstRouter::called(std::string_view method, std::string_view path) const
{
    const Router::Match match = m_router.match(method, path);
    if (!match.handler)
        return match.isKnownPath ? "wrong method" : "unknown";
    (*match.handler)({}, nullptr);
    return m_called;
}

void TstRouter::initTestCase()
{
    add("POST", "/v1/chat/completions", Dialect::OpenAi, "chat");
    add("GET", "/v1/models", Dialect::OpenAi, "models");
    add("GET", "/v1/models/**", Dialect::OpenAi, "model");
    add("POST", "/v1/models/**:*", Dialect::Gemini, "gemini v1");
    add("*", "/v1beta/**", Dialect::Gemini, "native");
    add("POST", "/v1beta/special/**", Dialect::Gemini, "special");
    add("GET", "/both", Dialect::OpenAi, "get");
    add("POST", "/both", Dialect::OpenAi, "post");
}

void TstRouter::findsTheHandler_data()
{
    QTest::addColumn<std::string>("method");
    QTest::addColumn<std::string>("path");
    QTest::addColumn<std::string>("name");
    const auto row = [](const char *method, const char *path, const char *name) {
        QTest::addRow("%s %s", method, path) << std::string(method) << std::string(path) << std::string(name);
    };
    row("POST", "/v1/chat/completions", "chat");
    row("GET", "/v1/chat/completions", "wrong method");
    row("GET", "/v1/models", "models");
    row("HEAD", "/v1/models", "models");
    row("GET", "/v1/models/gpt", "model");
    row("GET", "/v1/models/org/name", "model");
    row("GET", "/v1/models/", "unknown");
    row("POST", "/v1/models/gpt", "wrong method");
    row("POST", "/v1/models/m:generateContent", "gemini v1");
    row("POST", "/v1/models/a:b/c", "wrong method");
    row("DELETE", "/v1beta/files/x", "native");
    row("HEAD", "/v1beta/files/x", "native");
    row("PATCH", "/v1beta/x", "native");
    row("CONNECT", "/v1beta/x", "wrong method");
    row("TRACE", "/v1beta/x", "wrong method");
    row("BREW", "/v1beta/x", "native");
    row("POST", "/v1beta/special/x", "special");
    row("GET", "/v1beta/special/x", "native");
    row("GET", "/v1/models/llama:8b", "model");
    row("GET", "/v1beta", "unknown");
    row("GET", "/v1betax/y", "unknown");
    row("GET", "/both", "get");
    row("POST", "/both", "post");
    row("PUT", "/both", "wrong method");
    row("GET", "/", "unknown");
}

void TstRouter::findsTheHandler()
{
    QFETCH(const std::string, method);
    QFETCH(const std::string, path);
    QFETCH(const std::string, name);
    QCOMPARE(called(method, path), name);
}

void TstRouter::tellsWhatAPathTakes()
{
    QCOMPARE(m_router.match("PUT", "/both").allow, std::string_view("GET, POST, HEAD, OPTIONS"));
    QCOMPARE(m_router.match("PUT", "/v1/chat/completions").allow, std::string_view("POST, OPTIONS"));
    QCOMPARE(m_router.match("GET", "/v1beta/x").allow,
             std::string_view("GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS"));
}

void TstRouter::knowsUnknownPaths()
{
    const Router::Match match = m_router.match("GET", "/admin/nothing");
    QVERIFY(!match.isKnownPath);
    QCOMPARE(match.dialect, Dialect::Admin);
}

QTEST_APPLESS_MAIN(TstRouter)
#include "tst_router.moc"
