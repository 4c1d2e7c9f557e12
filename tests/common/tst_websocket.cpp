#include <QTest>

#include "gateway/common/wsframe.h"
#include "gateway/common/wsreader.h"

using namespace Gateway;
using Sender = WsReader::Sender;

/// The WebSocket's frames, both ways: wherever the network cuts the bytes, the same comes out.
class TstWebSocket : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsInEverySplit_data();
    void readsInEverySplit();
    void writesWhatItReads_data();
    void writesWhatItReads();
    void writesTheShortestLength();
    void cutsReasonsBetweenCharacters();
    void survivesNoise();
    void knowsUtf8_data();
    void knowsUtf8();
    void answersTheHandshake();
};

namespace {

constexpr std::size_t LIMIT = 70'000;

std::string told(const WsClose &close)
{
    return std::to_string(close.code) + (close.reason.empty() ? "" : " " + close.reason);
}

/// What comes out when the bytes come in pieces that end at `cuts`.
std::string read(Sender sender, std::string_view bytes, const std::vector<std::size_t> &cuts)
{
    WsReader reader(sender, LIMIT);
    std::string log;
    const auto feed = [&](std::string_view piece) {
        for (;;) {
            switch (reader.next(piece)) {
            case WsReader::Event::More:
                return;
            case WsReader::Event::Message:
                log += (reader.isText() ? "text:" : "binary:") + reader.payload() + '|';
                break;
            case WsReader::Event::Ping:
                log += "ping:" + reader.payload() + '|';
                break;
            case WsReader::Event::Pong:
                log += "pong:" + reader.payload() + '|';
                break;
            case WsReader::Event::Closed:
                log += "closed:" + told(reader.close()) + '|';
                break;
            case WsReader::Event::Failed:
                log += "failed:" + std::to_string(reader.close().code) + '|';
                break;
            }
        }
    };
    std::size_t from = 0;
    for (const std::size_t cut : cuts) {
        feed(bytes.substr(from, cut - from));
        from = cut;
    }
    feed(bytes.substr(from));
    return log;
}

template <std::size_t N>
std::string raw(const char (&bytes)[N])
{
    return std::string(bytes, N - 1);
}

const WsMask MASK{'\x37', '\xfa', '\x21', '\x3d'};

std::string masked(unsigned first, std::string_view payload)
{
    std::string frame;
    appendWsFrame(frame, WsOpcode::Text, payload, MASK);
    frame[0] = static_cast<char>(first);
    return frame;
}

} // namespace

void TstWebSocket::readsInEverySplit_data()
{
    QTest::addColumn<bool>("fromClient");
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<std::string>("expected");
    const auto server = [](const char *name, std::string bytes, std::string expected) {
        QTest::newRow(name) << false << std::move(bytes) << std::move(expected);
    };
    const auto client = [](const char *name, std::string bytes, std::string expected) {
        QTest::newRow(name) << true << std::move(bytes) << std::move(expected);
    };
    // RFC 6455, 5.7
    server("a text", raw("\x81\x05Hello"), "text:Hello|");
    client("a masked text", raw("\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58"), "text:Hello|");
    server("in two fragments", raw("\x01\x03Hel\x80\x02lo"), "text:Hello|");
    server("a ping", raw("\x89\x05Hello"), "ping:Hello|");
    client("a masked pong", raw("\x8a\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58"), "pong:Hello|");
    server("256 bytes", raw("\x82\x7e\x01\x00") + std::string(256, 'b'),
           "binary:" + std::string(256, 'b') + '|');

    server("nothing", "", "");
    server("empty text", raw("\x81\x00"), "text:|");
    client("empty, masked", raw("\x82\x80\x01\x02\x03\x04"), "binary:|");
    client("two in a row", masked(0x81, "one") + masked(0x82, "two"), "text:one|binary:two|");
    server("a ping between fragments",
           raw("\x01\x01"
               "a"
               "\x89\x01p"
               "\x00\x01"
               "b"
               "\x8a\x00"
               "\x80\x01"
               "c"),
           "ping:p|pong:|text:abc|");
    server("a character over two fragments", raw("\x01\x01\xc3\x80\x01\xa9"), "text:\xc3\xa9|");
    server("closed",
           raw("\x88\x05\x03\xe8"
               "bye"),
           "closed:1000 bye|");
    server("closed without a code", raw("\x88\x00"), "closed:1005|");
    server("what follows the end", raw("\x88\x00\x81\x05Hello"), "closed:1005|");
    server("an application's code", raw("\x88\x02\x0f\xa0"), "closed:4000|");

    server("cut short", raw("\x81\x05Hel"), "");
    server("masked by a server",
           raw("\x81\x81\x00\x00\x00\x00"
               "a"),
           "failed:1002|");
    client("not masked by a client",
           raw("\x81\x01"
               "a"),
           "failed:1002|");
    server("a reserved bit",
           raw("\xc1\x01"
               "a"),
           "failed:1002|");
    server("an unknown kind",
           raw("\x83\x01"
               "a"),
           "failed:1002|");
    server("an unknown control", raw("\x8b\x00"), "failed:1002|");
    server("a continuation of nothing",
           raw("\x80\x01"
               "a"),
           "failed:1002|");
    server("a message inside another",
           raw("\x01\x01"
               "a"
               "\x81\x01"
               "b"),
           "failed:1002|");
    server("a ping in pieces",
           raw("\x09\x01"
               "a"),
           "failed:1002|");
    server("a long ping", raw("\x89\x7e\x00\x80") + std::string(128, 'p'), "failed:1002|");
    server("a length in too many bytes", raw("\x81\x7e\x00\x05Hello"), "failed:1002|");
    server("a length in eight bytes", raw("\x81\x7f\x00\x00\x00\x00\x00\x00\x01\x00"), "failed:1002|");
    server("a close frame of one byte", raw("\x88\x01\x03"), "failed:1002|");
    server("a code that may not be sent", raw("\x88\x02\x03\xed"), "failed:1002|");
    server("a code out of range", raw("\x88\x02\x03\xe7"), "failed:1002|");
    server("a reason that is no UTF-8", raw("\x88\x03\x03\xe8\xff"), "failed:1007|");
    server("a text that is no UTF-8", raw("\x81\x02\xc3\x28"), "failed:1007|");
    server("bytes may be anything", raw("\x82\x02\xc3\x28"), "binary:\xc3\x28|");
    server("too large", raw("\x82\x7f\x00\x00\x00\x00\x00\x01\x11\x71"), "failed:1009|");
    server("far too large", raw("\x82\x7f\xff\xff\xff\xff\xff\xff\xff\xff"), "failed:1009|");
    server("good, then bad",
           raw("\x81\x01"
               "a"
               "\x83\x00"),
           "text:a|failed:1002|");
}

void TstWebSocket::readsInEverySplit()
{
    QFETCH(const bool, fromClient);
    QFETCH(const std::string, bytes);
    QFETCH(const std::string, expected);
    const Sender sender = fromClient ? Sender::Client : Sender::Server;
    QCOMPARE(read(sender, bytes, {}), expected);
    for (std::size_t first = 0; first <= bytes.size(); ++first)
        QCOMPARE(read(sender, bytes, {first}), expected);
    std::vector<std::size_t> everywhere;
    for (std::size_t at = 1; at < bytes.size(); ++at)
        everywhere.push_back(at);
    QCOMPARE(read(sender, bytes, everywhere), expected);
}

void TstWebSocket::writesWhatItReads_data()
{
    QTest::addColumn<int>("size");
    for (const int size : {0, 1, 125, 126, 127, 65'535, 65'536, 69'999})
        QTest::addRow("%d", size) << size;
}

void TstWebSocket::writesWhatItReads()
{
    QFETCH(const int, size);
    std::string payload(static_cast<std::size_t>(size), 'x');
    for (std::size_t i = 0; i < payload.size(); ++i)
        payload[i] = static_cast<char>('a' + i % 26);
    for (const bool isMasked : {false, true}) {
        std::string frame;
        appendWsFrame(frame, WsOpcode::Text, payload, isMasked ? std::optional(MASK) : std::nullopt);
        QCOMPARE(read(isMasked ? Sender::Client : Sender::Server, frame, {frame.size() / 2}),
                 "text:" + payload + '|');
    }
}

void TstWebSocket::writesTheShortestLength()
{
    for (const auto &[size, head] : {std::pair(125, 2), {126, 4}, {65'535, 4}, {65'536, 10}}) {
        std::string frame;
        appendWsFrame(frame, WsOpcode::Binary, std::string(static_cast<std::size_t>(size), 'x'), {});
        QCOMPARE(frame.size(), static_cast<std::size_t>(size + head));
    }
    std::string hello;
    appendWsFrame(hello, WsOpcode::Text, "Hello", MASK);
    QCOMPARE(hello, raw("\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58"));
}

void TstWebSocket::cutsReasonsBetweenCharacters()
{
    std::string frame;
    appendWsClose(frame, {1011, std::string(122, 'r') + "\xc3\xa9 and more"}, {});
    QCOMPARE(read(Sender::Server, frame, {}), "closed:1011 " + std::string(122, 'r') + '|');
    for (const int code : {WsClose::NO_CODE, WsClose::ABNORMAL, 999, 1004, 1015, 2999, 5000}) {
        std::string bare;
        appendWsClose(bare, {code, "x"}, {});
        QCOMPARE(bare, raw("\x88\x00"));
    }
}

/// Any bytes at all: no crash, no message beyond the limit, and one end.
void TstWebSocket::survivesNoise()
{
    std::uint32_t seed = 7;
    for (int round = 0; round < 2000; ++round) {
        std::string noise;
        for (int i = 0; i < 64; ++i) {
            seed = seed * 1664525u + 1013904223u;
            noise += static_cast<char>(seed >> 24);
        }
        for (const Sender sender : {Sender::Client, Sender::Server}) {
            const std::string whole = read(sender, noise, {});
            QCOMPARE(read(sender, noise, {1, 2, 3, 17, 40}), whole);
            const std::size_t end = std::min(whole.find("failed"), whole.find("closed"));
            if (end != std::string::npos && whole.find(':', end + 7) == std::string::npos)
                QVERIFY(whole.ends_with('|'));
        }
    }
}

void TstWebSocket::knowsUtf8_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<bool>("expected");
    const auto row = [](const char *name, const char *text, bool expected) {
        QTest::newRow(name) << std::string(text) << expected;
    };
    row("empty", "", true);
    row("two bytes", "\xc2\x80\xdf\xbf", true);
    row("three bytes", "\xe0\xa0\x80\xed\x9f\xbf\xee\x80\x80\xef\xbf\xbf", true);
    row("four bytes", "\xf0\x90\x80\x80\xf4\x8f\xbf\xbf", true);
    row("a lone tail", "a\x80", false);
    row("too short a form", "\xc1\xbf", false);
    row("too short, three", "\xe0\x9f\xbf", false);
    row("too short, four", "\xf0\x8f\xbf\xbf", false);
    row("a surrogate", "\xed\xa0\x80", false);
    row("beyond the last", "\xf4\x90\x80\x80", false);
    row("no such lead", "\xf5\x80\x80\x80", false);
    row("cut", "\xe2\x82", false);
    row("a lead where a tail should be", "\xe2\xc3\xa9", false);
}

void TstWebSocket::knowsUtf8()
{
    QFETCH(const std::string, text);
    QFETCH(const bool, expected);
    QCOMPARE(isUtf8(text), expected);
}

void TstWebSocket::answersTheHandshake()
{
    QCOMPARE(wsAcceptFor("dGhlIHNhbXBsZSBub25jZQ=="),
             std::string("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")); // RFC 6455, 1.3
    QVERIFY(isWsKey("dGhlIHNhbXBsZSBub25jZQ=="));
    QVERIFY(!isWsKey(""));
    QVERIFY(!isWsKey("dGhlIHNhbXBsZSBub25j"));
    QVERIFY(!isWsKey("dGhlIHNhbXBsZSBub25jZQ=*"));
}

QTEST_APPLESS_MAIN(TstWebSocket)
#include "tst_websocket.moc"
