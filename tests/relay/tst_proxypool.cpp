#include <map>

#include <QTest>

#include "gateway/relay/proxypool.h"
#include "tests/support/fakeclock.h"

using namespace Gateway;

namespace {

const std::vector<std::string> THREE{"http://a:1", "http://b:1", "socks5h://u:p@c:1"};
constexpr int KEYS = 3000;

std::map<KeyId, std::string> spread(ProxyPool &pool)
{
    std::map<KeyId, std::string> byKey;
    for (KeyId key = 1; key <= KEYS; ++key)
        byKey[key] = pool.proxyFor(key, {}).value_or("none");
    return byKey;
}

} // namespace

class TstProxyPool : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutProxiesThereIsNone();
    void keysAreSpreadEvenly();
    void losingOneMovesOnlyItsKeys();
    void itComesBackAfterItsRest();
    void restsGrowAndASuccessEndsThem();
    void oneFailureOfManyCallsCountsOnce();
    void whenAllAreDeadTheErrorSaysSo();
    void aKeysOwnProxyHasNoStandIn();
    void newSettingsKeepWhatIsKnown();

private:
    FakeClock m_clock;
};

void TstProxyPool::withoutProxiesThereIsNone()
{
    ProxyPool pool(m_clock);
    QCOMPARE(pool.proxyFor(1, {}), std::string());
    QCOMPARE(pool.proxyFor(1, "http://own:1"), std::string("http://own:1"));
}

void TstProxyPool::keysAreSpreadEvenly()
{
    ProxyPool pool(m_clock);
    pool.setProxies(THREE);
    std::map<std::string, int> counts;
    for (const auto &[key, proxy] : spread(pool))
        ++counts[proxy];
    QCOMPARE(counts.size(), 3u);
    for (const auto &[proxy, count] : counts)
        QVERIFY2(count > KEYS / 3 * 0.85 && count < KEYS / 3 * 1.15, proxy.c_str());
    QCOMPARE(spread(pool), spread(pool));
}

void TstProxyPool::losingOneMovesOnlyItsKeys()
{
    ProxyPool pool(m_clock);
    pool.setProxies(THREE);
    const auto before = spread(pool);
    pool.failed(THREE[1], "refused");
    for (const auto &[key, proxy] : spread(pool)) {
        QVERIFY(proxy != THREE[1]);
        if (before.at(key) != THREE[1])
            QCOMPARE(proxy, before.at(key));
    }
}

void TstProxyPool::itComesBackAfterItsRest()
{
    ProxyPool pool(m_clock);
    pool.setProxies(THREE);
    const auto before = spread(pool);
    pool.failed(THREE[0], "refused");
    m_clock.advance(5'000);
    QCOMPARE(spread(pool), before);
}

void TstProxyPool::restsGrowAndASuccessEndsThem()
{
    ProxyPool pool(m_clock);
    pool.setProxies({"http://a:1"});
    for (const std::int64_t restMs : {5'000, 10'000, 20'000, 40'000, 80'000, 160'000, 300'000, 300'000}) {
        pool.failed("http://a:1", "refused");
        m_clock.advance(restMs - 1);
        QVERIFY(!pool.proxyFor(1, {}));
        m_clock.advance(1);
        QVERIFY(pool.proxyFor(1, {}));
    }
    pool.succeeded("http://a:1");
    QCOMPARE(pool.states().front().failures, 0);
    pool.failed("http://a:1", "refused");
    m_clock.advance(5'000);
    QVERIFY(pool.proxyFor(1, {}));
}

void TstProxyPool::oneFailureOfManyCallsCountsOnce()
{
    ProxyPool pool(m_clock);
    pool.setProxies(THREE);
    for (int i = 0; i < 20; ++i)
        pool.failed(THREE[0], "refused");
    QCOMPARE(pool.states().front().failures, 1);
}

void TstProxyPool::whenAllAreDeadTheErrorSaysSo()
{
    ProxyPool pool(m_clock);
    pool.setProxies(THREE);
    for (const std::string &url : THREE)
        pool.failed(url, "Connection refused.");
    const Result<std::string> none = pool.proxyFor(1, {});
    QVERIFY(!none);
    QCOMPARE(none.error().status, 502);
    QCOMPARE(none.error().code, std::string("proxy_unreachable"));
    QVERIFY(none.error().text.find("None of the 3 proxies can be reached") != std::string::npos);
    QVERIFY(none.error().text.find("in 5 s") != std::string::npos);
    QVERIFY(none.error().text.find("u:p") == std::string::npos);
}

void TstProxyPool::aKeysOwnProxyHasNoStandIn()
{
    ProxyPool pool(m_clock);
    pool.setProxies(THREE);
    QCOMPARE(pool.proxyFor(1, "http://own:1"), std::string("http://own:1"));
    pool.failed("http://own:1", "refused");
    QVERIFY(!pool.proxyFor(1, "http://own:1"));
    QVERIFY(pool.proxyFor(1, {})); // nobody else is concerned
    QCOMPARE(pool.states().size(), 4u);
    pool.succeeded("http://own:1");
    QVERIFY(pool.proxyFor(1, "http://own:1"));
    QCOMPARE(pool.states().size(), 3u);
}

void TstProxyPool::newSettingsKeepWhatIsKnown()
{
    ProxyPool pool(m_clock);
    pool.setProxies(THREE);
    pool.failed(THREE[0], "refused");
    pool.setProxies({THREE[0], "http://new:1"});
    QCOMPARE(pool.states().size(), 2u);
    QCOMPARE(pool.states().front().failures, 1);
    pool.setProxies({});
    QCOMPARE(pool.proxyFor(1, {}), std::string());
}

QTEST_APPLESS_MAIN(TstProxyPool)
#include "tst_proxypool.moc"
