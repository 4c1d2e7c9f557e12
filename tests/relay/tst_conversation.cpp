#include <QTest>

#include "gateway/relay/affinity.h"

using namespace Gateway;

namespace {

std::string native(const std::string &system, const std::string &turns)
{
    return R"({"contents":[)" + turns + R"(],"systemInstruction":{"parts":[{"text":")" + system +
           R"("}]},"generationConfig":{"temperature":1}})";
}

const std::string USER = "{\"role\":\"user\",\"parts\":[{\"text\":\"Say \\\"hi\\\" [once] }\"}]}";
const std::string MODEL = R"({"role":"model","parts":[{"text":"hi"}]})";
const std::string MORE = R"({"role":"user","parts":[{"text":"again"}]})";

} // namespace

class TstConversation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aConversationKeepsItsHash();
    void otherBeginningsHaveOthers();
    void anOpenAiConversationKeepsItsHash();
    void aLongConversationKeepsItsHash();
    void aHeaderNamesTheConversation();
    void whatIsNoChatHasNone();
    void brokenBodiesDoNoHarm();
    void estimatesTokensFromBytes();
};

void TstConversation::aConversationKeepsItsHash()
{
    const std::uint64_t first = affinityOf({}, native("Be kind.", USER));
    QVERIFY(first != 0);
    QCOMPARE(affinityOf({}, native("Be kind.", USER + "," + MODEL + ", " + MORE)), first);
    const std::string systemFirst =
        R"({"systemInstruction":{"parts":[{"text":"Be kind."}]},"contents":[)" + USER + "]}";
    QCOMPARE(affinityOf({}, systemFirst), first);
}

void TstConversation::otherBeginningsHaveOthers()
{
    const std::uint64_t first = affinityOf({}, native("Be kind.", USER));
    QVERIFY(affinityOf({}, native("Be rude.", USER)) != first);
    QVERIFY(affinityOf({}, native("Be kind.", MORE)) != first);
}

void TstConversation::anOpenAiConversationKeepsItsHash()
{
    const std::string system = R"({"role":"system","content":"Be kind."})";
    const std::string user = R"({"role":"user","content":"Hello"})";
    const std::string answer = R"({"role":"assistant","content":"Hi"})";
    const std::string head = R"({"model":"m","messages":[)";
    const std::uint64_t first = affinityOf({}, head + system + "," + user + "]}");
    QVERIFY(first != 0);
    QCOMPARE(affinityOf({}, head + system + "," + user + "," + answer + "," + user + R"(],"stream":true})"),
             first);
    QVERIFY(affinityOf({}, head + R"({"role":"system","content":"Be rude."},)" + user + "]}") != first);
    for (const std::string before : {R"("stream":false,)", R"("temperature": 0.7 ,)", R"("n":1,"user":null,)",
                                     R"("tools":[{"a":[1,{"b":"]"}]}],)", R"("stop":["\""],)"})
        QCOMPARE(affinityOf({}, "{" + before + R"("messages":[)" + system + "," + user + "]}"), first);
}

void TstConversation::aLongConversationKeepsItsHash()
{
    const std::uint64_t first = affinityOf({}, native("Be kind.", USER));
    std::string turns = USER;
    while (turns.size() < 500'000)
        turns += "," + MODEL + "," + MORE;
    QCOMPARE(affinityOf({}, native("Be kind.", turns)), first);
}

void TstConversation::aHeaderNamesTheConversation()
{
    const Headers headers{{"X-Gateway-Affinity", "chat-1"}};
    const std::uint64_t named = affinityOf(headers, native("a", USER));
    QCOMPARE(affinityOf(headers, native("b", MORE)), named);
    QCOMPARE(affinityOf({{"x-session-id", "chat-1"}}, ""), named);
    QCOMPARE(affinityOf({{"X-Claude-Code-Session-Id", "chat-1"}}, ""), named);
    QVERIFY(affinityOf({{"x-session-id", "chat-2"}}, "") != named);
}

void TstConversation::whatIsNoChatHasNone()
{
    QCOMPARE(affinityOf({}, ""), 0u);
    QCOMPARE(affinityOf({}, R"({"requests":[]})"), 0u);
}

void TstConversation::brokenBodiesDoNoHarm()
{
    const std::string whole = native("Be kind.", USER + "," + MODEL);
    for (std::size_t size = 0; size <= whole.size(); ++size) {
        const std::string cut = whole.substr(0, size); // of its own memory, so that reading beyond it is seen
        affinityOf({}, cut);
        estimatedTokens(cut);
    }
}

void TstConversation::estimatesTokensFromBytes()
{
    QCOMPARE(static_cast<qint64>(estimatedTokens([] {
                 std::string text;
                 while (text.size() < 4000)
                     text += "some ";
                 return text;
             }())),
             1000);
    const std::string picture =
        R"({"inlineData":{"mimeType":"image/png","data":")" + std::string(400'000, 'A') + R"("}})";
    QVERIFY(estimatedTokens(picture) > 258 && estimatedTokens(picture) < 600);
    QVERIFY(estimatedTokens(picture + std::string(4000, ' ') + picture) > 2 * 258 + 1000);
}

QTEST_APPLESS_MAIN(TstConversation)
#include "tst_conversation.moc"
