#include <array>
#include <random>

#include <QTest>

#include "tests/pool/poolfixture.h"
#include "tests/pool/referencequotas.h"

using namespace Gateway;

namespace {

constexpr std::int64_t MINUTE = 60'000;
constexpr std::int64_t HOUR = 60 * MINUTE;
constexpr std::array<std::string_view, 3> MODELS{"flash", "pro", "lite"};

struct Open
{
    Lease lease;
    std::size_t number = 0;
    Lease::Kind kind = Lease::Kind::Use;
    bool isTrial = false;
};

QByteArray told(const Refusal &refusal)
{
    return QStringLiteral("why %1, wait %2, resting %3, predicted %4, absent %5")
        .arg(static_cast<int>(refusal.why))
        .arg(refusal.waitMs)
        .arg(refusal.resting)
        .arg(refusal.predicted)
        .arg(refusal.absent)
        .toUtf8();
}

} // namespace

/// Random requests, answers and hours on the pool and on the reference, which must agree after each, whatever
/// the strategy.
class TstQuotaReference : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agrees_data();
    void agrees();

private:
    void start(int keys, int seed, const QString &strategy);
    void acquire();
    void report();
    void edit();
    void pass();
    void jump();
    void compare();
    void compareModel(const KeyModelView &view, const std::string &scope);
    Outcome drawn();

    std::uint32_t pick(std::uint32_t count) { return m_random() % count; }
    void sync()
    {
        m_reference.wallMs = m_fixture->clock.nowMs();
        m_reference.monoMs = m_fixture->clock.monotonicMs();
        m_reference.day = pacificDay(m_reference.wallMs);
    }

    std::mt19937 m_random;
    std::unique_ptr<PoolFixture> m_fixture;
    ReferenceQuotas m_reference;
    std::vector<Open> m_open;
    int m_keys = 0;
    int m_probes = 0;
    bool m_isSpell = false; ///< Google has no capacity.
    std::array<int, 6> m_refused{};
};

void TstQuotaReference::agrees_data()
{
    QTest::addColumn<int>("keys");
    QTest::addColumn<QString>("strategy");
    for (const int keys : {2, 6, 14}) {
        QTest::addRow("%d keys, most remaining", keys) << keys << QStringLiteral("most-remaining");
        QTest::addRow("%d keys, least in flight", keys) << keys << QStringLiteral("least-in-flight");
        QTest::addRow("%d keys, random of two", keys) << keys << QStringLiteral("random-of-two");
        QTest::addRow("%d keys, priority", keys) << keys << QStringLiteral("priority");
    }
}

void TstQuotaReference::start(int keys, int seed, const QString &strategy)
{
    m_random.seed(static_cast<std::uint32_t>(seed));
    m_keys = keys;
    m_reference = {};
    m_open.clear();
    m_probes = 0;
    m_isSpell = false;
    m_refused = {};
    PoolOptions options;
    options.strategy = strategy.toStdString();
    m_fixture = std::make_unique<PoolFixture>(0, options);
    std::vector<KeyRow> rows;
    for (KeyId id = 1; id <= keys; ++id) {
        KeyRow row = rowOf(id);
        if (id % 3 != 0)
            row.settings.project = "p" + std::to_string(id % 5);
        m_reference.scopes[id] = quotaScope(row.settings.project, id);
        rows.push_back(std::move(row));
    }
    m_fixture->pool.load(std::move(rows));
    sync();
}

void TstQuotaReference::agrees()
{
    QFETCH(int, keys);
    QFETCH(QString, strategy);
    start(keys, keys * 100 + static_cast<int>(strategy.size()), strategy);
    for (int i = 0; i < 4'000 && !QTest::currentTestFailed(); ++i) {
        const std::uint32_t what = pick(1'000);
        if (what < 520)
            acquire();
        else if (what < 930)
            report();
        else if (what < 988)
            pass();
        else if (what < 990)
            jump();
        else
            edit();
        if (i % 40 == 0)
            compare();
    }
    QVERIFY(m_probes > 0); // the test must have walked through everything
    QVERIFY(m_refused[static_cast<std::size_t>(Refusal::Why::Overloaded)] > 0);
    for (const Refusal::Why why : {Refusal::Why::Exhausted, Refusal::Why::Resting})
        QVERIFY(keys > 6 || m_refused[static_cast<std::size_t>(why)] > 0);
}

void TstQuotaReference::acquire()
{
    const std::string model(MODELS[pick(MODELS.size())]);
    std::vector<KeyId> tried;
    for (std::uint32_t i = pick(2) * pick(static_cast<std::uint32_t>(m_keys) + 1); i > 0; --i)
        tried.push_back(1 + pick(static_cast<std::uint32_t>(m_keys)));
    AcquireRequest request;
    request.model = model;
    request.tried = tried;
    request.lastAttempt = pick(5) == 0;
    request.inputTokens = pick(3) == 0 ? pick(900) : 0;
    request.maxWaitMs = pick(3) == 0 ? 0 : pick(2) == 0 ? 5'000 : 48 * HOUR;
    const ReferenceQuotas::Expected expected = m_reference.acquire(request);
    tl::expected<Lease, Refusal> lease = m_fixture->pool.acquire(request);
    if (!lease) {
        const Refusal &refusal = lease.error();
        QVERIFY2(expected.keys.empty(), told(refusal).constData());
        QVERIFY2(refusal.why == expected.refusal.why &&
                     (refusal.why == Refusal::Why::Overloaded || refusal.waitMs == expected.refusal.waitMs) &&
                     refusal.resting == expected.refusal.resting &&
                     refusal.predicted == expected.refusal.predicted &&
                     refusal.absent == expected.refusal.absent,
                 QByteArray(told(refusal) + " instead of " + told(expected.refusal)).constData());
        ++m_refused[static_cast<std::size_t>(refusal.why)];
        return;
    }
    QVERIFY2(expected.keys.contains(lease->key), told(expected.refusal).constData());
    QCOMPARE(lease->kind, expected.kind);
    m_probes += lease->kind == Lease::Kind::Probe ? 1 : 0;
    const bool isTrial = m_reference.breakers[model].isOpen;
    const std::size_t number = m_reference.lent(lease->key, request, lease->kind);
    const Lease::Kind kind = lease->kind;
    m_open.push_back({std::move(*lease), number, kind, isTrial});
}

Outcome TstQuotaReference::drawn()
{
    using Kind = OutcomeKind;
    const std::uint32_t what = pick(100);
    Outcome outcome = outcomeOf(what < 62   ? Kind::Success
                                : what < 66 ? Kind::NetworkTrouble
                                : what < 70 ? Kind::ServerTrouble
                                : what < 74 ? Kind::RateLimited
                                : what < 76 ? Kind::DayQuota
                                : what < 78 ? Kind::NoSuchModel
                                            : Kind::CallerFault);
    if (m_isSpell && pick(10) < 8)
        outcome.kind = Kind::Overloaded;
    if (pick(2) == 0)
        outcome.inputTokens = pick(900);
    if (outcome.kind == Kind::RateLimited) {
        outcome.restMs = 1'000 + pick(60'000);
        outcome.quota = pick(2) == 0 ? QuotaKind::MinuteRequests : QuotaKind::MinuteTokens;
        outcome.quotaLimit = outcome.quota == QuotaKind::MinuteRequests ? 1 + pick(15) : 300 + pick(3'000);
    } else if (outcome.kind == Kind::DayQuota) {
        outcome.quota = QuotaKind::DayRequests;
        outcome.quotaLimit = pick(2) == 0 ? 0 : 20 + pick(200);
    }
    return outcome;
}

void TstQuotaReference::report()
{
    if (m_open.empty())
        return;
    std::swap(m_open[pick(static_cast<std::uint32_t>(m_open.size()))], m_open.back());
    Open open = std::move(m_open.back());
    m_open.pop_back();
    const Outcome outcome = drawn();
    const std::string model = open.lease.model;
    m_reference.report(open.number, outcome, open.kind, open.isTrial);
    m_fixture->pool.report(std::move(open.lease), outcome);
    ReferenceQuotas::Breaker &breaker = m_reference.breakers[model];
    if (breaker.openUntilMs != -1)
        return;
    // The wait is drawn by lot: it must only be in its bounds.
    const std::int64_t fullMs = std::min(2'000LL << std::min(breaker.openings - 1, 10), 60'000LL);
    const tl::expected<Lease, Refusal> none = m_fixture->pool.acquire({model});
    QVERIFY(!none);
    QCOMPARE(none.error().why, Refusal::Why::Overloaded);
    QVERIFY(none.error().waitMs >= fullMs - fullMs / 4);
    QVERIFY(none.error().waitMs <= fullMs + fullMs / 4);
    breaker.openUntilMs = m_reference.monoMs + none.error().waitMs;
}

void TstQuotaReference::pass()
{
    const std::uint32_t what = pick(20);
    m_isSpell = pick(5) < (m_isSpell ? 4U : 1U);
    m_fixture->clock.advance(what < 12 ? pick(4'000) : what < 19 ? pick(100'000) : pick(7 * HOUR));
    sync();
}

/// Somebody sets the wall clock by more than jitter: back within Google's day, or forward to any.
void TstQuotaReference::jump()
{
    const PacificDay &day = m_reference.day;
    std::int64_t byMs = pick(2) == 0 ? pick(100'000) : pick(40) * HOUR;
    if (pick(2) == 0)
        byMs = -std::min(byMs, m_reference.wallMs - day.startMs);
    if (std::abs(byMs) <= 2'000)
        return;
    m_fixture->clock.setWallMs(m_reference.wallMs + byMs);
    m_fixture->pool.counts(); // it sees the clock in any call
    if (byMs < 0)
        m_reference.setBack(-byMs);
    sync();
}

/// Limits set by hand come and go.
void TstQuotaReference::edit()
{
    const KeyId id = 1 + pick(static_cast<std::uint32_t>(m_keys));
    KeySettings settings = m_fixture->row(id).settings;
    settings.minuteRequests = pick(2) * (3 + pick(20));
    settings.dayRequests = pick(3) == 0 ? 100 + pick(200) : 0;
    m_fixture->pool.update(id, settings);
    ReferenceQuotas::Hand &hand = m_reference.hands[m_reference.scopes.at(id)];
    hand = {};
    for (const KeyRow &row : m_fixture->pool.snapshot()) { // the smallest of the project's
        if (quotaScope(row.settings.project, row.id) != m_reference.scopes.at(id))
            continue;
        const auto take = [](std::int64_t &limit, std::int64_t other) {
            limit = other == 0 ? limit : limit == 0 ? other : std::min(limit, other);
        };
        take(hand.minuteRequests, row.settings.minuteRequests);
        take(hand.dayRequests, row.settings.dayRequests);
    }
}

void TstQuotaReference::compare()
{
    for (const auto &[key, scope] : m_reference.scopes) {
        const KeyView view = *m_fixture->pool.view(key);
        QCOMPARE(view.scope, scope);
        for (const KeyModelView &model : view.models)
            compareModel(model, scope);
    }
}

void TstQuotaReference::compareModel(const KeyModelView &view, const std::string &scope)
{
    const ReferenceQuotas::Place place{scope, view.model};
    const std::int64_t nowMs = m_reference.wallMs;
    QCOMPARE(view.minuteRequests, m_reference.minuteOf(place, false));
    QCOMPARE(view.minuteTokens, m_reference.minuteOf(place, true));
    QCOMPARE(view.dayRequests, m_reference.dayOf(place, false));
    QCOMPARE(view.dayTokens, m_reference.dayOf(place, true));
    const ReferenceQuotas::State &state = m_reference.states[place];
    const bool isAbsent = state.absentUntilMs > nowMs;
    QCOMPARE(view.absentUntilMs, isAbsent ? state.absentUntilMs : 0);
    const bool rests = !isAbsent && state.restUntilMs > nowMs;
    QCOMPARE(view.restUntilMs, rests ? state.restUntilMs : 0);
    const auto limit = state.limits.find(QuotaKind::MinuteTokens);
    QCOMPARE(view.limits[static_cast<std::size_t>(QuotaKind::MinuteTokens)].value,
             limit == state.limits.end() ? 0 : limit->second.value);
}

QTEST_APPLESS_MAIN(TstQuotaReference)
#include "tst_quotareference.moc"
