#include <QTest>

#include "tests/upstream/bothloops.h"
#include "tests/upstream/callrecorder.h"
#include "tests/upstream/scriptedserver.h"

using namespace Gateway;

namespace {

const SystemClock CLOCK;

} // namespace

class TstUpstreamRequest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsKeyHeadersAndBody();
    void sendsTheKeyAsBearer();
    void everyCallCarriesTheFixedHeaders();
    void itsStrongHeadersComeFirst();
    void sendsNothingThatWasNotAskedFor();
    void keepsNoTraceOfTheCallBefore();
    void sendsEveryMethod_data();
    void sendsEveryMethod();
    void sendsALongBodyWithoutWaiting();
    void sendsNoBrokenHeader();
};

void TstUpstreamRequest::sendsKeyHeadersAndBody()
{
    ScriptedServer server([](QTcpSocket &socket, const auto &) { ScriptedServer::answer(socket, ""); });
    UpstreamClient client(CLOCK, {});
    CallRecorder recorder;
    const Headers headers = {{"Content-Type", "application/json"},
                             {"X-Server-Timeout", "30"},
                             {"x-empty", ""},
                             {"Host", "wrong.example"},
                             {"Content-Length", "999"},
                             {"X-Goog-Api-Key", "the client's"},
                             {"Accept-Encoding", "br"}};
    const std::string url = server.url("/v1beta/models/m:generateContent");
    UpstreamRequest request = post(url, R"({"a":"b"})");
    request.apiKey = "key-1";
    request.headers = &headers;
    ask(client, recorder, request);
    const ScriptedServer::Request &seen = server.requests.front();
    QCOMPARE(seen.method, std::string("POST"));
    QCOMPARE(seen.body, std::string(R"({"a":"b"})"));
    const Headers expected = {{"Host", server.url("").substr(7)},
                              {"x-goog-api-key", "key-1"},
                              {"Content-Type", "application/json"},
                              {"X-Server-Timeout", "30"},
                              {"x-empty", ""},
                              {"Accept-Encoding", "br"},
                              {"Content-Length", "9"}};
    Headers got = seen.headers;
    Headers want = expected;
    std::sort(got.begin(), got.end());
    std::sort(want.begin(), want.end());
    QCOMPARE(got, want);
}

void TstUpstreamRequest::sendsTheKeyAsBearer()
{
    ScriptedServer server([](QTcpSocket &socket, const auto &) { ScriptedServer::answer(socket, ""); });
    UpstreamClient client(CLOCK, {});
    CallRecorder recorder;
    const Headers headers = {{"authorization", "Bearer the-client's"}, {"X-Goog-Api-Key", "the client's"}};
    const std::string url = server.url("/v1beta/openai/models");
    UpstreamRequest request = post(url, "{}");
    request.apiKey = "key-1";
    request.keyIsBearer = true;
    request.headers = &headers;
    ask(client, recorder, request);
    Headers credentials = server.requests.front().headers;
    std::erase_if(credentials, [](const auto &header) {
        return !equalsIgnoreCase(header.first, "authorization") &&
               !equalsIgnoreCase(header.first, "x-goog-api-key");
    });
    QCOMPARE(credentials, (Headers{{"Authorization", "Bearer key-1"}}));
}

void TstUpstreamRequest::everyCallCarriesTheFixedHeaders()
{
    ScriptedServer server([](QTcpSocket &socket, const auto &) { ScriptedServer::answer(socket, ""); });
    UpstreamOptions options;
    options.headers = {{"X-Team", "a"}, {"User-Agent", "gateway"}};
    UpstreamClient client(CLOCK, options);
    const std::string url = server.url();
    const Headers headers = {{"user-agent", "the client's"}, {"X-Other", "1"}};
    UpstreamRequest request = post(url, "x");
    request.headers = &headers;
    CallRecorder one;
    ask(client, one, request);
    client.setOptions({});
    CallRecorder two;
    ask(client, two, request);
    Headers got = server.requests.front().headers;
    std::sort(got.begin(), got.end());
    QCOMPARE(got, (Headers{{"Content-Length", "1"},
                           {"Host", server.url("").substr(7)},
                           {"User-Agent", "gateway"},
                           {"X-Other", "1"},
                           {"X-Team", "a"}}));
    got = server.requests.back().headers;
    QCOMPARE(headerValue(got, "user-agent"), std::string_view("the client's"));
    QVERIFY(headerValue(got, "x-team").empty());
}

void TstUpstreamRequest::itsStrongHeadersComeFirst()
{
    ScriptedServer server([](QTcpSocket &socket, const auto &) { ScriptedServer::answer(socket, ""); });
    UpstreamOptions options;
    options.headers = {{"X-Team", "a"}, {"X-Stage", "b"}};
    UpstreamClient client(CLOCK, options);
    const std::string url = server.url();
    const Headers headers = {{"user-agent", "the client's"}, {"X-Other", "1"}};
    const Headers strong = {{"x-team", "strong"}, {"User-Agent", "strong too"}};
    UpstreamRequest request = post(url, "x");
    request.headers = &headers;
    request.strongHeaders = &strong;
    CallRecorder recorder;
    ask(client, recorder, request);
    Headers got = server.requests.front().headers;
    std::sort(got.begin(), got.end());
    QCOMPARE(got, (Headers{{"Content-Length", "1"},
                           {"Host", server.url("").substr(7)},
                           {"User-Agent", "strong too"},
                           {"X-Other", "1"},
                           {"X-Stage", "b"},
                           {"x-team", "strong"}}));
}

void TstUpstreamRequest::sendsNothingThatWasNotAskedFor()
{
    ScriptedServer server([](QTcpSocket &socket, const auto &) { ScriptedServer::answer(socket, ""); });
    UpstreamClient client(CLOCK, {});
    CallRecorder recorder;
    const std::string url = server.url();
    ask(client, recorder, post(url, "x"));
    Headers got = server.requests.front().headers;
    std::sort(got.begin(), got.end());
    QCOMPARE(got, (Headers{{"Content-Length", "1"}, {"Host", server.url("").substr(7)}}));
}

void TstUpstreamRequest::keepsNoTraceOfTheCallBefore()
{
    ScriptedServer server([](QTcpSocket &socket, const auto &) { ScriptedServer::answer(socket, ""); });
    UpstreamClient client(CLOCK, {});
    const std::string url = server.url();
    const Headers headers = {{"X-Private", "1"}};
    UpstreamRequest first = post(url, "body");
    first.method = "PATCH";
    first.apiKey = "key-1";
    first.headers = &headers;
    first.decode = true;
    CallRecorder one;
    ask(client, one, first);
    CallRecorder two;
    ask(client, two, get(url));
    const ScriptedServer::Request &seen = server.requests.back();
    QCOMPARE(seen.method, std::string("GET"));
    QVERIFY(seen.body.empty());
    QCOMPARE(seen.headers, (Headers{{"Host", server.url("").substr(7)}}));
    CallRecorder three;
    ask(client, three, first);
    QCOMPARE(server.requests.back().method, std::string("PATCH"));
    QCOMPARE(server.requests.back().body, std::string("body"));
}

void TstUpstreamRequest::sendsEveryMethod_data()
{
    QTest::addColumn<std::string>("method");
    QTest::addColumn<bool>("hasBody");
    QTest::addColumn<std::string>("length");
    const auto row = [](const char *name, const char *method, bool hasBody, const char *length) {
        QTest::newRow(name) << std::string(method) << hasBody << std::string(length);
    };
    row("GET", "GET", false, "");
    row("GET with a body", "GET", true, "4");
    row("HEAD", "HEAD", false, "");
    row("POST", "POST", true, "4");
    row("POST without a body", "POST", false, "0");
    row("PUT", "PUT", true, "4");
    row("PATCH", "PATCH", true, "4");
    row("DELETE", "DELETE", false, "");
    row("DELETE with a body", "DELETE", true, "4");
    row("own word", "MKCOL", false, "");
}

void TstUpstreamRequest::sendsEveryMethod()
{
    QFETCH(std::string, method);
    QFETCH(bool, hasBody);
    QFETCH(std::string, length);
    ScriptedServer server([&](QTcpSocket &socket, const auto &request) {
        if (request.method == "HEAD")
            ScriptedServer::write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n");
        else
            ScriptedServer::answer(socket, "done");
    });
    UpstreamClient client(CLOCK, {});
    CallRecorder before; // the handle is in use again afterwards
    const std::string url = server.url();
    ask(client, before, post(url, "before"));
    CallRecorder recorder;
    UpstreamRequest request = get(url);
    request.method = method;
    request.hasBody = hasBody;
    request.body = hasBody ? "four" : "";
    ask(client, recorder, request);
    const ScriptedServer::Request &seen = server.requests.back();
    QCOMPARE(seen.method, method);
    QCOMPARE(seen.body, std::string(hasBody ? "four" : ""));
    QCOMPARE(headerValue(seen.headers, "Content-Length"), std::string_view(length));
    QCOMPARE(recorder.body, std::string(method == "HEAD" ? "" : "done"));
    QVERIFY(recorder.end.complete);
}

void TstUpstreamRequest::sendsALongBodyWithoutWaiting()
{
    ScriptedServer server([](QTcpSocket &socket, const auto &) { ScriptedServer::answer(socket, "ok"); });
    UpstreamClient client(CLOCK, {});
    CallRecorder recorder;
    const std::string body(5 * 1024 * 1024, 'x');
    const std::string url = server.url();
    ask(client, recorder, post(url, body));
    QVERIFY(server.requests.front().body == body);
    QVERIFY(headerValue(server.requests.front().headers, "Expect")
                .empty()); // libcurl would wait a second for its 100
}

void TstUpstreamRequest::sendsNoBrokenHeader()
{
    ScriptedServer server([](QTcpSocket &socket, const auto &) { ScriptedServer::answer(socket, "ok"); });
    UpstreamClient client(CLOCK, {});
    CallRecorder recorder;
    const Headers headers = {{"X-Good", "1"}, {"X-Bad", "1\r\nX-Smuggled: 2"}, {"X\nBad", "1"}, {"", "1"}};
    const std::string url = server.url();
    UpstreamRequest request = get(url);
    request.headers = &headers;
    ask(client, recorder, request);
    QCOMPARE(server.requests.front().headers, (Headers{{"Host", server.url("").substr(7)}, {"X-Good", "1"}}));
}

int main(int argc, char **argv)
{
    return runInBothLoops<TstUpstreamRequest>(argc, argv);
}

#include "tst_upstreamrequest.moc"
