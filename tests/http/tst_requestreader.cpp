#include <random>

#include <QTest>

#include "gateway/http/requestreader.h"

using namespace Gateway;

namespace {

const HttpLimits LIMITS;

/// What became of `bytes`, fed in pieces of `piece` bytes: the request, or its error; and how much was used.
struct Outcome
{
    RequestReader::State state = RequestReader::State::Idle;
    HttpRequest request;
    Error error;
    std::size_t used = 0;
};

Outcome read(std::string_view bytes, std::size_t piece = std::string_view::npos,
             const HttpLimits &limits = LIMITS)
{
    RequestReader reader(limits);
    Outcome outcome;
    while (outcome.used < bytes.size()) {
        const std::string copy(bytes.substr(outcome.used, piece)); // its own memory: asan sees an overrun
        const std::size_t used = reader.feed(copy);
        outcome.used += used;
        if (used < copy.size() || reader.state() == RequestReader::State::Failed)
            break;
    }
    outcome.state = reader.state();
    outcome.error = reader.error();
    outcome.request = reader.request();
    return outcome;
}

int statusOf(std::string_view bytes, const HttpLimits &limits = LIMITS)
{
    const Outcome outcome = read(bytes, std::string_view::npos, limits);
    return outcome.state == RequestReader::State::Failed     ? outcome.error.status
           : outcome.state == RequestReader::State::Complete ? 200
                                                             : 0;
}

std::string get(std::string_view headers)
{
    return "GET / HTTP/1.1\r\nHost: h\r\n" + std::string(headers) + "\r\n";
}

std::string post(std::string_view headers, std::string_view body)
{
    return "POST /p HTTP/1.1\r\nHost: h\r\n" + std::string(headers) + "\r\n" + std::string(body);
}

} // namespace

class TstRequestReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsMethodTargetHeadersAndBody();
    void readsWhateverThePieces_data();
    void readsWhateverThePieces();
    void leavesTheNextRequest();
    void judges_data();
    void judges();
    void cutsAbsoluteTargets();
    void knowsHowLongToKeepTheConnection();
    void promisesContinueOnceAndOnlyWhenAwaited();
    void refusesLargeBodiesBeforeTheyCome();
    void growsMemoryWithWhatComes();
    void saysEarlyThatTlsIsNotHttp();
    void passesOverEmptyLinesBetweenRequests();
    void survivesRandomBytes();
    void survivesMutatedRequests();
};

void TstRequestReader::readsMethodTargetHeadersAndBody()
{
    const Outcome outcome = read("POST /v1/x?a=b HTTP/1.1\r\nHost: localhost:1\r\nX-Empty:\r\n"
                                 "X-Request-Id: \t abc \r\nContent-Length: 5\r\n\r\nhello");
    QCOMPARE(outcome.state, RequestReader::State::Complete);
    QCOMPARE(outcome.request.method, std::string("POST"));
    QCOMPARE(outcome.request.target, std::string("/v1/x?a=b"));
    QCOMPARE(outcome.request.host, std::string("localhost:1"));
    QCOMPARE(outcome.request.body, std::string("hello"));
    QCOMPARE(outcome.request.requestId(), std::string_view("abc"));
    QCOMPARE(outcome.request.headers.size(), 4u);
    QCOMPARE(outcome.request.headers[1].second, std::string());
}

void TstRequestReader::readsWhateverThePieces_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<std::string>("body");
    QTest::newRow("no body") << get("A: b\r\n") << std::string();
    QTest::newRow("length") << post("Content-Length: 11\r\n", "hello world") << std::string("hello world");
    QTest::newRow("chunks") << post("Transfer-Encoding: chunked\r\n",
                                    "5\r\nhello\r\n1;ext=\"q\"\r\n \r\n005 \r\nworld\r\n0\r\nT: v\r\n\r\n")
                            << std::string("hello world");
    QTest::newRow("chunks in capitals")
        << post("transfer-encoding: CHUNKED\r\n", "A\r\n0123456789\r\na\r\nabcdefghij\r\n0\r\n\r\n")
        << std::string("0123456789abcdefghij");
}

void TstRequestReader::readsWhateverThePieces()
{
    QFETCH(const std::string, bytes);
    QFETCH(const std::string, body);
    for (std::size_t piece = 1; piece <= bytes.size(); ++piece) {
        const Outcome outcome = read(bytes, piece);
        QVERIFY2(outcome.state == RequestReader::State::Complete, qPrintable(QString::number(piece)));
        QCOMPARE(outcome.request.body, body);
        QCOMPARE(outcome.used, bytes.size());
    }
    for (std::size_t split = 1; split < bytes.size(); ++split) { // two pieces, cut at every byte
        RequestReader reader(LIMITS);
        QCOMPARE(reader.feed(std::string_view(bytes).substr(0, split)), split);
        QVERIFY(reader.state() != RequestReader::State::Complete);
        QCOMPARE(reader.feed(std::string_view(bytes).substr(split)), bytes.size() - split);
        QCOMPARE(reader.state(), RequestReader::State::Complete);
        QCOMPARE(reader.request().body, body);
    }
}

void TstRequestReader::leavesTheNextRequest()
{
    for (const std::string &first : {get(""), post("Content-Length: 3\r\n", "abc"),
                                     post("Transfer-Encoding: chunked\r\n", "3\r\nabc\r\n0\r\n\r\n")}) {
        const Outcome outcome = read(first + get("Next: 1\r\n"));
        QCOMPARE(outcome.state, RequestReader::State::Complete);
        QCOMPARE(outcome.used, first.size());
    }
}

void TstRequestReader::judges_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, std::string bytes, int status) {
        QTest::newRow(name) << std::move(bytes) << status;
    };
    row("plain", get(""), 200);
    row("1.0 without Host", "GET / HTTP/1.0\r\n\r\n", 200);
    row("asterisk", "OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n", 200);
    row("unknown method", "BREW / HTTP/1.1\r\nHost: h\r\n\r\n", 200);
    row("UTF-8 in a value", get("X: \xc3\xa4\r\n"), 200);
    row("later minor version", "GET / HTTP/1.9\r\nHost: h\r\n\r\n", 200);
    row("same length twice", post("Content-Length: 1\r\nContent-Length: 1\r\n", "x"), 200);
    row("upgrade is ignored", get("Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"), 200);

    row("no version", "GET /\r\n\r\n", 400);
    row("no target", "GET HTTP/1.1\r\nHost: h\r\n\r\n", 400);
    row("empty method", " / HTTP/1.1\r\nHost: h\r\n\r\n", 400);
    row("method with colon", "G:T / HTTP/1.1\r\nHost: h\r\n\r\n", 400);
    row("method too long", std::string(40, 'G') + " / HTTP/1.1\r\nHost: h\r\n\r\n", 400);
    row("two spaces", "GET  / HTTP/1.1\r\nHost: h\r\n\r\n", 400);
    row("space in target", "GET /a b HTTP/1.1\r\nHost: h\r\n\r\n", 400);
    row("control in target", "GET /a\x01 HTTP/1.1\r\nHost: h\r\n\r\n", 400);
    row("raw UTF-8 in target", "GET /\xc3\xa4 HTTP/1.1\r\nHost: h\r\n\r\n", 400);
    row("fragment", "GET /a#b HTTP/1.1\r\nHost: h\r\n\r\n", 400);
    row("relative target", "GET a HTTP/1.1\r\nHost: h\r\n\r\n", 400);
    row("authority target", "CONNECT h:80 HTTP/1.1\r\nHost: h\r\n\r\n", 400);
    row("lower case version", "GET / http/1.1\r\nHost: h\r\n\r\n", 400);
    row("odd version", "GET / HTTP/1.11\r\nHost: h\r\n\r\n", 400);
    row("HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\n", 505);
    row("version 0.9", "GET / HTTP/0.9\r\nHost: h\r\n\r\n", 505);
    row("version 3", "GET / HTTP/3.0\r\nHost: h\r\n\r\n", 505);

    row("no Host", "GET / HTTP/1.1\r\n\r\n", 400);
    row("two Hosts", get("Host: h\r\n"), 400);
    row("Host with path", "GET / HTTP/1.1\r\nHost: h/x\r\n\r\n", 400);
    row("Host with user", "GET / HTTP/1.1\r\nHost: u@h\r\n\r\n", 400);
    row("folded header", get("A: b\r\n c\r\n"), 400);
    row("space before colon", get("A : b\r\n"), 400);
    row("no colon", get("Abc\r\n"), 400);
    row("empty name", get(": b\r\n"), 400);
    row("NUL in value", get(std::string("A: b\0c\r\n", 8)), 400);
    row("NUL in name", get(std::string("A\0: c\r\n", 7)), 400);
    row("CR in value", get("A: b\rc\r\n"), 400);
    row("control in value", get("A: \x07\r\n"), 400);
    row("bare LF in head", "GET / HTTP/1.1\nHost: h\n\n", 400);
    row("bare LF after header", "GET / HTTP/1.1\r\nHost: h\nA: b\r\n\r\n", 400);
    row("LF CR LF at the end", "GET / HTTP/1.1\r\nHost: h\r\n\n", 400);

    row("both framings", post("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400);
    row("both framings, other order", post("Transfer-Encoding: chunked\r\nContent-Length: 3\r\n", ""), 400);
    row("lengths differ", post("Content-Length: 1\r\nContent-Length: 2\r\n", "xx"), 400);
    row("lengths in a list", post("Content-Length: 1, 1\r\n", "x"), 400);
    row("length with sign", post("Content-Length: +1\r\n", "x"), 400);
    row("negative length", post("Content-Length: -1\r\n", "x"), 400);
    row("hex length", post("Content-Length: 0x1\r\n", "x"), 400);
    row("empty length", post("Content-Length:\r\n", "x"), 400);
    row("huge length", post("Content-Length: 99999999999999999999\r\n", "x"), 400);
    row("chunked twice", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", ""), 400);
    row("chunked in 1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400);
    row("gzip, chunked", post("Transfer-Encoding: gzip, chunked\r\n", ""), 501);
    row("identity", post("Transfer-Encoding: identity\r\n", ""), 501);
    row("xchunked", post("Transfer-Encoding: xchunked\r\n", ""), 501);
    row("vertical tab before chunked",
        post("Transfer-Encoding: \x0b"
             "chunked\r\n",
             ""),
        400);
    row("other expectation", post("Expect: magic\r\nContent-Length: 1\r\n", ""), 417);

    const auto chunked = [](std::string_view body) { return post("Transfer-Encoding: chunked\r\n", body); };
    row("chunk size missing", chunked("\r\nabc\r\n0\r\n\r\n"), 400);
    row("chunk size not hex", chunked("g\r\n"), 400);
    row("chunk size signed", chunked("-1\r\n"), 400);
    row("chunk size with 0x", chunked("0x3\r\nabc\r\n"), 400);
    row("chunk size endless", chunked(std::string(20, '0')), 400);
    row("chunk size huge", chunked("ffffffffffff\r\n"), 413);
    row("chunk without CR", chunked("3\nabc\r\n"), 400);
    row("chunk longer than told", chunked("3\r\nabcd\r\n0\r\n\r\n"), 400);
    row("chunk with LF only", chunked("3\r\nabc\n0\r\n\r\n"), 400);
    row("last chunk with LF only", chunked("0\n\n"), 400);
    row("bare LF in extension", chunked("3;a\n\r\nabc"), 400);
    row("extension too long", chunked("3;" + std::string(9000, 'e')), 400);
    row("trailer too long", chunked("0\r\nT: " + std::string(9000, 'e')), 400);

    row("target too long", "GET /" + std::string(9000, 'a') + " HTTP/1.1\r\nHost: h\r\n\r\n", 414);
    row("target too long, unfinished", "GET /" + std::string(9000, 'a'), 414);
    row("target as long as allowed", "GET /" + std::string(8191, 'a') + " HTTP/1.1\r\nHost: h\r\n\r\n", 200);
    row("head too long", get("A: " + std::string(33000, 'a') + "\r\n"), 431);
    row("head too long, unfinished", "GET / HTTP/1.1\r\nHost: h\r\nA: " + std::string(33000, 'a'), 431);
    std::string many;
    for (int i = 0; i < 300; ++i)
        many += "A: b\r\n";
    row("too many headers", get(many), 431);
    row("unfinished", "GET / HTTP/1.1\r\nHost: h\r\n", 0);
}

void TstRequestReader::judges()
{
    QFETCH(const std::string, bytes);
    QFETCH(const int, status);
    QCOMPARE(statusOf(bytes), status);
    const Outcome byteByByte = read(bytes, 1);
    if (status >= 400) {
        QCOMPARE(byteByByte.state, RequestReader::State::Failed);
        // where two rules are broken, the pieces decide which is met first
        QVERIFY(byteByByte.error.status >= 400 && byteByByte.error.status < 600);
        QVERIFY(!byteByByte.error.text.empty());
    }
}

void TstRequestReader::cutsAbsoluteTargets()
{
    const Outcome outcome = read("GET http://other:1/p?q HTTP/1.1\r\nHost: h\r\n\r\n");
    QCOMPARE(outcome.request.target, std::string("/p?q"));
    QCOMPARE(outcome.request.host, std::string("other:1")); // RFC 9112 3.2.2
    QCOMPARE(read("GET http://other HTTP/1.1\r\nHost: h\r\n\r\n").request.target, std::string("/"));
    QCOMPARE(read("GET http://other?x HTTP/1.1\r\nHost: h\r\n\r\n").request.target, std::string("/?x"));
    QCOMPARE(statusOf("GET http:///p HTTP/1.1\r\nHost: h\r\n\r\n"), 400);
    QCOMPARE(statusOf("GET http://u@o/p HTTP/1.1\r\nHost: h\r\n\r\n"), 400);
}

void TstRequestReader::knowsHowLongToKeepTheConnection()
{
    QVERIFY(read(get("")).request.keepAlive);
    QVERIFY(!read(get("Connection: close\r\n")).request.keepAlive);
    QVERIFY(!read(get("Connection: foo, Close\r\n")).request.keepAlive);
    QVERIFY(!read("GET / HTTP/1.0\r\n\r\n").request.keepAlive);
    QVERIFY(read("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n").request.keepAlive);
}

void TstRequestReader::promisesContinueOnceAndOnlyWhenAwaited()
{
    const std::string head = post("Expect: 100-continue\r\nContent-Length: 2\r\n", "");
    RequestReader waiting(LIMITS);
    waiting.feed(head);
    QVERIFY(waiting.takeContinue());
    QVERIFY(!waiting.takeContinue());
    RequestReader impatient(LIMITS);
    impatient.feed(head + "a");
    QVERIFY(!impatient.takeContinue());
    RequestReader old(LIMITS);
    old.feed("POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    QVERIFY(!old.takeContinue());
    RequestReader bodiless(LIMITS);
    bodiless.feed(get("Expect: 100-continue\r\n"));
    QCOMPARE(bodiless.state(), RequestReader::State::Complete);
    QVERIFY(!bodiless.takeContinue());
}

void TstRequestReader::refusesLargeBodiesBeforeTheyCome()
{
    HttpLimits limits;
    limits.bodyBytes = 10;
    QCOMPARE(statusOf(post("Content-Length: 11\r\n", ""), limits), 413);
    QCOMPARE(statusOf(post("Content-Length: 10\r\n", "0123456789"), limits), 200);
    QCOMPARE(statusOf(post("Transfer-Encoding: chunked\r\n", "6\r\n012345\r\n5\r\n"), limits), 413);
    QCOMPARE(
        statusOf(post("Transfer-Encoding: chunked\r\n", "6\r\n012345\r\n4\r\n6789\r\n0\r\n\r\n"), limits),
        200);
}

void TstRequestReader::growsMemoryWithWhatComes()
{
    RequestReader reader(LIMITS);
    reader.feed(post("Content-Length: 60000000\r\n", "x"));
    QVERIFY(reader.request().body.capacity() < 2'000'000);
}

void TstRequestReader::saysEarlyThatTlsIsNotHttp()
{
    QCOMPARE(statusOf(std::string_view("\x16\x03\x01", 3)), 400);
}

void TstRequestReader::passesOverEmptyLinesBetweenRequests()
{
    QCOMPARE(statusOf("\r\n\r\n" + get("")), 200);
    const std::string bytes = "\r\n" + get("");
    QCOMPARE(read(bytes, 1).state, RequestReader::State::Complete);
    RequestReader reader(LIMITS);
    reader.feed("\r\n");
    QCOMPARE(reader.state(), RequestReader::State::Idle); // no request has begun, so none can be late
}

void TstRequestReader::survivesRandomBytes()
{
    std::mt19937 random(1); // the same bytes in every run
    for (int round = 0; round < 3000; ++round) {
        std::string bytes(random() % 300, '\0');
        for (char &byte : bytes)
            byte = static_cast<char>(random());
        const Outcome outcome = read(bytes, 1 + random() % 64);
        QVERIFY(outcome.state != RequestReader::State::Complete);
    }
}

void TstRequestReader::survivesMutatedRequests()
{
    std::mt19937 random(2);
    const std::string sound = post("A: b\r\nTransfer-Encoding: chunked\r\nConnection: keep-alive\r\n",
                                   "5\r\nhello\r\n3;x=y\r\nabc\r\n0\r\nT: u\r\n\r\n");
    int complete = 0;
    for (int round = 0; round < 20000; ++round) {
        std::string bytes = sound;
        for (unsigned change = 0; change <= random() % 3; ++change) {
            const std::size_t at = random() % bytes.size();
            switch (random() % 4) {
            case 0:
                bytes[at] = static_cast<char>(random());
                break;
            case 1:
                bytes.erase(at, 1 + random() % 4);
                break;
            case 2:
                bytes.insert(at, 1, "\r\n :;,\0"[random() % 7]);
                break;
            default:
                bytes.insert(at, bytes.substr(at, random() % 20));
            }
            if (bytes.empty())
                break;
        }
        const std::size_t piece = 1 + random() % 80;
        const Outcome whole = read(bytes);
        const Outcome pieces = read(bytes, piece);
        // no framing depends on how the bytes were cut
        QCOMPARE(whole.state == RequestReader::State::Complete,
                 pieces.state == RequestReader::State::Complete);
        if (whole.state == RequestReader::State::Complete) {
            ++complete;
            QCOMPARE(whole.used, pieces.used);
            QCOMPARE(whole.request.body, pieces.request.body);
        }
    }
    QVERIFY(complete > 100); // the mutations leave some requests sound
}

QTEST_APPLESS_MAIN(TstRequestReader)
#include "tst_requestreader.moc"
