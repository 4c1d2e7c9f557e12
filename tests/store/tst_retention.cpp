#include <QTest>

#include "gateway/store/retention.h"
#include "gateway/store/transaction.h"
#include "tests/store/storefixture.h"

using namespace Gateway;

class TstRetention : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void dropsByAgeInSteps();
    void dropsByNumberInSteps();
    void keepsAllWithoutLimits();
    void bodiesGoWithTheirRows();
    void clearsTheBlocks();
    void dropsWhatExpired();
    void wipesWhatWasDeletedADayAgo();
    void forgetsWhatQuotasNoLongerTell();
    void givesSpaceBack();
    void runsByItself();

private:
    void fill(int count, std::int64_t timeMs, const std::string &body = {})
    {
        RequestRecord record;
        record.timeMs = timeMs;
        record.requestBody = body;
        Transaction transaction(m_worker->database());
        QVERIFY(
            m_worker->requests().append(std::vector<RequestRecord>(static_cast<std::size_t>(count), record)));
        QVERIFY(transaction.commit());
    }
    /// Steps until the round is over; returns how many there were.
    int runRound(Retention &retention)
    {
        int steps = 1;
        while (retention.step(*m_worker) != INTERVAL)
            ++steps;
        return steps;
    }
    std::int64_t value(const char *sql) { return m_worker->database().value(sql).value(); }

    static constexpr std::chrono::milliseconds INTERVAL{60'000};
    std::unique_ptr<StoreFixture> m_fixture;
    std::unique_ptr<StoreWorker> m_worker;
};

namespace {

constexpr std::int64_t DAY_MS = 86'400'000;

} // namespace

void TstRetention::init()
{
    m_worker.reset();
    m_fixture = std::make_unique<StoreFixture>();
    m_worker = std::move(*StoreWorker::open(m_fixture->path().toStdString(), m_fixture->clock));
}

void TstRetention::dropsByAgeInSteps()
{
    const std::int64_t nowMs = m_fixture->clock.nowMs();
    fill(2500, nowMs - 3 * DAY_MS);
    fill(10, nowMs - 2 * DAY_MS + 1);
    Retention retention({.days = 2});
    QCOMPARE(retention.step(*m_worker), std::chrono::milliseconds(50));
    QCOMPARE(m_worker->requests().rows().value(), 1510);
    QCOMPARE(retention.step(*m_worker), std::chrono::milliseconds(50));
    QCOMPARE(m_worker->requests().rows().value(), 510);
    runRound(retention);
    QCOMPARE(m_worker->requests().rows().value(), 10);
    m_fixture->clock.advance(2);
    runRound(retention);
    QCOMPARE(value("SELECT count(*) FROM requests"), 0);
}

void TstRetention::dropsByNumberInSteps()
{
    fill(3700, 1);
    Retention retention({.rows = 1200});
    retention.step(*m_worker); // of age: nothing to do
    retention.step(*m_worker);
    QCOMPARE(m_worker->requests().rows().value(), 2700);
    runRound(retention);
    QCOMPARE(value("SELECT count(*) FROM requests"), 1200);
    QCOMPARE(value("SELECT min(seq) FROM requests"), 2501);
    retention.setLimits(0, 5);
    runRound(retention);
    QCOMPARE(value("SELECT count(*) FROM requests"), 5);
}

void TstRetention::keepsAllWithoutLimits()
{
    fill(1500, 1);
    Retention retention({});
    QVERIFY(runRound(retention) < 14);
    QCOMPARE(m_worker->requests().rows().value(), 1500);
}

void TstRetention::bodiesGoWithTheirRows()
{
    fill(20, 1, "body");
    Retention retention({.rows = 3});
    runRound(retention);
    QCOMPARE(value("SELECT count(*) FROM request_bodies"), 3);
    QCOMPARE(value("SELECT min(seq) FROM request_bodies"), 18);
}

void TstRetention::clearsTheBlocks()
{
    fill(3 * 4096, 1);
    QVERIFY(value("SELECT count(*) FROM request_blocks WHERE block = 0") > 0);
    const std::int64_t ofTheLast = value("SELECT count(*) FROM request_blocks WHERE block >= 2");
    Transaction transaction(m_worker->database());
    for (int i = 0; i < 9000; ++i) // more than one step looks at
        QVERIFY(m_worker->database().execute("INSERT INTO request_blocks VALUES (5, " +
                                             std::to_string(i + 10) + ", 0)"));
    QVERIFY(transaction.commit());
    Retention retention({.rows = 4000});
    runRound(retention);
    QCOMPARE(value("SELECT min(block) FROM request_blocks"), 2);
    QCOMPARE(value("SELECT count(*) FROM request_blocks"), ofTheLast);
}

void TstRetention::dropsWhatExpired()
{
    const std::int64_t nowMs = m_fixture->clock.nowMs();
    Transaction transaction(m_worker->database());
    for (int i = 0; i < 1500; ++i)
        QVERIFY(m_worker->owners().put("files/" + std::to_string(i), {"1", nowMs}));
    QVERIFY(m_worker->owners().put("files/kept", {"1", nowMs + 1}));
    QVERIFY(m_worker->owners().put("files/for-ever", {"1", 0}));
    QVERIFY(m_worker->signatures().put("call_1", {"x", nowMs}));
    for (int i = 0; i < 120; ++i) // more than one step takes
        QVERIFY(m_worker->objects().put("resp_" + std::to_string(i), {"{}", nowMs}));
    QVERIFY(m_worker->objects().put("resp_kept", {"{}", nowMs + 1}));
    const auto keys = m_worker->keys().add({{Secret("a-key"), {}}}, Tombstones::Respect, nowMs);
    KeyChange change;
    change.id = keys->rows.at(0).id;
    change.rests = {{"ended", nowMs, ""}, {"lasting", nowMs + 1, ""}};
    QVERIFY(m_worker->keys().change(change));
    QVERIFY(transaction.commit());
    Retention retention({});
    runRound(retention);
    QCOMPARE(value("SELECT count(*) FROM owners"), 2);
    QCOMPARE(value("SELECT count(*) FROM signatures"), 0);
    QCOMPARE(value("SELECT count(*) FROM objects"), 1);
    QCOMPARE(value("SELECT count(*) FROM key_rests"), 1);
}

void TstRetention::wipesWhatWasDeletedADayAgo()
{
    const std::int64_t nowMs = m_fixture->clock.nowMs();
    Transaction transaction(m_worker->database());
    const auto keys =
        m_worker->keys().add({{Secret("key-1"), {}}, {Secret("key-2"), {}}}, Tombstones::Respect, nowMs);
    QVERIFY(m_worker->keys().remove(keys->rows.at(0).id, nowMs));
    QVERIFY(m_worker->keys().remove(keys->rows.at(1).id, nowMs + 1));
    TokenRow token;
    token.settings.name = "laptop";
    token.id = m_worker->tokens().save(token)->id;
    QVERIFY(m_worker->tokens().saveUse({token.id, 1, 1, 1, 1, 1, 1}));
    QVERIFY(m_worker->tokens().remove(token.id, nowMs));
    QVERIFY(transaction.commit());
    Retention retention({});
    m_fixture->clock.advance(DAY_MS);
    runRound(retention);
    QCOMPARE(value("SELECT count(*) FROM keys WHERE secret <> ''"), 2);
    QCOMPARE(value("SELECT count(*) FROM access_tokens"), 1);
    m_fixture->clock.advance(1);
    runRound(retention);
    QCOMPARE(value("SELECT count(*) FROM keys WHERE secret <> ''"), 1);
    QCOMPARE(value("SELECT count(*) FROM keys WHERE deleted_ms > 0"), 2);
    QCOMPARE(value("SELECT count(*) FROM access_tokens"), 0);
    QCOMPARE(value("SELECT count(*) FROM token_use"), 0);
}

void TstRetention::forgetsWhatQuotasNoLongerTell()
{
    const std::int64_t today = m_fixture->clock.nowMs() / DAY_MS;
    QuotaRow learned;
    learned.scope = "learned";
    learned.limits[1] = {15, 7};
    QuotaRow tiered;
    tiered.scope = "tiered";
    tiered.tier = KeyTier::Free;
    QuotaRow old;
    old.scope = "old";
    old.day = today - 4;
    QuotaRow fresh;
    fresh.scope = "fresh";
    fresh.day = today - 1;
    QuotaRow ofAGoneKey;
    ofAGoneKey.scope = "#1";
    ofAGoneKey.day = today;
    Transaction transaction(m_worker->database());
    for (const QuotaRow &row : {learned, tiered, old, fresh, ofAGoneKey})
        QVERIFY(m_worker->quotas().save(row));
    QVERIFY(m_worker->database().execute("INSERT INTO keys (id, fingerprint, secret, created_ms, deleted_ms) "
                                         "VALUES (1, 'f', '', 1, 2)"));
    QVERIFY(transaction.commit());
    Retention retention({});
    runRound(retention);
    const auto rows = m_worker->quotas().load();
    QCOMPARE(rows.value().size(), std::size_t{3});
    QCOMPARE(rows->at(0).scope, std::string("fresh"));
    QCOMPARE(rows->at(1).scope, std::string("learned"));
    QCOMPARE(rows->at(1).limits, learned.limits);
    QCOMPARE(rows->at(2).scope, std::string("tiered"));
}

void TstRetention::givesSpaceBack()
{
    fill(4000, 1, std::string(10'000, 'x'));
    const std::int64_t before = value("PRAGMA page_count");
    QVERIFY(before > 9000);
    Retention retention({.rows = 10});
    runRound(retention);
    QVERIFY(value("PRAGMA page_count") < before / 2);
    QCOMPARE(value("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"), 0);
}

void TstRetention::runsByItself()
{
    m_worker.reset();
    StoreOptions options;
    options.retentionRows = 100;
    options.retentionIntervalMs = 20;
    options.retentionPauseMs = 1;
    const auto store = m_fixture->open(options);
    QVERIFY(store);
    for (int i = 0; i < 30; ++i)
        store->appendRecords(std::vector<RequestRecord>(100));
    store->flush();
    QTRY_COMPARE(m_fixture->rows(QStringLiteral("SELECT count(*) FROM requests")),
                 QStringList{QStringLiteral("100")});
    store->setRetention(0, 40);
    QTRY_COMPARE(m_fixture->rows(QStringLiteral("SELECT count(*) FROM requests")),
                 QStringList{QStringLiteral("40")});
}

QTEST_GUILESS_MAIN(TstRetention)
#include "tst_retention.moc"
