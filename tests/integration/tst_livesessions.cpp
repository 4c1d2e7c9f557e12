#include <QTest>

#include "gateway/common/json.h"
#include "gateway/common/wsreader.h"
#include "tests/integration/adminclient.h"
#include "tests/integration/stage.h"

using namespace TestSupport;
using namespace Gateway;

/// Live sessions through the running gateway, frame by frame.
class TstLiveSessions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusesWhatIsNoWebSocket_data();
    void refusesWhatIsNoWebSocket();
    void keepsTheRules_data();
    void keepsTheRules();
    void readsFragmentsWithAPingBetween();
    void takesAliases();
    void echoesTheClientsClosing();
    void writesOneRecordWithTokens();
    void tellsWhyAllKeysFailed();
    void aRefusalBeforeTheSessionIsTriedAgain();
    void aSilentSessionEnds();
    void aSlowClientHoldsGoogleBack();
    void aModelBeyondTheTokenIsRefused();
    void sessionsEndWithTheGateway();
};

namespace {

const std::string PATH = "/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent";
const std::string SETUP = R"({"setup":{"model":"models/gemini-3.8-live"}})";
constexpr const char *MODEL = "gemini-3.8-live";
const WsMask MASK{'\x11', '\x22', '\x33', '\x44'};

std::string opening(const std::string &token, const std::string &more = {})
{
    return "GET " + PATH + "?key=" + token +
           " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
           "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
           more + "\r\n";
}

std::string turn(const std::string &text)
{
    return R"({"clientContent":{"turns":[{"role":"user","parts":[{"text":")" + text +
           R"("}]}],"turnComplete":true}})";
}

/// A client that masks and frames by itself.
class LiveClient
{
public:
    explicit LiveClient(Stage &stage, int receiveBuffer = 0)
        : m_client(8000)
    {
        m_isConnected = m_client.connect(stage.gateway().port(), receiveBuffer);
    }

    bool open(const std::string &token = CLIENT_TOKEN)
    {
        if (!m_isConnected || !m_client.send(opening(token)))
            return false;
        const std::string head = m_client.readUntil("\r\n\r\n");
        return head.starts_with("HTTP/1.1 101 ") &&
               head.find("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=") != std::string::npos;
    }

    void sendRaw(std::string_view bytes) { m_client.send(bytes); }
    void sendFrame(WsOpcode opcode, std::string_view payload)
    {
        std::string frame;
        appendWsFrame(frame, opcode, payload, MASK);
        m_client.send(frame);
    }
    void say(std::string_view text) { sendFrame(WsOpcode::Text, text); }

    /// The next thing that is no ping: a message's payload, "pong …", "closed CODE REASON", or "" at the end.
    std::string next()
    {
        for (;;) {
            switch (m_reader.next(m_left)) {
            case WsReader::Event::More:
                m_bytes = m_client.read();
                m_left = m_bytes;
                if (m_bytes.empty())
                    return {};
                break;
            case WsReader::Event::Message:
                return m_reader.payload();
            case WsReader::Event::Ping:
                break;
            case WsReader::Event::Pong:
                return "pong " + m_reader.payload();
            case WsReader::Event::Closed:
                return "closed " + std::to_string(m_reader.close().code) + ' ' + m_reader.close().reason;
            case WsReader::Event::Failed:
                return "a broken frame: " + m_reader.close().reason;
            }
        }
    }
    std::string nextWith(std::string_view part)
    {
        for (;;) {
            std::string message = next();
            if (message.empty() || message.find(part) != std::string::npos || message.starts_with("closed"))
                return message;
        }
    }
    RawClient &raw() { return m_client; }

private:
    RawClient m_client;
    bool m_isConnected = false;
    std::string m_bytes;
    std::string_view m_left;
    WsReader m_reader{WsReader::Sender::Server, 64u * 1024 * 1024};
};

} // namespace

void TstLiveSessions::refusesWhatIsNoWebSocket_data()
{
    QTest::addColumn<std::string>("request");
    QTest::addColumn<int>("status");
    const auto without = [](std::string_view line) {
        std::string request = opening(CLIENT_TOKEN);
        const std::size_t at = request.find(line);
        return request.erase(at, request.find("\r\n", at) + 2 - at);
    };
    QTest::newRow("no upgrade") << without("Upgrade: websocket") << 426;
    QTest::newRow("no version") << without("Sec-WebSocket-Version") << 426;
    QTest::newRow("no key") << without("Sec-WebSocket-Key") << 426;
    QTest::newRow("wrong token") << opening("nobody-knows-this-token") << 401;
    std::string post = opening(CLIENT_TOKEN, "Content-Length: 0\r\n");
    post.replace(0, 3, "POST");
    QTest::newRow("a POST") << post << 405;
    std::string unknown = opening(CLIENT_TOKEN);
    unknown.replace(unknown.find("BidiGenerateContent"), 19, "BidiGenerateNothing");
    QTest::newRow("an unknown method") << unknown << 404;
}

void TstLiveSessions::refusesWhatIsNoWebSocket()
{
    QFETCH(const std::string, request);
    QFETCH(const int, status);
    static Stage stage(1);
    static const bool isStarted = stage.start();
    QVERIFY(isStarted);
    RawClient client;
    QVERIFY(client.connect(stage.gateway().port()));
    QVERIFY(client.send(request));
    const RawAnswer answer = client.readAnswer();
    QCOMPARE(answer.status, status);
    QVERIFY2(answer.body.find("\"error\"") != std::string::npos, answer.body.c_str());
    QVERIFY(stage.fake().requests().empty());
}

void TstLiveSessions::keepsTheRules_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<std::string>("expected");
    const auto masked = [](unsigned first, std::string_view payload) {
        std::string frame;
        appendWsFrame(frame, WsOpcode::Text, payload, MASK);
        frame[0] = static_cast<char>(first);
        return frame;
    };
    std::string bare;
    appendWsFrame(bare, WsOpcode::Text, SETUP, {});
    QTest::newRow("an unmasked frame") << bare << std::string("closed 1002");
    QTest::newRow("a reserved bit") << masked(0xc1, SETUP) << std::string("closed 1002");
    QTest::newRow("a lone continuation") << masked(0x80, SETUP) << std::string("closed 1002");
    QTest::newRow("no UTF-8") << masked(0x81, "\xff\xfe") << std::string("closed 1007");
    QTest::newRow("no JSON") << masked(0x81, "hello") << std::string("closed 1007");
    QTest::newRow("no setup") << masked(0x81, turn("x")) << std::string("closed 1007");
    QTest::newRow("too large") << masked(0x81, std::string(5000, ' ')) << std::string("closed 1009");
}

void TstLiveSessions::keepsTheRules()
{
    QFETCH(const std::string, bytes);
    QFETCH(const std::string, expected);
    static Stage stage(1);
    static const bool isStarted = stage.start({{"LIVE_MESSAGE_LIMIT", "4096"}});
    QVERIFY(isStarted);
    LiveClient client(stage);
    QVERIFY(client.open());
    client.sendRaw(bytes);
    const std::string told = client.next();
    QVERIFY2(told.starts_with(expected), told.c_str());
    QVERIFY(client.raw().waitClosed(3000));
    QVERIFY(stage.fake().requests().empty());
}

void TstLiveSessions::readsFragmentsWithAPingBetween()
{
    Stage stage(1);
    QVERIFY(stage.start());
    LiveClient client(stage);
    QVERIFY(client.open());
    std::string bytes;
    appendWsFrame(bytes, WsOpcode::Text, SETUP.substr(0, 9), MASK);
    bytes[0] = '\x01';
    appendWsFrame(bytes, WsOpcode::Ping, "here", MASK);
    std::string rest;
    appendWsFrame(rest, WsOpcode::Continuation, SETUP.substr(9), MASK);
    bytes += rest;
    for (const char byte : bytes) // every byte by itself
        client.sendRaw({&byte, 1});
    QCOMPARE(client.next(), std::string("pong here"));
    QCOMPARE(client.next(), std::string(R"({"setupComplete":{}})"));
    QCOMPARE(stage.fake().requests().at(0).messages.at(0), SETUP);
}

void TstLiveSessions::takesAliases()
{
    Stage stage(1);
    QVERIFY(stage.start({{"MODEL_ALIASES", "voice=gemini-3.8-live; headers=\"X-Stage: alias\""}}));
    const json::value issued = AdminClient(stage).json(
        201, "POST", "/tokens", R"({"name":"a","parameters":"headers=\"X-Stage: token; X-Team: b\""})");
    QVERIFY(issued.is_object());
    for (const std::string &token :
         {std::string(CLIENT_TOKEN), std::string(issued.at("secret").get_string())}) {
        LiveClient client(stage);
        QVERIFY(client.open(token));
        client.say(R"({"setup":{"model":"models/voice"}})");
        QCOMPARE(client.next(), std::string(R"({"setupComplete":{}})"));
        const SeenRequest seen = stage.fake().requests().back();
        QCOMPARE(seen.messages.at(0), SETUP);
        QCOMPARE(headerValue(seen.request.headers, "x-stage"), std::string_view("alias"));
        QCOMPARE(headerValue(seen.request.headers, "x-team"),
                 std::string_view(token == CLIENT_TOKEN ? "" : "b"));
    }
}

void TstLiveSessions::echoesTheClientsClosing()
{
    Stage stage(1);
    QVERIFY(stage.start());
    LiveClient client(stage);
    QVERIFY(client.open());
    client.say(SETUP);
    QVERIFY(!client.next().empty());
    client.sendFrame(WsOpcode::Close, std::string("\x03\xe9", 2) + "done");
    QCOMPARE(client.next(), std::string("closed 1001 done"));
    QVERIFY(client.raw().waitClosed(3000));
    QVERIFY(stage.fake().waitForEnd(0, 3000));
    QCOMPARE(stage.fake().requests().at(0).messages.back(), std::string("close 1001"));
}

void TstLiveSessions::writesOneRecordWithTokens()
{
    Stage stage(2);
    QVERIFY(stage.start());
    stage.script("*", Fault::MinuteQuota, 1, 0, MODEL);
    LiveClient client(stage);
    QVERIFY(client.open());
    client.say(SETUP);
    for (const char *text : {"one", "two"}) {
        client.say(turn(text)); // the first one before the session is there
        QVERIFY(client.nextWith("usageMetadata").find("turnComplete") != std::string::npos);
    }
    client.sendFrame(WsOpcode::Close, {});
    QCOMPARE(client.next(), std::string("closed 1005 "));
    QTRY_COMPARE_WITH_TIMEOUT(
        stage.query(
            "SELECT requests.status || ' ' || total_tokens || ' ' || method.text || ' ' || used.text || "
            "' ' || coalesce(error, '-') FROM requests JOIN names method ON method.id = "
            "requests.method JOIN names used ON used.id = requests.model_used"),
        std::vector<std::string>{"101 38 BidiGenerateContent gemini-3.8-live -"}, 2000);
    QCOMPARE(stage.query("SELECT json_array_length(attempts) FROM requests"), std::vector<std::string>{"2"});
}

void TstLiveSessions::tellsWhyAllKeysFailed()
{
    Stage stage(2);
    QVERIFY(stage.start({{"WAIT_LIMIT", "0"}}));
    stage.script("*", Fault::MinuteQuota, -1, 0, MODEL);
    LiveClient client(stage);
    QVERIFY(client.open());
    client.say(SETUP);
    const std::string told = client.next();
    QVERIFY2(told.starts_with("closed 1013 "), told.c_str());
    for (const std::string &key : stage.keys())
        QVERIFY(told.find(key) == std::string::npos);
    QCOMPARE(stage.fake().requests().size(), std::size_t{2});
}

void TstLiveSessions::aRefusalBeforeTheSessionIsTriedAgain()
{
    Stage stage(2);
    QVERIFY(stage.start());
    stage.script("*", Fault::HtmlError, 1, 0, "handshake");
    LiveClient client(stage);
    QVERIFY(client.open());
    client.say(SETUP);
    QCOMPARE(client.next(), std::string(R"({"setupComplete":{}})"));
    QCOMPARE(stage.fake().requests().size(), std::size_t{2});
}

void TstLiveSessions::aSilentSessionEnds()
{
    Stage stage(1);
    QVERIFY(stage.start({{"LIVE_IDLE_TIMEOUT", "1"}}));
    LiveClient client(stage);
    QVERIFY(client.open());
    client.say(SETUP);
    QVERIFY(!client.next().empty());
    QCOMPARE(client.next(), std::string("closed 1001 Nothing was said for 1 s."));
    QVERIFY(stage.fake().waitForEnd(0, 3000));
}

/// What a client does not read stays with Google but for the buffers on the way.
void TstLiveSessions::aSlowClientHoldsGoogleBack()
{
    Stage stage(1);
    QVERIFY(stage.start());
    LiveClient client(stage, 16 * 1024);
    QVERIFY(client.open());
    client.say(SETUP);
    QVERIFY(!client.next().empty());
    const long before = stage.gateway().rssKib();
    client.say(turn("flood 800")); // 50 MiB
    QTest::qWait(700);
    const long held = stage.gateway().rssKib() - before;
    QVERIFY2(held < 20 * 1024, qPrintable(QString::number(held)));
    int messages = 0;
    for (std::string message = client.next(); !message.empty(); message = client.next()) {
        ++messages;
        if (message.find("turnComplete") != std::string::npos)
            break;
    }
    QCOMPARE(messages, 804);
}

void TstLiveSessions::aModelBeyondTheTokenIsRefused()
{
    Stage stage(1);
    QVERIFY(stage.start());
    const AdminClient admin(stage);
    const json::value issued =
        admin.json(201, "POST", "/tokens", R"({"name":"flash","allowedModels":["gemini-3.6-*"]})");
    QVERIFY(issued.is_object());
    LiveClient client(stage);
    QVERIFY(client.open(std::string(issued.at("secret").get_string())));
    client.say(SETUP);
    const std::string told = client.next();
    QVERIFY2(told.starts_with("closed 1008 "), told.c_str());
    QVERIFY(stage.fake().requests().empty());
}

void TstLiveSessions::sessionsEndWithTheGateway()
{
    Stage stage(1);
    QVERIFY(stage.start());
    LiveClient client(stage);
    QVERIFY(client.open());
    client.say(SETUP);
    QVERIFY(!client.next().empty());
    stage.gateway().askToStop();
    QCOMPARE(client.next(), std::string("closed 1001 The gateway is being stopped."));
    QVERIFY(stage.fake().waitForEnd(0, 3000));
}

QTEST_GUILESS_MAIN(TstLiveSessions)
#include "tst_livesessions.moc"
