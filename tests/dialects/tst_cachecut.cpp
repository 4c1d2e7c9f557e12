#include <set>

#include <QTest>

#include "gateway/common/json.h"
#include "gateway/dialects/cachecut.h"

using namespace Gateway;

/// What of a request may lie in a cache of Gemini's, and what is left.
class TstCacheCut : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void leavesTheRest();
    void leavesTheRestWithoutTurns();
    void makesTheCache();
    void makesTheCacheOfATunedModel();
    void isWholeAgain();
    void beginsWithTheUser();
    void printsTellBeginningsApart();
    void printsGoByTheBeginningOnly();
    void tellsSizes();
    void refuses_data();
    void refuses();
};

namespace {

const std::string SYSTEM = R"("systemInstruction":{"parts":[{"text":"Be [brief] \"}"}]})";
const std::string TOOLS = R"("tools":[{"functionDeclarations":[{"name":"f"}]}])";
const std::string TOOL_CONFIG = R"("toolConfig":{"functionCallingConfig":{"mode":"AUTO"}})";
const std::string CONFIG = R"("generationConfig":{"temperature":0.5})";
const std::string HELLO = R"({"role":"user","parts":[{"text":"a ]} \\"}]})";
const std::string ANSWER = R"({"role":"model","parts":[{"text":"b"}]})";
const std::string CALL = R"({"role":"model","parts":[{"functionCall":{"name":"f","args":{}}}]})";
const std::string RESULT = R"({"role":"user","parts":[{"functionResponse":{"name":"f","response":{}}}]})";
const std::string MIXED =
    R"({"role":"user","parts":[{"functionResponse":{"name":"f","response":{}}},{"text":"c"}]})";
const std::string QUOTING = R"({"role":"user","parts":[{"text":"{\"functionResponse\":1}"}]})";

std::string body(const std::vector<std::string> &turns, const std::string &system = SYSTEM,
                 const std::string &tools = TOOLS, const std::string &config = TOOL_CONFIG)
{
    std::string contents;
    for (const std::string &turn : turns)
        contents += (contents.empty() ? "" : ",") + turn;
    return '{' + system + R"(,"contents":[)" + contents + "]," + tools + ',' + config + ',' + CONFIG + '}';
}

std::string printOf(const std::string &text, std::size_t turns, const std::string &model = "m")
{
    const std::optional<CacheCut> cut = CacheCut::of(text);
    return cut ? cut->prints(model, turns).at(turns) : std::string();
}

} // namespace

void TstCacheCut::leavesTheRest()
{
    const std::string text = body({HELLO, ANSWER, HELLO});
    const std::optional<CacheCut> cut = CacheCut::of(text);
    QVERIFY(cut);
    QCOMPARE(cut->turnCount(), std::size_t(3));
    QCOMPARE(cut->rest("cachedContents/x", 2),
             R"({"cachedContent":"cachedContents/x","contents":[)" + HELLO + "]," + CONFIG + '}');
}

void TstCacheCut::leavesTheRestWithoutTurns()
{
    const std::string text = R"({"contents":[)" + HELLO + R"(],"safetySettings":[],)" + CONFIG + '}';
    const std::optional<CacheCut> cut = CacheCut::of(text);
    QVERIFY(cut);
    QCOMPARE(cut->rest("cachedContents/x", 0), R"({"cachedContent":"cachedContents/x","contents":[)" + HELLO +
                                                   R"(],"safetySettings":[],)" + CONFIG + '}');
}

void TstCacheCut::makesTheCache()
{
    const std::string text = body({HELLO, ANSWER, HELLO});
    const std::optional<CacheCut> cut = CacheCut::of(text);
    QVERIFY(cut);
    QCOMPARE(cut->cache("gemini-x", 2, 300'000), R"({"model":"models/gemini-x","contents":[)" + HELLO + ',' +
                                                     ANSWER + "]," + SYSTEM + ',' + TOOLS + ',' +
                                                     TOOL_CONFIG + R"(,"ttl":"300s"})");
    QCOMPARE(cut->cache("gemini-x", 0, 3'600'000), R"({"model":"models/gemini-x",)" + SYSTEM + ',' + TOOLS +
                                                       ',' + TOOL_CONFIG + R"(,"ttl":"3600s"})");
}

void TstCacheCut::makesTheCacheOfATunedModel()
{
    const std::string text = R"({"contents":[)" + HELLO + "]}";
    QCOMPARE(CacheCut::of(text)->cache("tunedModels/x", 0, 60'000),
             std::string(R"({"model":"tunedModels/x","ttl":"60s"})"));
}

/// Cache and rest hold all there was, wherever it is cut.
void TstCacheCut::isWholeAgain()
{
    const std::vector<std::string> turns{HELLO, CALL, RESULT, ANSWER, MIXED};
    const std::string text = body(turns);
    const std::optional<CacheCut> cut = CacheCut::of(text);
    QVERIFY(cut);
    for (std::size_t at = 0; at < turns.size(); ++at) {
        const auto cache = parseJsonObject(cut->cache("m", at, 1000));
        const auto rest = parseJsonObject(cut->rest("cachedContents/x", at));
        QVERIFY(cache && rest);
        json::array all = at > 0 ? cache->at("contents").get_array() : json::array();
        for (const json::value &turn : rest->at("contents").get_array())
            all.push_back(turn);
        QCOMPARE(toJson(all), toJson(parseJsonObject(text)->at("contents")));
    }
}

void TstCacheCut::beginsWithTheUser()
{
    const std::string text = body({HELLO, CALL, RESULT, ANSWER, MIXED, ANSWER, QUOTING});
    const std::optional<CacheCut> cut = CacheCut::of(text);
    QVERIFY(cut);
    std::vector<std::size_t> places;
    for (std::size_t turn = 0; turn <= cut->turnCount(); ++turn) {
        if (cut->mayBegin(turn))
            places.push_back(turn);
    }
    QCOMPARE(places, (std::vector<std::size_t>{0, 6}));
}

void TstCacheCut::printsTellBeginningsApart()
{
    const std::string text = body({HELLO, ANSWER});
    std::set<std::string> prints;
    for (const std::string &print : CacheCut::of(text)->prints("m", 2))
        prints.insert(print);
    prints.insert(printOf(text, 1, "n"));
    prints.insert(printOf(body({ANSWER, HELLO}), 1));
    prints.insert(printOf(body({HELLO}, R"("systemInstruction":{"parts":[{"text":"other"}]})"), 1));
    prints.insert(printOf(body({HELLO}, SYSTEM, R"("tools":[])"), 1));
    prints.insert(printOf(body({HELLO}, SYSTEM, TOOLS, R"("toolConfig":{})"), 1));
    prints.insert(printOf(R"({"contents":[)" + HELLO + "]}", 1));
    QCOMPARE(prints.size(), std::size_t(9));
}

void TstCacheCut::printsGoByTheBeginningOnly()
{
    const std::string first = body({HELLO, ANSWER, HELLO});
    std::string second = body({HELLO, ANSWER, QUOTING, ANSWER, HELLO});
    second.replace(second.find("0.5"), 3, "0.7");
    QCOMPARE(printOf(first, 2), printOf(second, 2));
    QVERIFY(printOf(first, 3) != printOf(second, 3));
}

void TstCacheCut::tellsSizes()
{
    const std::string text = body({HELLO, ANSWER, CALL});
    const std::optional<CacheCut> cut = CacheCut::of(text);
    QVERIFY(cut);
    QCOMPARE(cut->between(1, 3), ANSWER + ',' + CALL);
    QVERIFY(cut->between(1, 1).empty());
    QVERIFY(cut->between(0, 4).empty());
    QCOMPARE(cut->settings().size(), std::size_t(3));
    QCOMPARE(cut->settings()[0], std::string_view(SYSTEM).substr(SYSTEM.find('{')));
}

void TstCacheCut::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("no turns") << QByteArray(R"({"contents":[]})");
    QTest::newRow("no contents") << QByteArray(R"({"tools":[]})");
    QTest::newRow("contents that are no list") << QByteArray(R"({"contents":"x"})");
    QTest::newRow("a cache of the client's")
        << QByteArray::fromStdString(R"({"cachedContent":"cachedContents/x","contents":[)" + HELLO + "]}");
    QTest::newRow("cut off") << QByteArray::fromStdString(body({HELLO})).chopped(3);
    QTest::newRow("no object") << QByteArray(R"(["contents"])");
}

void TstCacheCut::refuses()
{
    QFETCH(QByteArray, text);
    QVERIFY(!CacheCut::of(text.toStdString()));
}

QTEST_APPLESS_MAIN(TstCacheCut)
#include "tst_cachecut.moc"
