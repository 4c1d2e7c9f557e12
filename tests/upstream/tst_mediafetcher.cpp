#include <QTest>

#include "gateway/upstream/mediafetcher.h"
#include "tests/upstream/scriptedserver.h"

using namespace Gateway;
using namespace std::string_literals;

namespace {

const SystemClock CLOCK;
const std::string PNG = "\x89PNG\r\n\x1a\n and more"s;

MediaLimits insideLimits()
{
    MediaLimits limits;
    limits.privateAddresses = true;
    limits.timeMs = 5'000;
    return limits;
}

/// A fetch and what came of it.
struct Fetched
{
    std::unique_ptr<MediaFetch> fetch;
    std::optional<Result<FetchedBytes>> result;
    int calls = 0;

    void start(MediaFetcher &fetcher, const std::string &url)
    {
        fetch = fetcher.start(url, [this](Result<FetchedBytes> got) {
            ++calls;
            result = std::move(got);
            fetch.reset(); // as a relay may do at once
        });
    }
    std::string code() const { return result && !*result ? result->error().code : std::string(); }
};

} // namespace

class TstMediaFetcher : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fetches();
    void sniffsWhatIsNotSaid();
    void refusesWhatNobodyKnows();
    void followsRedirects();
    void refusesTooManyRedirects();
    void refusesUrls_data();
    void refusesUrls();
    void refusesPrivateAddresses_data();
    void refusesPrivateAddresses();
    void checksTheTargetOfARedirect();
    void refusesWhatIsTooLarge_data();
    void refusesWhatIsTooLarge();
    void tellsTheStatus();
    void endsInTime();
    void saysNothingAfterItWasDropped();
    void sendsNoCredentials();
};

void TstMediaFetcher::fetches()
{
    ScriptedServer server([](QTcpSocket &socket, const auto &) {
        ScriptedServer::answer(socket, PNG, "HTTP/1.1 200 OK\r\nContent-Type: Image/WebP; charset=x");
    });
    MediaFetcher fetcher(CLOCK, insideLimits());
    Fetched fetched;
    fetched.start(fetcher, server.url("/a.png?sig=1#part"));
    QCOMPARE(fetched.calls, 0);
    QTRY_COMPARE(fetched.calls, 1);
    QVERIFY(fetched.result->has_value());
    QCOMPARE((*fetched.result)->mimeType, std::string("image/webp"));
    QCOMPARE((*fetched.result)->bytes, PNG);
    QCOMPARE(server.requests.front().target, std::string("/a.png?sig=1"));
    QVERIFY(headerValue(server.requests.front().headers, "User-Agent").starts_with("gemini-balance/"));
}

void TstMediaFetcher::sniffsWhatIsNotSaid()
{
    ScriptedServer server([](QTcpSocket &socket, const ScriptedServer::Request &request) {
        ScriptedServer::answer(socket, PNG,
                               request.target == "/none"
                                   ? "HTTP/1.1 200 OK"
                                   : "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream");
    });
    MediaFetcher fetcher(CLOCK, insideLimits());
    for (const char *target : {"/none", "/octets"}) {
        Fetched fetched;
        fetched.start(fetcher, server.url(target));
        QTRY_COMPARE(fetched.calls, 1);
        QVERIFY(fetched.result->has_value());
        QCOMPARE((*fetched.result)->mimeType, std::string("image/png"));
    }
}

void TstMediaFetcher::refusesWhatNobodyKnows()
{
    ScriptedServer server([](QTcpSocket &socket, const auto &) { ScriptedServer::answer(socket, "text"); });
    MediaFetcher fetcher(CLOCK, insideLimits());
    Fetched fetched;
    fetched.start(fetcher, server.url());
    QTRY_COMPARE(fetched.code(), std::string("media_fetch_failed"));
}

void TstMediaFetcher::followsRedirects()
{
    ScriptedServer server([](QTcpSocket &socket, const ScriptedServer::Request &request) {
        if (request.target == "/one/a")
            ScriptedServer::answer(socket, "moved", "HTTP/1.1 301 Moved\r\nLocation: ../two/b?x=1");
        else if (request.target == "/two/b?x=1")
            ScriptedServer::answer(socket, "", "HTTP/1.1 307 Moved\r\nLocation: /three");
        else
            ScriptedServer::answer(socket, PNG, "HTTP/1.1 200 OK\r\nContent-Type: image/png");
    });
    MediaFetcher fetcher(CLOCK, insideLimits());
    Fetched fetched;
    fetched.start(fetcher, server.url("/one/a"));
    QTRY_COMPARE(fetched.calls, 1);
    QVERIFY(fetched.result->has_value());
    QCOMPARE((*fetched.result)->bytes, PNG);
    QCOMPARE(server.requests.back().target, std::string("/three"));
}

void TstMediaFetcher::refusesTooManyRedirects()
{
    ScriptedServer server([](QTcpSocket &socket, const auto &) {
        ScriptedServer::answer(socket, "", "HTTP/1.1 302 Found\r\nLocation: /again");
    });
    MediaFetcher fetcher(CLOCK, insideLimits());
    Fetched fetched;
    fetched.start(fetcher, server.url());
    QTRY_COMPARE(fetched.code(), std::string("media_fetch_failed"));
    QCOMPARE(server.requests.size(), std::size_t(4));
}

void TstMediaFetcher::refusesUrls_data()
{
    QTest::addColumn<std::string>("url");
    QTest::newRow("file") << "file:///etc/passwd"s;
    QTest::newRow("ftp") << "ftp://example.com/a.png"s;
    QTest::newRow("gopher") << "gopher://example.com/1"s;
    QTest::newRow("no scheme") << "example.com/a.png"s;
    QTest::newRow("no host") << "http://"s;
    QTest::newRow("empty") << ""s;
    QTest::newRow("line break") << "http://example.com/\r\nX: 1"s;
}

void TstMediaFetcher::refusesUrls()
{
    QFETCH(std::string, url);
    MediaFetcher fetcher(CLOCK, insideLimits());
    Fetched fetched;
    fetched.start(fetcher, url);
    QCOMPARE(fetched.calls, 0);
    QTRY_COMPARE(fetched.code(), std::string("invalid_media_url"));
    QCOMPARE(fetched.result->error().status, 400);
}

void TstMediaFetcher::refusesPrivateAddresses_data()
{
    QTest::addColumn<std::string>("host");
    QTest::newRow("loopback") << "127.0.0.1"s;
    QTest::newRow("name of loopback") << "localhost"s;
    QTest::newRow("a number") << "2130706433"s;
    QTest::newRow("octal") << "0177.0.0.1"s;
    QTest::newRow("unspecified") << "0.0.0.0"s;
    QTest::newRow("mapped") << "[::ffff:127.0.0.1]"s;
    QTest::newRow("IPv6 loopback") << "[::1]"s;
    QTest::newRow("metadata service") << "169.254.169.254"s;
}

void TstMediaFetcher::refusesPrivateAddresses()
{
    QFETCH(std::string, host);
    ScriptedServer server([](QTcpSocket &socket, const auto &) { ScriptedServer::answer(socket, PNG); });
    MediaFetcher fetcher(CLOCK, {});
    Fetched fetched;
    fetched.start(fetcher, "http://" + host + ":" + std::to_string(server.serverPort()) + "/");
    QTRY_COMPARE(fetched.code(), std::string("invalid_media_url"));
    QCOMPARE(server.connections, 0);
}

void TstMediaFetcher::checksTheTargetOfARedirect()
{
    ScriptedServer server([](QTcpSocket &socket, const auto &) {
        ScriptedServer::answer(socket, "", "HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd");
    });
    MediaFetcher fetcher(CLOCK, insideLimits());
    Fetched fetched;
    fetched.start(fetcher, server.url());
    QTRY_COMPARE(fetched.code(), std::string("invalid_media_url"));
}

void TstMediaFetcher::refusesWhatIsTooLarge_data()
{
    QTest::addColumn<bool>("isAnnounced");
    QTest::newRow("by its length") << true;
    QTest::newRow("by what comes") << false;
}

void TstMediaFetcher::refusesWhatIsTooLarge()
{
    QFETCH(bool, isAnnounced);
    ScriptedServer server([&](QTcpSocket &socket, const auto &) {
        const std::string head = "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n";
        if (isAnnounced)
            ScriptedServer::write(socket, head + "Content-Length: 1001\r\n\r\n");
        else
            ScriptedServer::write(socket, head + "\r\n" + std::string(1001, 'x'));
    });
    MediaLimits limits = insideLimits();
    limits.bytes = 1000;
    MediaFetcher fetcher(CLOCK, limits);
    Fetched fetched;
    fetched.start(fetcher, server.url());
    QTRY_COMPARE(fetched.code(), std::string("media_too_large"));
    QTRY_COMPARE(server.open, 0); // no more of it is read
}

void TstMediaFetcher::tellsTheStatus()
{
    ScriptedServer server([](QTcpSocket &socket, const auto &) {
        ScriptedServer::answer(socket, "gone", "HTTP/1.1 404 Not Found");
    });
    MediaFetcher fetcher(CLOCK, insideLimits());
    Fetched fetched;
    fetched.start(fetcher, server.url("/?signature=secret"));
    QTRY_COMPARE(fetched.code(), std::string("media_fetch_failed"));
    QVERIFY(fetched.result->error().text.find("404") != std::string::npos);
    QVERIFY(fetched.result->error().text.find("secret") == std::string::npos);
}

void TstMediaFetcher::endsInTime()
{
    ScriptedServer server([](QTcpSocket &socket, const auto &) {
        ScriptedServer::write(socket, "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nslow");
    });
    MediaLimits limits = insideLimits();
    limits.timeMs = 300;
    MediaFetcher fetcher(CLOCK, limits);
    Fetched fetched;
    fetched.start(fetcher, server.url());
    QTRY_COMPARE_WITH_TIMEOUT(fetched.code(), std::string("media_fetch_failed"), 3'000);
    QTRY_COMPARE(server.open, 0);
}

void TstMediaFetcher::saysNothingAfterItWasDropped()
{
    ScriptedServer server([](QTcpSocket &socket, const auto &) { ScriptedServer::answer(socket, PNG); });
    MediaFetcher fetcher(CLOCK, insideLimits());
    Fetched fetched;
    fetched.start(fetcher, server.url());
    fetched.fetch.reset();
    QTest::qWait(50);
    QCOMPARE(fetched.calls, 0);
}

void TstMediaFetcher::sendsNoCredentials()
{
    ScriptedServer server([](QTcpSocket &socket, const auto &) { ScriptedServer::answer(socket, PNG); });
    MediaFetcher fetcher(CLOCK, insideLimits());
    Fetched fetched;
    fetched.start(fetcher, "http://user:pass@127.0.0.1:" + std::to_string(server.serverPort()) + "/");
    QTRY_COMPARE(fetched.calls, 1);
    QVERIFY(headerValue(server.requests.front().headers, "Authorization").empty());
}

QTEST_GUILESS_MAIN(TstMediaFetcher)
#include "tst_mediafetcher.moc"
