#include <QTest>

#include "gateway/store/storeworker.h"
#include "tests/store/awaited.h"
#include "tests/store/storefixture.h"

using namespace Gateway;

/// Quotas, access tokens, prices, proxies and the audit trail.
class TstTables : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void quotasComeBack();
    void theLaterQuotaCounts();
    void modelStatesComeBack();
    void tokensComeBack();
    void aTokensOwnerStays();
    void aTokensNameIsItsOwn();
    void aRefusedChangeHarmsNoOther();
    void deletedTokensCanComeBack();
    void tokenUseComesBack();
    void pricesAreReplacedWhole();
    void proxiesComeBack();
    void aProxyMovedToAnotherRowDoesNotOpen();
    void auditIsReadNewestFirst();
    void auditIsBounded();

private:
    TokenRow save(const TokenRow &token)
    {
        return answered<TokenRow>([&](auto done) { m_store->saveToken(token, std::move(done)); }).value();
    }
    std::vector<ProxyRow> save(std::vector<ProxyRow> proxies)
    {
        return answered<std::vector<ProxyRow>>(
                   [&](auto done) { m_store->saveProxies(std::move(proxies), std::move(done)); })
            .value();
    }
    void reopen()
    {
        m_store.reset();
        m_store = m_fixture->open();
        QVERIFY(m_store);
    }

    std::unique_ptr<StoreFixture> m_fixture;
    std::unique_ptr<Store> m_store;
};

namespace {

QuotaRow fullQuota()
{
    QuotaRow row;
    row.scope = "team";
    row.model = "gemini-3-pro";
    row.day = 20'000;
    row.dayRequests = 12;
    row.dayTokens = 3456;
    row.limits[static_cast<std::size_t>(QuotaKind::MinuteRequests)] = {15, 1000};
    row.limits[static_cast<std::size_t>(QuotaKind::DayTokens)] = {1'000'000, 2000};
    row.unavailableUntilMs = 99;
    row.unavailableReason = "models/x is not found";
    row.unavailableTries = 3;
    row.tier = KeyTier::Paid;
    row.tierMs = 3000;
    return row;
}

TokenRow fullToken()
{
    TokenRow row = tokenRow(Secret("gb-0123456789abcdefx9Qk"), {}, 500);
    row.settings.name = "laptop";
    row.settings.note = "of the kitchen";
    row.settings.enabled = false;
    row.settings.expiresMs = 900;
    row.settings.allowedModels = {"gemini-*", "gemma"};
    row.settings.allowedDialects = {Dialect::Gemini, Dialect::Ollama};
    row.settings.tags = {"private"};
    row.settings.networks = {"10.0.0.0/8", "::1"};
    row.settings.limits = {1, 2, 3, 4, 5};
    row.settings.parameters = "thinking=low; system_before=\"Be brief.\"";
    return row;
}

void compareTokens(const TokenRow &found, const TokenRow &expected)
{
    QCOMPARE(found.id, expected.id);
    QCOMPARE(found.digest, expected.digest);
    QCOMPARE(found.hint, expected.hint);
    QCOMPARE(found.createdMs, expected.createdMs);
    QCOMPARE(found.owner, expected.owner);
    QVERIFY(found.settings == expected.settings);
}

} // namespace

void TstTables::init()
{
    m_store.reset();
    m_fixture = std::make_unique<StoreFixture>();
    reopen();
}

void TstTables::quotasComeBack()
{
    QuotaRow bare;
    bare.scope = "#17";
    m_store->saveQuotas({fullQuota(), bare});
    reopen();
    const auto rows = m_store->loadQuotas();
    QCOMPARE(rows.value().size(), std::size_t{2});
    QCOMPARE(rows->at(0).scope, std::string("#17"));
    QCOMPARE(rows->at(0).limits, bare.limits);
    const QuotaRow &row = rows->at(1);
    const QuotaRow expected = fullQuota();
    QCOMPARE(row.model, expected.model);
    QCOMPARE(row.day, expected.day);
    QCOMPARE(row.dayRequests, expected.dayRequests);
    QCOMPARE(row.dayTokens, expected.dayTokens);
    QCOMPARE(row.limits, expected.limits);
    QCOMPARE(row.unavailableUntilMs, expected.unavailableUntilMs);
    QCOMPARE(row.unavailableReason, expected.unavailableReason);
    QCOMPARE(row.unavailableTries, expected.unavailableTries);
    QCOMPARE(row.tier, expected.tier);
    QCOMPARE(row.tierMs, expected.tierMs);
}

void TstTables::theLaterQuotaCounts()
{
    QuotaRow row = fullQuota();
    for (int i = 0; i < 100; ++i) {
        row.dayRequests = i;
        m_store->saveQuotas({row});
    }
    m_store->flush();
    row.dayTokens = 7;
    m_store->saveQuotas({row});
    m_store->flush();
    const auto rows = m_store->loadQuotas();
    QCOMPARE(rows.value().size(), std::size_t{1});
    QCOMPARE(rows->at(0).dayRequests, 99);
    QCOMPARE(rows->at(0).dayTokens, 7);
}

void TstTables::modelStatesComeBack()
{
    m_store->saveModelStates({{"a", 100, 3, "The model is overloaded."}, {"b", 50, 1, "x"}});
    m_store->flush();
    m_store->saveModelStates({{"b", 0, 0, ""}});
    reopen();
    const auto rows = m_store->loadModelStates();
    QCOMPARE(rows.value().size(), std::size_t{1});
    QCOMPARE(rows->at(0).model, std::string("a"));
    QCOMPARE(rows->at(0).openUntilMs, 100);
    QCOMPARE(rows->at(0).failures, 3);
    QCOMPARE(rows->at(0).reason, std::string("The model is overloaded."));
}

void TstTables::tokensComeBack()
{
    TokenRow token = save(fullToken());
    QVERIFY(token.id > 0);
    reopen();
    compareTokens(m_store->loadTokens().value().at(0), token);
    token.settings = {};
    token.settings.name = "tablet";
    save(token);
    reopen();
    const auto rows = m_store->loadTokens();
    QCOMPARE(rows.value().size(), std::size_t{1});
    compareTokens(rows->at(0), token);
}

void TstTables::aTokensOwnerStays()
{
    TokenRow bare = fullToken();
    bare.owner.clear();
    TokenRow token = save(bare);
    m_store->saveTokenOwner(token.id, "first");
    m_store->saveTokenOwner(token.id, "second"); // it has one
    m_store->saveTokenOwner(99, "nobody's");
    token.owner = "another";
    token.hint = "new4";
    const TokenRow rotated = save(token);
    QCOMPARE(rotated.owner, std::string("first"));
    QCOMPARE(rotated.hint, std::string("new4"));
    reopen();
    compareTokens(m_store->loadTokens().value().at(0), rotated);
}

void TstTables::aTokensNameIsItsOwn()
{
    const TokenRow first = save(fullToken());
    TokenRow second = fullToken();
    second.digest[0] ^= 1;
    const auto taken = answered<TokenRow>([&](auto done) { m_store->saveToken(second, std::move(done)); });
    QVERIFY(!taken);
    QCOMPARE(taken.error().status, 409);
    QCOMPARE(taken.error().code, std::string("name_taken"));
    TokenRow gone = second;
    gone.id = 99;
    gone.settings.name = "gone";
    const auto missing = answered<TokenRow>([&](auto done) { m_store->saveToken(gone, std::move(done)); });
    QCOMPARE(missing.error().code, std::string("no_such_token"));
    QVERIFY(awaited([&](Store::Done done) { m_store->deleteTokens({first.id}, std::move(done)); }));
    QVERIFY(save(second).id > first.id);
}

/// What a user asks in vain is no fault of the machine: others in the same transaction are written.
void TstTables::aRefusedChangeHarmsNoOther()
{
    save(fullToken());
    std::promise<void> go;
    std::promise<Result<TokenRow>> refused;
    m_store->saveSetting("A", "1", false, [&](Result<void>) { go.get_future().wait(); });
    TokenRow second = fullToken();
    m_store->saveToken(second, [&](Result<TokenRow> row) { refused.set_value(std::move(row)); });
    std::promise<Result<void>> good;
    m_store->saveSetting("B", "2", false, [&](Result<void> outcome) { good.set_value(std::move(outcome)); });
    go.set_value();
    QCOMPARE(refused.get_future().get().error().code, std::string("name_taken"));
    QVERIFY(good.get_future().get());
    QCOMPARE(m_store->loadSettings().value().size(), std::size_t{2});
}

void TstTables::deletedTokensCanComeBack()
{
    const TokenRow first = save(fullToken());
    TokenRow other = fullToken();
    other.settings.name = "other";
    other.digest[0] ^= 1;
    other = save(other);
    QVERIFY(awaited([&](Store::Done done) { m_store->deleteTokens({first.id, other.id}, std::move(done)); }));
    QVERIFY(m_store->loadTokens().value().empty());
    TokenRow taker = fullToken();
    taker.digest[1] ^= 1;
    taker.settings.name = "other";
    save(taker);
    const auto back = answered<std::vector<TokenRow>>([&](auto done) {
        m_store->undeleteTokens({first.id, other.id}, std::move(done));
    });
    QCOMPARE(back.value().size(), std::size_t{1});
    compareTokens(back->at(0), first);
}

void TstTables::tokenUseComesBack()
{
    const TokenRow token = save(fullToken());
    const TokenUse use{token.id, 20'000, 5, 600, 657, 1234, 77};
    m_store->saveTokenUse({{token.id, 19'999, 1, 1, 656, 1, 1}, use, {999, 1, 1, 1, 1, 1, 1}});
    reopen();
    QCOMPARE(m_store->loadTokenUse().value(), std::vector<TokenUse>{use});
}

void TstTables::pricesAreReplacedWhole()
{
    const std::vector<PriceRow> rows = {{"gemini-3-*", {1, 2, 3}, 200'000, {4, 5, 6}, "mine"},
                                        {"gemma", {0, 0, 0}, 0, {}, ""}};
    const auto replace = [&](const std::vector<PriceRow> &prices) {
        return awaited([&](Store::Done done) { m_store->replacePrices(prices, std::move(done)); });
    };
    QVERIFY(replace({{"old", {9, 9, 9}, 0, {}, ""}}));
    QVERIFY(replace(rows));
    reopen();
    QCOMPARE(m_store->loadPrices().value(), rows);
}

void TstTables::proxiesComeBack()
{
    ProxyRow row;
    row.url = Secret("http://user:hunter2@proxy.example:3128");
    row.label = "home";
    row.failures = 2;
    row.restingUntilMs = 55;
    row.reason = "refused";
    ProxyRow other;
    other.url = Secret("socks5h://proxy.example");
    other.enabled = false;
    const std::vector<ProxyRow> saved = save({row, other});
    QVERIFY(saved.at(0).id > 0 && saved.at(1).id > saved.at(0).id);
    ProxyRow changed = saved[1];
    changed.label = "away";
    save(std::vector<ProxyRow>{changed});
    ProxyRow health = saved[0];
    health.failures = 0;
    health.restingUntilMs = 0;
    health.reason.clear();
    health.label = "not looked at";
    m_store->saveProxyHealth({health});
    reopen();
    const auto rows = m_store->loadProxies();
    QCOMPARE(rows.value().size(), std::size_t{2});
    QCOMPARE(rows->at(0).url.reveal(), row.url.reveal());
    QCOMPARE(rows->at(0).label, row.label);
    QCOMPARE(rows->at(0).failures, 0);
    QCOMPARE(rows->at(1).label, std::string("away"));
    QVERIFY(!rows->at(1).enabled);
    QVERIFY(awaited([&](Store::Done done) { m_store->deleteProxies({saved[0].id}, std::move(done)); }));
    QCOMPARE(m_store->loadProxies().value().size(), std::size_t{1});
}

void TstTables::aProxyMovedToAnotherRowDoesNotOpen()
{
    ProxyRow row;
    row.url = Secret("http://one.example");
    ProxyRow other;
    other.url = Secret("http://two.example");
    save({row, other});
    m_fixture->rows(QStringLiteral("UPDATE proxies SET url = (SELECT url FROM proxies WHERE id = 1)"));
    const auto rows = m_store->loadProxies();
    QVERIFY(rows.value().at(0).enabled);
    QVERIFY(!rows->at(1).enabled);
    QVERIFY(rows->at(1).url.isEmpty());
    QVERIFY(rows->at(1).reason.find("does not open") != std::string::npos);
}

void TstTables::auditIsReadNewestFirst()
{
    m_store->appendAudit({0, 0, "admin", "reveal_key", "key 1", ""}, {});
    m_store->appendAudit({0, 7, "admin", "delete_keys", "key 2", "two keys"}, {});
    QVERIFY(awaited([&](Store::Done done) {
        m_store->appendAudit({0, 0, "window", "reveal_key", "key 2", ""}, std::move(done));
    }));
    QCOMPARE(m_fixture->rows(QStringLiteral("SELECT * FROM audit ORDER BY id")),
             (QStringList{QStringLiteral("1|%1|admin|reveal_key|key 1|").arg(m_fixture->clock.nowMs()),
                          QStringLiteral("2|7|admin|delete_keys|key 2|two keys"),
                          QStringLiteral("3|%1|window|reveal_key|key 2|").arg(m_fixture->clock.nowMs())}));
}

void TstTables::auditIsBounded()
{
    const auto worker = std::move(*StoreWorker::open(m_fixture->path().toStdString(), m_fixture->clock));
    for (int i = 1; i <= 10; ++i)
        QVERIFY(worker->audit().append({0, i, "admin", "a", std::to_string(i), ""}, 0));
    QCOMPARE(worker->audit().drop(3, 100, 100).value(), 2);
    QCOMPARE(worker->audit().drop(0, 5, 2).value(), 2);
    QCOMPARE(worker->audit().drop(0, 5, 100).value(), 1);
    AuditQuery query;
    query.limit = 2;
    auto rows = worker->audit().read(query);
    QCOMPARE(rows.value().size(), std::size_t{2});
    QCOMPARE(rows->at(0).object, std::string("10"));
    query.before = rows->at(1).id;
    query.limit = 100;
    rows = worker->audit().read(query);
    QCOMPARE(rows.value().size(), std::size_t{3});
    query = {};
    query.object = "8";
    QCOMPARE(worker->audit().read(query).value().size(), std::size_t{1});
    query.action = "b";
    QVERIFY(worker->audit().read(query).value().empty());
}

QTEST_GUILESS_MAIN(TstTables)
#include "tst_tables.moc"
