#include <QTest>

#include "tests/relay/relayharness.h"

using namespace Gateway;
using namespace TestSupport;

/// Keys of Vertex AI beside those of the Gemini API.
class TstRelayVertex : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aVertexKeyServesChats();
    void everyDialectIsWrittenForIt();
    void whatItLacksGoesToOtherKeys();
    void aBodyItCannotServeIsNoAttempt();
    void withoutOtherKeysItIsTold();
    void aKeyHasAPlaceOfItsOwn();
};

namespace {

const std::string GENERATE = "/v1beta/models/gemini-3.6-flash:generateContent";
const std::string STREAM = "/v1beta/models/gemini-3.6-flash:streamGenerateContent";
const std::string BODY = R"({"contents":[{"parts":[{"text":"Hello"}]}],"store":false})";

/// The harness's keys and one of Vertex AI with the id 100, which is always taken first.
struct Fixture
{
    explicit Fixture(int keys)
        : harness(keys)
    {
        FakeGemini::Options options;
        std::vector<std::string> all{"vertex-key"};
        for (int number = 1; number <= keys; ++number)
            all.push_back(RelayHarness::keyText(number));
        harness.fake.setKeys(all);
        PoolOptions pool;
        pool.strategy = "priority";
        harness.pool.setOptions(pool);
        KeyRow row;
        row.id = 100;
        row.secret = Secret("vertex-key");
        row.settings.kind = KeyKind::Vertex;
        row.settings.baseUrl = harness.fake.url() + "/v1";
        row.settings.priority = 10;
        harness.pool.load({row});
    }

    std::vector<std::string> paths() const
    {
        std::vector<std::string> all;
        for (const SeenRequest &seen : harness.fake.requests())
            all.push_back(seen.request.path);
        return all;
    }

    RelayHarness harness;
};

constexpr std::string_view VERTEX = "/v1/publishers/google/models/gemini-3.6-flash:";

} // namespace

void TstRelayVertex::aVertexKeyServesChats()
{
    Fixture f(1);
    QCOMPARE(f.harness.native(GENERATE, BODY).status, 200);
    const ClientView view = f.harness.native(STREAM, BODY, "alt=sse");
    QCOMPARE(view.status, 200);
    QVERIFY(view.body.find("finishReason") != std::string::npos);
    QCOMPARE(f.harness
                 .native("/v1beta/models/gemini-3.6-flash:countTokens",
                         R"({"contents":[{"parts":[{"text":"x"}]}]})")
                 .status,
             200);
    QCOMPARE(f.paths(), (std::vector<std::string>{std::string(VERTEX) + "generateContent",
                                                  std::string(VERTEX) + "streamGenerateContent",
                                                  std::string(VERTEX) + "countTokens"}));
    const SeenRequest seen = f.harness.fake.requests().front();
    QCOMPARE(seen.keyPlace, std::string("header"));
    QCOMPARE(f.harness.records.front().keyId, KeyId{100});
    QVERIFY(f.harness.records.front().tokens.total > 0);
}

void TstRelayVertex::everyDialectIsWrittenForIt()
{
    Fixture f(0);
    const ClientView view = f.harness.chat(
        R"({"model":"gemini-3.6-flash","messages":[{"role":"system","content":"s"},{"role":"user","content":"x"}]})");
    QCOMPARE(view.status, 200);
    QCOMPARE(f.paths(), std::vector<std::string>{std::string(VERTEX) + "generateContent"});
}

void TstRelayVertex::whatItLacksGoesToOtherKeys()
{
    Fixture f(2);
    QCOMPARE(f.harness.native("/v1beta/models", {}, {}, "GET").status, 200);
    QCOMPARE(f.harness.native("/v1beta/files", {}, {}, "GET").status, 200);
    QCOMPARE(f.harness.native("/v1beta/interactions", R"({"model":"gemini-3.6-flash","input":"x"})").status,
             200);
    QCOMPARE(f.harness.embeddings(R"({"model":"gemini-embedding-001","input":"x"})").status, 200);
    QCOMPARE(f.harness.googleOpenAi("models", {}, "GET").status, 200);
    for (const SeenRequest &seen : f.harness.fake.requests())
        QVERIFY(seen.key != "vertex-key");
    for (const RequestRecord &record : f.harness.records)
        QCOMPARE(record.attempts.size(), std::size_t{1});
}

void TstRelayVertex::aBodyItCannotServeIsNoAttempt()
{
    Fixture f(1);
    const ClientView view =
        f.harness.native(GENERATE, R"({"contents":[{"parts":[{"text":"x"}]}],"tools":[{"fileSearch":{}}]})");
    QVERIFY(view.status != 503);
    QCOMPARE(f.harness.fake.requests().size(), std::size_t{1});
    QCOMPARE(f.harness.fake.requests().front().key, RelayHarness::keyText(1));
    QCOMPARE(f.harness.records.front().attempts.size(), std::size_t{1});
    QCOMPARE(f.harness.native(GENERATE, BODY).status, 200); // and it may serve the next
    QCOMPARE(f.harness.fake.requests().back().key, std::string("vertex-key"));
}

void TstRelayVertex::withoutOtherKeysItIsTold()
{
    Fixture f(0);
    QCOMPARE(f.harness.native("/v1beta/files", {}, {}, "GET").status, 503);
    QCOMPARE(
        f.harness.native(GENERATE, R"({"contents":[{"parts":[{"text":"x"}]}],"tools":[{"fileSearch":{}}]})")
            .status,
        503);
    QVERIFY(f.harness.fake.requests().empty());
}

void TstRelayVertex::aKeyHasAPlaceOfItsOwn()
{
    RelayHarness harness(0);
    KeyRow row;
    row.id = 7;
    row.secret = Secret("fake-key-7");
    row.settings.baseUrl = harness.fake.url();
    harness.fake.setKeys({"fake-key-7"});
    harness.pool.load({row});
    RelayOptions options;
    options.googleHost = "http://127.0.0.1:1";
    harness.relay->setOptions(options);
    QCOMPARE(harness.native(GENERATE, R"({"contents":[{"parts":[{"text":"x"}]}]})").status, 200);
    QCOMPARE(harness.fake.requests().front().request.path, GENERATE);
}

QTEST_GUILESS_MAIN(TstRelayVertex)
#include "tst_relayvertex.moc"
