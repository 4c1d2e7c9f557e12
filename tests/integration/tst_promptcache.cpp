#include <algorithm>

#include <QTest>

#include "gateway/common/json.h"
#include "tests/integration/adminclient.h"

using namespace TestSupport;
using namespace Gateway;

// Marks of Anthropic's clients as caches at Google, through the program.
class TstPromptCache : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_stage = std::make_unique<Stage>(2); }
    void cleanup() { m_stage.reset(); }
    void servesAConversationFromACache();
    void isOffByItself();
    void isTurnedOnWhileItRuns();

private:
    json::object ask(const std::string &messages) const;
    std::vector<SeenRequest> seen(const std::string &path) const;
    bool waitForCaches(std::size_t count) const;

    std::unique_ptr<Stage> m_stage;
};

namespace {

const std::string HELLO = R"({"role":"user","content":"Hello"})";
const std::string MORE = HELLO + R"(,{"role":"assistant","content":"Hi"},{"role":"user","content":"More"})";

std::string longText()
{
    std::string words;
    for (int i = 0; i < 5000; ++i)
        words += "sentence ";
    return words;
}

} // namespace

/// A message after a long system text that is marked.
json::object TstPromptCache::ask(const std::string &messages) const
{
    const std::string body =
        R"({"model":"gemini-3.6-flash","max_tokens":1000,"system":[{"type":"text","text":")" + longText() +
        R"(","cache_control":{"type":"ephemeral","ttl":"1h"}}],"messages":[)" + messages + "]}";
    const RawAnswer answer = m_stage->ask("/v1/messages", body, "anthropic-version: 2023-06-01\r\n");
    const Result<json::object> parsed = parseJsonObject(answer.body);
    if (answer.status != 200 || !parsed)
        qWarning("%d: %s", answer.status, answer.body.c_str());
    return answer.status == 200 && parsed ? *parsed : json::object();
}

std::vector<SeenRequest> TstPromptCache::seen(const std::string &path) const
{
    std::vector<SeenRequest> calls = m_stage->fake().requests();
    std::erase_if(calls, [&](const SeenRequest &call) {
        return call.request.path.find(path) == std::string::npos || call.endedNs == 0;
    });
    return calls;
}

bool TstPromptCache::waitForCaches(std::size_t count) const
{
    return QTest::qWaitFor([&] { return seen("/cachedContents").size() >= count; }, 10'000);
}

void TstPromptCache::servesAConversationFromACache()
{
    QVERIFY(m_stage->start({{"EXPLICIT_CACHES", "on"}}));
    const json::object first = ask(HELLO);
    QVERIFY(first.contains("content"));
    QVERIFY(waitForCaches(1));
    const SeenRequest made = seen("/cachedContents").front();
    QVERIFY(made.request.body.find(R"("ttl":"3600s")") != std::string::npos);

    // The gateway reads the answer a moment after the fake has told it.
    json::object next;
    QVERIFY(QTest::qWaitFor(
        [&] {
            next = ask(MORE);
            return seen(":generateContent").back().request.body.find("cachedContent") != std::string::npos;
        },
        10'000));
    const SeenRequest sent = seen(":generateContent").back();
    QCOMPARE(sent.key, made.key); // a conversation stays on its key
    QVERIFY(sent.request.body.size() < 2000);
    QVERIFY(integerAt(next.at("usage").as_object(), "cache_read_input_tokens", 0) > 4096);
    QVERIFY(toJson(next.at("content")).find("3 turns") != std::string::npos);
    QVERIFY(QTest::qWaitFor(
        [&] { return m_stage->query("SELECT id FROM requests WHERE cached_tokens > 4096").size() == 1; },
        5000));

    // Whoever takes the cache away at Google's takes nothing from the client.
    const std::string name =
        "/v1beta/" + std::string(stringAt(parseJsonObject(sent.request.body).value(), "cachedContent"));
    RawClient direct(5000);
    QVERIFY(direct.connect(static_cast<std::uint16_t>(m_stage->fake().port())));
    QVERIFY(direct.send("DELETE " + name + " HTTP/1.1\r\nHost: fake\r\nx-goog-api-key: " + made.key +
                        "\r\n\r\n"));
    QCOMPARE(direct.readAnswer().status, 200);
    const std::size_t before = seen(":generateContent").size();
    QVERIFY(ask(MORE).contains("content"));
    QCOMPARE(seen(":generateContent").size(), before + 2);
    QCOMPARE(seen(":generateContent").back().key, made.key);
    QVERIFY(seen(":generateContent").back().request.body.find("cachedContent") == std::string::npos);
}

void TstPromptCache::isOffByItself()
{
    QVERIFY(m_stage->start());
    for (int i = 0; i < 3; ++i)
        QVERIFY(ask(HELLO).contains("content"));
    QCOMPARE(seen("/cachedContents").size(), std::size_t(0));
    QVERIFY(seen(":generateContent").back().request.body.find("cachedContent") == std::string::npos);
}

void TstPromptCache::isTurnedOnWhileItRuns()
{
    QVERIFY(m_stage->start());
    QVERIFY(ask(HELLO).contains("content"));
    const AdminClient admin(*m_stage);
    admin.json(200, "PATCH", "/settings/EXPLICIT_CACHES", R"({"value":"on"})");
    QVERIFY(QTest::qWaitFor(
        [&] { return ask(HELLO).contains("content") && !seen("/cachedContents").empty(); }, 10'000));
}

QTEST_GUILESS_MAIN(TstPromptCache)
#include "tst_promptcache.moc"
