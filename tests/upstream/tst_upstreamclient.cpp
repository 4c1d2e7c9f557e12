#include <zlib.h>

#include <QTest>

#include "tests/upstream/bothloops.h"
#include "tests/upstream/callrecorder.h"
#include "tests/upstream/scriptedserver.h"

using namespace Gateway;

namespace {

const SystemClock CLOCK;

std::string gzipped(const std::string &text)
{
    std::string out(text.size() + 100, '\0');
    z_stream stream{};
    deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    std::string in = text;
    stream.next_in = reinterpret_cast<Bytef *>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

} // namespace

class TstUpstreamClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void deliversAnAnswer();
    void joinsChunks();
    void skipsInterimAnswers();
    void followsNoRedirect();
    void leavesBytesEncoded();
    void decodesWhenAskedTo();
    void usesAConnectionAgain();
    void neverCallsInsideStart();
    void tellsWhatFailed_data();
    void tellsWhatFailed();
    void ignoresTheProxyOfTheEnvironment();
};

void TstUpstreamClient::deliversAnAnswer()
{
    ScriptedServer server([](QTcpSocket &socket, const auto &) {
        ScriptedServer::answer(socket, "hello",
                               "HTTP/1.1 404 Not Found\r\nX-One: 1\r\nx-two:  b c \r\nEmpty:");
    });
    UpstreamClient client(CLOCK, {});
    CallRecorder recorder;
    const std::string url = server.url("/v1beta/models?pageSize=5&x=%2F");
    ask(client, recorder, get(url));
    QCOMPARE(server.requests.front().target, std::string("/v1beta/models?pageSize=5&x=%2F"));
    QCOMPARE(recorder.heads, 1);
    QCOMPARE(recorder.status, 404);
    const Headers expected = {{"X-One", "1"}, {"x-two", "b c"}, {"Empty", ""}, {"Content-Length", "5"}};
    QCOMPARE(recorder.headers, expected);
    QCOMPARE(recorder.body, std::string("hello"));
    QVERIFY(recorder.end.complete);
    QVERIFY(recorder.end.error.empty());
}

void TstUpstreamClient::joinsChunks()
{
    ScriptedServer server([](QTcpSocket &socket, const auto &) {
        ScriptedServer::write(socket, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" +
                                          ScriptedServer::chunk("data: 1\r\n\r\n"));
        ScriptedServer::write(socket, ScriptedServer::chunk("data: 2\r\n\r\n") + "0\r\nX-Trailer: 1\r\n\r\n");
    });
    UpstreamClient client(CLOCK, {});
    CallRecorder recorder;
    const std::string url = server.url();
    ask(client, recorder, get(url));
    QCOMPARE(recorder.body, std::string("data: 1\r\n\r\ndata: 2\r\n\r\n"));
    QCOMPARE(recorder.heads, 1);
    QVERIFY(headerValue(recorder.headers, "X-Trailer").empty());
    QVERIFY(recorder.end.complete);
}

void TstUpstreamClient::skipsInterimAnswers()
{
    ScriptedServer server([](QTcpSocket &socket, const auto &) {
        ScriptedServer::write(socket,
                              "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n");
        ScriptedServer::answer(socket, "final", "HTTP/1.1 201 Created");
    });
    UpstreamClient client(CLOCK, {});
    CallRecorder recorder;
    const std::string url = server.url();
    ask(client, recorder, get(url));
    QCOMPARE(recorder.heads, 1);
    QCOMPARE(recorder.status, 201);
    QVERIFY(headerValue(recorder.headers, "Link").empty());
    QCOMPARE(recorder.body, std::string("final"));
}

void TstUpstreamClient::followsNoRedirect()
{
    ScriptedServer server([](QTcpSocket &socket, const auto &) {
        ScriptedServer::answer(socket, "", "HTTP/1.1 302 Found\r\nLocation: /elsewhere");
    });
    UpstreamClient client(CLOCK, {});
    CallRecorder recorder;
    const std::string url = server.url();
    ask(client, recorder, get(url));
    QCOMPARE(recorder.status, 302);
    QCOMPARE(headerValue(recorder.headers, "Location"), std::string_view("/elsewhere"));
    QCOMPARE(server.requests.size(), std::size_t(1));
}

void TstUpstreamClient::leavesBytesEncoded()
{
    const std::string packed = gzipped("plain text");
    ScriptedServer server([&](QTcpSocket &socket, const auto &) {
        ScriptedServer::answer(socket, packed, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip");
    });
    UpstreamClient client(CLOCK, {});
    CallRecorder recorder;
    const std::string url = server.url();
    ask(client, recorder, get(url));
    QVERIFY(recorder.body == packed);
    QCOMPARE(headerValue(recorder.headers, "Content-Encoding"), std::string_view("gzip"));
    QVERIFY(headerValue(server.requests.front().headers, "Accept-Encoding").empty());
}

void TstUpstreamClient::decodesWhenAskedTo()
{
    const std::string packed = gzipped("plain text");
    ScriptedServer server([&](QTcpSocket &socket, const auto &) {
        ScriptedServer::answer(socket, packed, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nX-Kept: 1");
    });
    UpstreamClient client(CLOCK, {});
    CallRecorder recorder;
    const std::string url = server.url();
    const Headers headers = {{"Accept-Encoding", "br"}};
    UpstreamRequest request = get(url);
    request.headers = &headers;
    request.decode = true;
    ask(client, recorder, request);
    QCOMPARE(recorder.body, std::string("plain text"));
    QCOMPARE(recorder.headers, (Headers{{"X-Kept", "1"}}));
    QCOMPARE(headerValue(server.requests.front().headers, "Accept-Encoding"), std::string_view("gzip"));
}

void TstUpstreamClient::usesAConnectionAgain()
{
    ScriptedServer server([](QTcpSocket &socket, const auto &) { ScriptedServer::answer(socket, "ok"); });
    UpstreamClient client(CLOCK, {});
    const std::string url = server.url();
    for (int i = 0; i < 20; ++i) {
        CallRecorder recorder;
        ask(client, recorder, i % 2 ? get(url) : post(url, "x"));
    }
    QCOMPARE(server.connections, 1);
    QCOMPARE(server.requests.size(), std::size_t(20));
}

void TstUpstreamClient::neverCallsInsideStart()
{
    UpstreamClient client(CLOCK, {});
    CallRecorder recorder;
    recorder.call = client.start(get("nonsense://x"), recorder);
    QCOMPARE(recorder.ends, 0);
    QTRY_COMPARE(recorder.ends, 1);
    QVERIFY(!recorder.end.complete);
}

void TstUpstreamClient::tellsWhatFailed_data()
{
    QTest::addColumn<std::string>("url");
    QTest::newRow("unknown scheme") << std::string("nonsense://secret-host/?key=secret");
    QTest::newRow("no URL") << std::string("http://");
    QTest::newRow("file") << std::string("file:///etc/passwd");
    QTest::newRow("unknown host") << std::string("http://secret-host.invalid/?key=secret");
    QTest::newRow("closed port") << std::string("http://127.0.0.1:1/?key=secret");
}

void TstUpstreamClient::tellsWhatFailed()
{
    QFETCH(std::string, url);
    UpstreamClient client(CLOCK, {});
    CallRecorder recorder;
    ask(client, recorder, get(url));
    QCOMPARE(recorder.heads, 0);
    QCOMPARE(recorder.ends, 1);
    QVERIFY(!recorder.end.complete && !recorder.end.timedOut);
    QVERIFY(!recorder.end.error.empty());
    QVERIFY2(recorder.end.error.find("secret") == std::string::npos, recorder.end.error.c_str());
}

void TstUpstreamClient::ignoresTheProxyOfTheEnvironment()
{
    qputenv("http_proxy", "http://127.0.0.1:1");
    qputenv("ALL_PROXY", "http://127.0.0.1:1");
    ScriptedServer server([](QTcpSocket &socket, const auto &) { ScriptedServer::answer(socket, "ok"); });
    UpstreamClient client(CLOCK, {});
    CallRecorder recorder;
    const std::string url = server.url();
    ask(client, recorder, get(url));
    qunsetenv("http_proxy");
    qunsetenv("ALL_PROXY");
    QVERIFY(recorder.end.complete);
}

int main(int argc, char **argv)
{
    return runInBothLoops<TstUpstreamClient>(argc, argv);
}

#include "tst_upstreamclient.moc"
