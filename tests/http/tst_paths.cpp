#include <QTest>

#include "gateway/http/hostcheck.h"
#include "gateway/http/paths.h"

using namespace Gateway;

class TstPaths : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleans_data();
    void cleans();
    void cleaningTwiceChangesNothing_data();
    void cleaningTwiceChangesNothing();
    void knowsTheDialectOfErrors_data();
    void knowsTheDialectOfErrors();
    void findsDotSegments();
    void letsLoopbackNamesIn_data();
    void letsLoopbackNamesIn();
    void letsAddedNamesIn();

private:
    void paths();
};

void TstPaths::paths()
{
    QTest::addColumn<std::string>("path");
    QTest::addColumn<std::string>("cleaned");
    const auto row = [](const char *path, const char *cleaned) {
        QTest::newRow(path) << std::string(path) << std::string(cleaned);
    };
    row("/", "/");
    row("*", "*");
    row("/v1/chat/completions", "/v1/chat/completions");
    row("/v1/chat/completions/", "/v1/chat/completions");
    row("//v1//chat///completions//", "/v1/chat/completions");
    row("/v1/v1/chat/completions", "/v1/chat/completions");
    row("/v1/v1/v1/models", "/v1/models");
    row("/chat/completions", "/v1/chat/completions");
    row("/embeddings", "/v1/embeddings");
    row("/images/edits", "/v1/images/edits");
    row("/audio/speech", "/v1/audio/speech");
    row("/openai/v1/images/generations", "/v1/images/generations");
    row("/moderations", "/v1/moderations");
    row("/models", "/v1/models");
    row("/models/gemini-2.5-pro", "/v1/models/gemini-2.5-pro");
    row("/openai/v1/chat/completions", "/v1/chat/completions");
    row("/openai/v1/v1/models", "/v1/models");
    row("/openai/chat/completions", "/v1/chat/completions");
    row("/v1beta/openai/chat/completions", "/v1beta/openai/chat/completions");
    row("/v1beta/openai/v1/chat/completions", "/v1beta/openai/chat/completions");
    row("/v1beta/openai/batches/batches%2Fx", "/v1beta/openai/batches/batches%2Fx");
    row("/v1/v1beta/openai/models", "/v1beta/openai/models");
    row("/gemini/v1beta/openai/models", "/v1beta/openai/models");
    row("/v1beta/openai/", "/v1beta/openai");
    row("/v1beta/openaix/models", "/v1beta/openaix/models");
    row("/v1beta/models/gemini-2.5-pro:generateContent", "/v1beta/models/gemini-2.5-pro:generateContent");
    row("/v1beta/v1beta/models/m:countTokens", "/v1beta/models/m:countTokens");
    row("/v1/v1beta/models/m:countTokens", "/v1beta/models/m:countTokens");
    row("/models/m:streamGenerateContent", "/v1beta/models/m:streamGenerateContent");
    row("//models//m:streamGenerateContent", "/v1beta/models/m:streamGenerateContent");
    row("/models/tuned/a/b:generateContent", "/v1beta/models/tuned/a/b:generateContent");
    row("/gemini/v1beta/models/m:generateContent", "/v1beta/models/m:generateContent");
    row("/gemini/v1beta/v1beta/models", "/v1beta/models");
    row("/gemini/v1/models/m:generateContent", "/gemini/v1/models/m:generateContent");
    row("/gemini/models/m:generateContent", "/v1beta/models/m:generateContent");
    row("/upload/v1beta/files", "/upload/v1beta/files");
    row("/v1/messages", "/v1/messages");
    row("/messages/count_tokens", "/v1/messages/count_tokens");
    row("/anthropic/v1/messages", "/v1/messages");
    row("/anthropic/v1/v1/messages/count_tokens", "/v1/messages/count_tokens");
    row("/anthropic/messages", "/v1/messages");
    row("/anthropic/v1/models", "/anthropic/v1/models");
    row("/anthropic/models/m", "/anthropic/v1/models/m");
    row("/anthropic/v1/messagesx", "/anthropic/v1/messagesx");
    row("/v1/models/org/model-x", "/v1/models/org/model-x");
    row("/v1/models/a%2Fb", "/v1/models/a%2Fb");
    row("/v1beta", "/v1beta");
    row("/v1beta-other/models", "/v1beta-other/models");
    row("/modelsx", "/modelsx");
    row("/admin//keys/", "/admin/keys");
    row("/api/chat", "/api/chat");
    row("//api/chat/", "/api/chat");
    row("/api/api/chat", "/api/chat");
    row("/v1/api/tags", "/api/tags");
    row("/api/v1/chat/completions", "/v1/chat/completions");
    row("/ollama/api/chat", "/api/chat");
    row("/ollama/v1/chat/completions", "/v1/chat/completions");
    row("/ollama", "/");
    row("/ollama/", "/");
    row("/ollamas/api/chat", "/ollamas/api/chat");
}

void TstPaths::cleans_data()
{
    paths();
}

void TstPaths::cleans()
{
    QFETCH(const std::string, path);
    QFETCH(const std::string, cleaned);
    QCOMPARE(cleanedPath(path), cleaned);
}

void TstPaths::cleaningTwiceChangesNothing_data()
{
    paths();
}

void TstPaths::cleaningTwiceChangesNothing()
{
    QFETCH(const std::string, cleaned);
    QCOMPARE(cleanedPath(cleaned), cleaned);
}

void TstPaths::knowsTheDialectOfErrors_data()
{
    QTest::addColumn<Dialect>("dialect");
    const auto row = [](const char *path, Dialect dialect) { QTest::newRow(path) << dialect; };
    row("/v1beta/models", Dialect::Gemini);
    row("/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent", Dialect::Gemini);
    row("/v1beta", Dialect::Gemini);
    row("/v1beta/openai/chat/completions", Dialect::OpenAi);
    row("/v1beta/openaix", Dialect::Gemini);
    row("/gemini/v1/x", Dialect::Gemini);
    row("/upload/v1beta/files", Dialect::Gemini);
    row("/v1/models/m:generateContent", Dialect::Gemini);
    row("/v1/interactions/7", Dialect::Gemini);
    row("/v1/models/m", Dialect::OpenAi);
    row("/v1/models", Dialect::OpenAi);
    row("/v1/chat/completions", Dialect::OpenAi);
    row("/v1beta2/x", Dialect::OpenAi);
    row("/v1/messages", Dialect::Anthropic);
    row("/v1/messages/count_tokens", Dialect::Anthropic);
    row("/anthropic/v1/messages", Dialect::Anthropic);
    row("/api/chat", Dialect::Ollama);
    row("/api/nothing", Dialect::Ollama);
    row("/admin/keys", Dialect::Admin);
    row("/administrator", Dialect::OpenAi);
    row("/", Dialect::OpenAi);
    row("", Dialect::OpenAi);
}

void TstPaths::knowsTheDialectOfErrors()
{
    QFETCH(const Dialect, dialect);
    QCOMPARE(dialectOfPath(QTest::currentDataTag()), dialect);
}

void TstPaths::findsDotSegments()
{
    for (const char *path : {"/..", "/v1beta/../admin", "/a/./b", "/a/%2e%2E/b", "/a/.%2e", "/a/%2e"})
        QVERIFY2(hasDotSegment(path), path);
    for (const char *path : {"/", "/a.b/c..d", "/.well-known/x", "/...", "/a/%20/b", "/v1/models/a%2Fb", "*"})
        QVERIFY2(!hasDotSegment(path), path);
}

void TstPaths::letsLoopbackNamesIn_data()
{
    QTest::addColumn<bool>("allowed");
    const auto row = [](const char *host, bool allowed) { QTest::newRow(host) << allowed; };
    row("localhost", true);
    row("LocalHost:4364", true);
    row("localhost.", true);
    row("app.localhost:80", true);
    row("127.0.0.1:4364", true);
    row("127.8.9.10", true);
    row("[::1]:4364", true);
    row("[::1]", true);
    row("", true);
    row("example.com", false);
    row("localhost.example.com", false);
    row("notlocalhost", false);
    row(".localhost", false);
    row("127.0.0.1.example.com", false);
    row("127.0.0", false);
    row("127.0.0.1000", false);
    row("127...1", false);
    row("128.0.0.1", false);
    row("[::2]", false);
    row("[::1", false);
    row("10.0.0.1", false);
}

void TstPaths::letsLoopbackNamesIn()
{
    QFETCH(const bool, allowed);
    const std::string host = QTest::currentDataTag();
    QCOMPARE(HostCheck(true).allows(host), allowed);
    QVERIFY(HostCheck(false).allows(host));
}

void TstPaths::letsAddedNamesIn()
{
    const HostCheck check(true, {"gateway.home"});
    QVERIFY(check.allows("Gateway.Home:4364"));
    QVERIFY(check.allows("localhost"));
    QVERIFY(!check.allows("evil.home"));
    QVERIFY(HostCheck(true, {"*"}).allows("anything.example"));
}

QTEST_APPLESS_MAIN(TstPaths)
#include "tst_paths.moc"
