#include <QTest>

#include "tests/integration/adminclient.h"
#include "tests/integration/stage.h"

using namespace Gateway;
using namespace TestSupport;

/// Records, sums, the audit and proxies through the admin API of the running program.
class TstAdminRecords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void requestsAreListedAndFiltered();
    void oneRequestTellsItsAttempts();
    void requestsAreDeleted();
    void sumsMatchTheRequests();
    void theAuditTellsWhatWasDone();
    void proxiesAreEdited();
    void aProxyRestsOnAfterARestart();
    void theSettingsProxiesHoldAtOnce();
    void aNewPriceIsInTheNextRecord();
    void aNumberMayBeAClientsId();

private:
    AdminClient admin() const { return AdminClient(*m_stage); }
    /// Waits until that many requests are in the log.
    json::value requests(std::size_t count) const;

    std::unique_ptr<Stage> m_stage;
};

namespace {

constexpr const char *NO_PROXY = "gopher://127.0.0.1:9";
constexpr const char *DEAD_PROXY = "http://user:password-of-tests@127.0.0.1:9";

std::string proxyBody(const char *url)
{
    return toJson(json::object{{"url", url}, {"label", "dead"}});
}

std::string whole(const json::value &value)
{
    return toJson(value);
}

} // namespace

void TstAdminRecords::init()
{
    m_stage = std::make_unique<Stage>(2);
    QVERIFY(m_stage->start());
}

void TstAdminRecords::cleanup()
{
    m_stage.reset();
}

json::value TstAdminRecords::requests(std::size_t count) const
{
    json::value page;
    const auto arrived = [&] {
        page = admin().json(200, "GET", "/requests");
        return page.at("requests").get_array().size() == count;
    };
    [[maybe_unused]] const bool isThere = QTest::qWaitFor(arrived, 5'000);
    return page;
}

void TstAdminRecords::requestsAreListedAndFiltered()
{
    QCOMPARE(m_stage->ask(CHAT_PATH, chatBody("a")).status, 200);
    QCOMPARE(m_stage->ask(GENERATE_PATH, nativeBody("b")).status, 200);
    QCOMPARE(m_stage->ask(GENERATE_PATH, R"({"contents": 3})").status, 400);
    const json::value all = requests(3);
    QCOMPARE(all.at("requests").get_array().size(), std::size_t(3));
    QVERIFY(!all.at("requests").at(0).at("keyLabel").get_string().empty());
    QVERIFY(whole(all).find(m_stage->keys().front()) == std::string::npos);

    const auto found = [this](const char *query) {
        return admin().json(200, "GET", std::string("/requests?") + query).at("requests").get_array().size();
    };
    QCOMPARE(found("failed=true"), std::size_t(1));
    QCOMPARE(found("statusFrom=200&statusTo=200"), std::size_t(2));
    QCOMPARE(found("model=no-such-model"), std::size_t(0));
    const json::value first = admin().json(200, "GET", "/requests?limit=2");
    QCOMPARE(first.at("requests").get_array().size(), std::size_t(2));
    const std::string cursor = std::to_string(first.at("next").get_int64());
    QCOMPARE(found(("limit=2&cursor=" + cursor).c_str()), std::size_t(1));
}

void TstAdminRecords::oneRequestTellsItsAttempts()
{
    QCOMPARE(m_stage->ask(CHAT_PATH, chatBody("a")).status, 200);
    const json::value page = requests(1);
    const std::string id(page.at("requests").at(0).at("id").get_string());
    const std::string seq = std::to_string(page.at("requests").at(0).at("seq").get_int64());
    for (const std::string &name : {id, seq}) {
        const json::value detail = admin().json(200, "GET", "/requests/" + name);
        QCOMPARE(detail.at("request").at("id"), json::value(id));
        QCOMPARE(detail.at("attempts").get_array().size(), std::size_t(1));
    }
    for (const char *name : {"999999", "req_nosuchrequest"})
        QVERIFY(admin().json(404, "GET", std::string("/requests/") + name).is_object());
}

void TstAdminRecords::requestsAreDeleted()
{
    QCOMPARE(m_stage->ask(CHAT_PATH, chatBody("a")).status, 200);
    QCOMPARE(m_stage->ask(CHAT_PATH, chatBody("b")).status, 200);
    const std::string seq = std::to_string(requests(2).at("requests").at(0).at("seq").get_int64());
    QVERIFY(admin().json(422, "POST", "/requests/delete", "{}").is_object());
    const json::value told = admin().json(200, "POST", "/requests/delete", "{\"seqs\":[" + seq + "]}");
    QCOMPARE(told.at("count").get_int64(), 1);
    QCOMPARE(requests(1).at("requests").get_array().size(), std::size_t(1));
    const json::value rest = admin().json(200, "POST", "/requests/delete", R"({"before":9000000000000})");
    QCOMPARE(rest.at("count").get_int64(), 1);
}

void TstAdminRecords::sumsMatchTheRequests()
{
    for (int i = 0; i < 3; ++i)
        QCOMPARE(m_stage->ask(GENERATE_PATH, nativeBody("turn " + std::to_string(i))).status, 200);
    const json::value page = requests(3);
    std::int64_t output = 0;
    for (const json::value &request : page.at("requests").get_array()) {
        output += request.at("tokens").at("candidates").get_int64();
        const json::value &thoughts = request.at("tokens").at("thoughts");
        output += std::max<std::int64_t>(0, thoughts.get_int64());
    }
    const json::value stats = admin().json(200, "GET", "/stats?step=minute");
    QCOMPARE(stats.at("total").at("sums").at("requests").get_int64(), 3);
    QCOMPARE(stats.at("total").at("sums").at("failed").get_int64(), 0);
    QCOMPARE(stats.at("total").at("sums").at("outputTokens").get_int64(), output);
    QCOMPARE(stats.at("models").get_array().size(), std::size_t(1));
    QCOMPARE(stats.at("before").at("sums").at("requests").get_int64(), 0);
}

void TstAdminRecords::theAuditTellsWhatWasDone()
{
    QCOMPARE(admin().ask("POST", "/keys/1/reveal").status, 200);
    QVERIFY(admin().json(200, "PATCH", "/settings/MAX_RETRIES", R"({"value":5})").is_object());
    const json::value page = admin().json(200, "GET", "/audit");
    QCOMPARE(page.at("rows").get_array().size(), std::size_t(2));
    QCOMPARE(page.at("rows").at(0).at("action"), json::value("settings.set"));
    QCOMPARE(page.at("rows").at(1).at("action"), json::value("keys.reveal"));
    QVERIFY(page.at("rows").at(1).at("actor").get_string().starts_with("admin"));
    QCOMPARE(admin().json(200, "GET", "/audit?action=keys.reveal&limit=1").at("rows").get_array().size(),
             std::size_t(1));
}

void TstAdminRecords::proxiesAreEdited()
{
    const json::value added = admin().json(201, "POST", "/proxies", proxyBody(DEAD_PROXY));
    QVERIFY(added.is_object());
    QVERIFY(whole(added).find("password-of-tests") == std::string::npos);
    const std::string path = "/proxies/" + std::to_string(added.at("id").get_int64());
    QVERIFY(admin().json(409, "POST", "/proxies", proxyBody(DEAD_PROXY)).is_object());
    QVERIFY(admin().json(422, "POST", "/proxies", proxyBody(NO_PROXY)).is_object());
    const json::value verdict = admin().json(200, "POST", path + "/check");
    QCOMPARE(verdict.at("good"), json::value(false));
    QVERIFY(!verdict.at("text").get_string().empty());
    const json::value list = admin().json(200, "GET", "/proxies");
    QCOMPARE(list.at("proxies").at(0).at("resting"), json::value(true));
    // Every key goes through the one proxy, which rests.
    QVERIFY(m_stage->ask(GENERATE_PATH, nativeBody("x")).status >= 500);

    QVERIFY(admin().json(200, "PATCH", path, R"({"enabled":false})").is_object());
    QCOMPARE(m_stage->ask(GENERATE_PATH, nativeBody("x")).status, 200);
    QCOMPARE(admin().ask("DELETE", path).status, 204);
    QVERIFY(admin().json(404, "DELETE", path).is_object());
    QVERIFY(whole(admin().json(200, "GET", "/audit")).find("password-of-tests") == std::string::npos);
}

void TstAdminRecords::aProxyRestsOnAfterARestart()
{
    const json::value added = admin().json(201, "POST", "/proxies", proxyBody(DEAD_PROXY));
    const std::string path = "/proxies/" + std::to_string(added.at("id").get_int64());
    QVERIFY(admin().json(200, "POST", path + "/check").is_object());
    m_stage->gateway().askToStop();
    QCOMPARE(m_stage->gateway().waitForExit(20'000), 0);
    QVERIFY(m_stage->restart());
    const json::value list = admin().json(200, "GET", "/proxies");
    QCOMPARE(list.at("proxies").at(0).at("resting"), json::value(true));
    QVERIFY(list.at("proxies").at(0).at("failures").get_int64() > 0);
}

void TstAdminRecords::theSettingsProxiesHoldAtOnce()
{
    const json::object dead{{"value", DEAD_PROXY}};
    QVERIFY(admin().json(200, "PATCH", "/settings/PROXIES", toJson(dead)).is_object());
    const json::value list = admin().json(200, "GET", "/proxies");
    QCOMPARE(list.at("proxies").at(0).at("id").get_int64(), 0);
    QVERIFY(whole(list).find("password-of-tests") == std::string::npos);
    QVERIFY(m_stage->ask(GENERATE_PATH, nativeBody("x")).status >= 500);
    QVERIFY(admin().json(200, "DELETE", "/settings/PROXIES").is_object());
    QCOMPARE(m_stage->ask(GENERATE_PATH, nativeBody("x")).status, 200);
}

void TstAdminRecords::aNewPriceIsInTheNextRecord()
{
    QCOMPARE(m_stage->ask(GENERATE_PATH, nativeBody("x")).status, 200);
    json::value row = admin().json(200, "GET", "/prices").at("prices").at(0).at("row");
    row.as_object()["model"] = "gemini-3.6-flash";
    row.as_object()["prices"] = json::object{{"input", 7'000'000}, {"cached", 0}, {"output", 0}};
    row.as_object()["longFrom"] = 0;
    const json::object prices{{"prices", json::array{row}}};
    QVERIFY(admin().json(200, "PATCH", "/prices", toJson(prices)).is_object());
    QCOMPARE(m_stage->ask(GENERATE_PATH, nativeBody("x")).status, 200);
    const json::value newest = requests(2).at("requests").at(0);
    QCOMPARE(newest.at("costMicro").get_int64(), 7 * newest.at("tokens").at("prompt").get_int64());
}

void TstAdminRecords::aNumberMayBeAClientsId()
{
    QCOMPARE(m_stage->ask(GENERATE_PATH, nativeBody("x"), "x-request-id: 4711\r\n").status, 200);
    QCOMPARE(requests(1).at("requests").at(0).at("id"), json::value("4711"));
    QCOMPARE(admin().json(200, "GET", "/requests/4711").at("request").at("seq").get_int64(), 1);
    QCOMPARE(admin().json(200, "GET", "/requests/1").at("request").at("id"), json::value("4711"));
}

QTEST_GUILESS_MAIN(TstAdminRecords)
#include "tst_adminrecords.moc"
