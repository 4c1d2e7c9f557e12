#include <array>
#include <random>

#include <QTest>

#include "tests/pool/poolfixture.h"
#include "tests/pool/referencepool.h"

using namespace Gateway;

namespace {

constexpr std::int64_t MINUTE = 60'000;
constexpr std::array<std::string_view, 5> MODELS{"", "flash", "pro", "embedding", "lite"};

struct OpenLease
{
    Lease lease;
    int life = 0;
};

bool sameRefusal(const Refusal &left, const Refusal &right)
{
    return left.why == right.why && left.waitMs == right.waitMs && left.total == right.total &&
           left.invalid == right.invalid && left.resting == right.resting && left.disabled == right.disabled;
}

QByteArray told(const Refusal &refusal)
{
    return QStringLiteral("why %1, wait %2, total %3, invalid %4, resting %5, disabled %6")
        .arg(static_cast<int>(refusal.why))
        .arg(refusal.waitMs)
        .arg(refusal.total)
        .arg(refusal.invalid)
        .arg(refusal.resting)
        .arg(refusal.disabled)
        .toUtf8();
}

} // namespace

/// Random operations on the pool and on the reference, which must agree after each.
class TstKeyPoolReference : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agrees_data();
    void agrees();

private:
    void step();
    void load();
    void remove();
    void acquire();
    void report();
    void settle();
    void revive();
    void check();
    void jump();
    void compareRows();
    void compareChange(bool expected, KeyId key, const std::vector<ModelRest> &rests);

    std::uint32_t pick(std::uint32_t count) { return m_random() % count; }
    KeyId pickKey() { return 1 + pick(static_cast<std::uint32_t>(m_maxKeys)); }
    std::int64_t nowMs() const { return m_fixture->clock.nowMs(); }

    std::mt19937 m_random;
    int m_maxKeys = 0;
    int m_lives = 0;
    std::unique_ptr<PoolFixture> m_fixture;
    ReferencePool m_reference;
    std::vector<OpenLease> m_open;
    std::size_t m_lent = 0;
    std::size_t m_probes = 0;
    std::array<int, 4> m_refused{}; ///< By Refusal::Why, without what this test never meets.
};

void TstKeyPoolReference::agrees_data()
{
    QTest::addColumn<int>("seed");
    QTest::addColumn<int>("keys");
    for (int seed = 1; seed <= 4; ++seed) {
        QTest::addRow("3 keys, seed %d", seed) << seed << 3;
        QTest::addRow("12 keys, seed %d", seed) << seed << 12;
        QTest::addRow("40 keys, seed %d", seed) << seed << 40;
    }
}

void TstKeyPoolReference::agrees()
{
    QFETCH(int, seed);
    QFETCH(int, keys);
    m_random.seed(static_cast<std::uint32_t>(seed * 1'000 + keys));
    m_maxKeys = keys;
    m_open.clear();
    m_reference.keys.clear();
    m_fixture = std::make_unique<PoolFixture>(0);
    m_fixture->settlesAtOnce = false;
    m_lent = 0;
    m_probes = 0;
    m_refused = {};
    for (int i = 0; i < keys; ++i)
        load();
    for (int i = 0; i < 6'000; ++i) {
        step();
        if (i % 50 == 0)
            compareRows();
        if (QTest::currentTestFailed())
            return;
    }
    m_open.clear();
    QCOMPARE(m_fixture->pool.openLeases(), 0);
    QVERIFY(m_lent > 500); // the test must have walked through everything
    QVERIFY(m_probes > 0);
    for (const int refused : m_refused)
        QVERIFY(refused > 0);
}

void TstKeyPoolReference::step()
{
    const std::uint32_t what = pick(1'000);
    if (what < 400)
        acquire();
    else if (what < 750)
        report();
    else if (what < 900)
        settle();
    else if (what < 920)
        m_fixture->clock.advance(pick(10) == 0 ? pick(120) * MINUTE : pick(20'000));
    else if (what < 940)
        revive();
    else if (what < 960)
        check();
    else if (what < 980)
        load();
    else if (what < 990)
        remove();
    else if (what < 995)
        jump();
    const Refusal counts = m_fixture->pool.counts();
    const Refusal expected = m_reference.counts(nowMs());
    QCOMPARE(counts.total, expected.total);
    QCOMPARE(counts.invalid, expected.invalid);
    QCOMPARE(counts.disabled, expected.disabled);
    QCOMPARE(counts.resting, expected.resting);
}

/// Somebody sets the wall clock.
void TstKeyPoolReference::jump()
{
    const std::int64_t byMs = pick(2) == 0 ? pick(30'000) : pick(90'000) * 1'000LL;
    const bool isBack = pick(2) == 0;
    m_fixture->clock.setWallMs(nowMs() + (isBack ? -byMs : byMs));
    m_fixture->pool.counts(); // it sees the clock in any call
    if (isBack && byMs > 2'000)
        m_reference.setBack(byMs);
}

void TstKeyPoolReference::load()
{
    const KeyId id = pickKey();
    const std::uint32_t what = pick(20);
    KeyRow row = rowOf(id, what == 0   ? KeyState::Disabled
                           : what == 1 ? KeyState::Sidelined
                                       : KeyState::Usable);
    row.secret = Secret("a new secret " + std::to_string(++m_lives));
    row.reason = row.state == KeyState::Sidelined ? "SOME_REASON: Some text." : "";
    row.failures = static_cast<int>(pick(3));
    ReferencePool::Key key;
    if (pick(4) == 0) {
        const std::string model(MODELS[pick(MODELS.size())]);
        const std::int64_t untilMs =
            pick(2) == 0 ? nextPacificMidnightMs(nowMs()) : nowMs() + pick(60'000) - 5'000;
        row.rests.push_back({model, untilMs, "SOME_REASON"});
        if (untilMs > nowMs())
            key.rests[model] = {untilMs,
                                untilMs == nextPacificMidnightMs(nowMs()) ? nowMs() + 60 * MINUTE : 0};
    }
    key.health = row.state == KeyState::Disabled ? KeyState::Usable : row.state;
    key.isEnabled = row.state != KeyState::Disabled;
    key.failures = row.failures;
    key.life = m_lives;
    // Counters that were not taken belong to the id, whatever its secret.
    m_fixture->pool.takeCounters();
    m_reference.keys[id] = key;
    m_fixture->pool.load({row});
}

void TstKeyPoolReference::remove()
{
    const KeyId id = pickKey();
    m_fixture->pool.remove(id);
    m_reference.keys.erase(id);
}

void TstKeyPoolReference::acquire()
{
    const std::string model(MODELS[pick(MODELS.size())]);
    std::vector<KeyId> tried;
    if (pick(2) == 0) {
        for (std::uint32_t i = pick(static_cast<std::uint32_t>(m_maxKeys) + 2); i > 0; --i)
            tried.push_back(pickKey());
    }
    const AcquireRequest request{model, tried, pick(6) == 0 ? pickKey() : 0, pick(5) == 0};
    const ReferencePool::Expected expected = m_reference.acquire(request, nowMs());
    tl::expected<Lease, Refusal> lease = m_fixture->pool.acquire(request);
    QCOMPARE(lease.has_value(), !expected.keys.empty());
    if (!lease) {
        QVERIFY2(sameRefusal(lease.error(), expected.refusal),
                 QByteArray(told(lease.error()) + " instead of " + told(expected.refusal)).constData());
        ++m_refused[static_cast<std::size_t>(lease.error().why)];
        return;
    }
    QVERIFY(expected.keys.contains(lease->key));
    QCOMPARE(lease->kind, expected.kind);
    QCOMPARE(lease->model, model);
    ++m_lent;
    if (lease->kind == Lease::Kind::Probe) {
        ++m_probes;
        m_reference.probed(lease->key, model, nowMs());
    }
    const int life = m_reference.keys.at(lease->key).life;
    m_open.push_back({std::move(*lease), life});
}

void TstKeyPoolReference::report()
{
    if (m_open.empty())
        return;
    std::swap(m_open[pick(static_cast<std::uint32_t>(m_open.size()))], m_open.back());
    OpenLease open = std::move(m_open.back());
    m_open.pop_back();
    // Successes are common, so that keys live for a while.
    static constexpr std::array KINDS{
        OutcomeKind::Success,     OutcomeKind::Success,        OutcomeKind::Success,
        OutcomeKind::CallerFault, OutcomeKind::KeyFault,       OutcomeKind::Unclear,
        OutcomeKind::Unclear,     OutcomeKind::RateLimited,    OutcomeKind::RateLimited,
        OutcomeKind::DayQuota,    OutcomeKind::ServerTrouble,  OutcomeKind::Cancelled,
        OutcomeKind::DayQuota,    OutcomeKind::NetworkTrouble, OutcomeKind::RateLimited};
    Outcome outcome = outcomeOf(KINDS[pick(KINDS.size())], pick(4) == 0 ? 3'600'000 : pick(40'000));
    if (pick(3) == 0) { // dropped: as if cancelled
        outcome.kind = OutcomeKind::Cancelled;
        outcome.restMs = -1;
    }
    std::vector<ModelRest> rests;
    const HealthRules rules{3, nowMs(), nextPacificMidnightMs(nowMs())};
    const bool changes = m_reference.report(open.lease, open.life, outcome, rules, rests);
    const KeyId key = open.lease.key;
    m_fixture->changes.clear();
    if (outcome.restMs == -1)
        open.lease = Lease();
    else
        m_fixture->pool.report(std::move(open.lease), outcome);
    compareChange(changes, key, rests);
    QCOMPARE(m_fixture->pool.openLeases(), static_cast<int>(m_open.size()));
}

void TstKeyPoolReference::compareChange(bool expected, KeyId key, const std::vector<ModelRest> &rests)
{
    QCOMPARE(m_fixture->changes.size(), std::size_t{expected ? 1U : 0U});
    if (!expected)
        return;
    const KeyChange &change = m_fixture->changes[0];
    ReferencePool::Key &held = m_reference.keys.at(key);
    held.tickets.insert(change.ticket);
    QCOMPARE(change.id, key);
    QCOMPARE(change.state, held.health);
    QCOMPARE(change.failures, held.failures);
    QCOMPARE(change.rests.size(), rests.size());
    for (std::size_t i = 0; i < rests.size(); ++i) {
        QCOMPARE(change.rests[i].model, rests[i].model);
        QCOMPARE(change.rests[i].untilMs, rests[i].untilMs);
    }
}

void TstKeyPoolReference::settle()
{
    std::vector<std::uint64_t> tickets;
    for (auto &[id, key] : m_reference.keys) {
        while (!key.tickets.empty() && pick(4) != 0) {
            tickets.push_back(*key.tickets.rbegin());
            key.tickets.erase(tickets.back());
        }
    }
    std::shuffle(tickets.begin(), tickets.end(), m_random);
    m_fixture->pool.settled(tickets);
}

void TstKeyPoolReference::revive()
{
    const KeyId id = pickKey();
    m_fixture->changes.clear();
    m_fixture->pool.revive(id);
    const auto key = m_reference.keys.find(id);
    const bool changes = key != m_reference.keys.end() &&
                         (key->second.health == KeyState::Sidelined || key->second.failures != 0);
    if (changes) {
        key->second.health = KeyState::Usable;
        key->second.failures = 0;
    }
    compareChange(changes, id, {});
}

void TstKeyPoolReference::check()
{
    std::set<KeyId> checkable;
    for (const auto &[id, key] : m_reference.keys) {
        if (key.state() == KeyState::Sidelined && key.tickets.empty() && !key.isBeingChecked)
            checkable.insert(id);
    }
    const int limit = static_cast<int>(pick(4));
    std::vector<Lease> leases = m_fixture->pool.sidelined(limit);
    QCOMPARE(leases.size(), std::min(checkable.size(), static_cast<std::size_t>(limit)));
    for (Lease &lease : leases) {
        QVERIFY(checkable.erase(lease.key) == 1);
        ReferencePool::Key &key = m_reference.keys.at(lease.key);
        key.isBeingChecked = true;
        lease.model = MODELS[pick(MODELS.size())];
        const int life = key.life;
        m_open.push_back({std::move(lease), life});
    }
}

void TstKeyPoolReference::compareRows()
{
    const std::vector<KeyRow> rows = m_fixture->pool.snapshot();
    QCOMPARE(rows.size(), m_reference.keys.size());
    for (const KeyRow &row : rows) {
        const ReferencePool::Key &key = m_reference.keys.at(row.id);
        QCOMPARE(row.state, key.state());
        QCOMPARE(row.failures, key.failures);
        QCOMPARE(row.calls, key.calls);
        QCOMPARE(row.failedCalls, key.failedCalls);
        QCOMPARE(row.reason.empty(), key.health != KeyState::Sidelined);
        std::map<std::string, std::int64_t> rests;
        for (const ModelRest &rest : row.rests)
            rests[rest.model] = rest.untilMs;
        std::map<std::string, std::int64_t> expected;
        for (const auto &[model, rest] : key.rests) {
            if (rest.untilMs > nowMs())
                expected[model] = rest.untilMs;
        }
        QVERIFY(rests == expected);
    }
}

QTEST_APPLESS_MAIN(TstKeyPoolReference)
#include "tst_keypoolreference.moc"
