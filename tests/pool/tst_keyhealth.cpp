#include <QTest>

#include "gateway/pool/keyhealth.h"

using namespace Gateway;

namespace {

constexpr std::int64_t NOW = 1'000'000'000;
constexpr std::int64_t MIDNIGHT = NOW + 7 * 3'600'000;
constexpr std::int64_t HOUR = 3'600'000;

using Kind = OutcomeKind;
using Use = Lease::Kind;

struct Row
{
    const char *name;
    KeyState state;
    int failures;
    Use use;
    Kind outcome;
    std::int64_t restMs;
    // Expected.
    KeyState nextState;
    int nextFailures;
    bool blamed;
    bool newReason;
    std::int64_t restUntilMs;
    std::int64_t probeMs;
    bool replaces;
    bool lifts;
};

constexpr KeyState OK = KeyState::Usable;
constexpr KeyState SIDE = KeyState::Sidelined;
constexpr KeyState OFF = KeyState::Disabled;

// clang-format off
const Row ROWS[] = {
    // Usable keys. maxFailures is 3.
    {"success", OK, 0, Use::Use, Kind::Success, 0, OK, 0, false, false, 0, 0, false, false},
    {"success clears", OK, 2, Use::Use, Kind::Success, 0, OK, 0, false, false, 0, 0, false, false},
    {"caller's fault", OK, 2, Use::Use, Kind::CallerFault, 0, OK, 2, false, false, 0, 0, false, false},
    {"server trouble", OK, 2, Use::Use, Kind::ServerTrouble, 0, OK, 2, false, false, 0, 0, false, false},
    {"network trouble", OK, 2, Use::Use, Kind::NetworkTrouble, 0, OK, 2, false, false, 0, 0, false, false},
    {"cancelled", OK, 2, Use::Use, Kind::Cancelled, 0, OK, 2, false, false, 0, 0, false, false},
    {"key fault", OK, 0, Use::Use, Kind::KeyFault, 0, SIDE, 0, true, true, 0, 0, false, false},
    {"unclear", OK, 0, Use::Use, Kind::Unclear, 0, OK, 1, true, false, 0, 0, false, false},
    {"second unclear", OK, 1, Use::Use, Kind::Unclear, 0, OK, 2, true, false, 0, 0, false, false},
    {"third unclear", OK, 2, Use::Use, Kind::Unclear, 0, SIDE, 3, true, true, 0, 0, false, false},
    {"over the limit already", OK, 9, Use::Use, Kind::Unclear, 0, SIDE, 10, true, true, 0, 0, false, false},
    {"rate", OK, 1, Use::Use, Kind::RateLimited, 36'400, OK, 1, true, false, NOW + 36'400, 0, false, false},
    {"rate, no time", OK, 0, Use::Use, Kind::RateLimited, 0, OK, 0, true, false, NOW + 1'000, 0, false, false},
    {"rate, negative", OK, 0, Use::Use, Kind::RateLimited, -5, OK, 0, true, false, NOW + 1'000, 0, false, false},
    {"rate, for ever", OK, 0, Use::Use, Kind::RateLimited, INT64_MAX, OK, 0, true, false, NOW + 24 * HOUR, 0, false, false},
    {"day", OK, 1, Use::Use, Kind::DayQuota, 36'000, OK, 1, true, false, MIDNIGHT, NOW + HOUR, false, false},
    // Probes.
    {"probe works", OK, 0, Use::Probe, Kind::Success, 0, OK, 0, false, false, 0, 0, false, true},
    {"probe fails", OK, 0, Use::Probe, Kind::DayQuota, 0, OK, 0, true, false, MIDNIGHT, NOW + HOUR, true, false},
    {"probe meets a minute", OK, 0, Use::Probe, Kind::RateLimited, 9'000, OK, 0, true, false, NOW + 9'000, 0, true, false},
    {"probe says nothing", OK, 0, Use::Probe, Kind::ServerTrouble, 0, OK, 0, false, false, 0, 0, false, false},
    {"probe finds a bad key", OK, 0, Use::Probe, Kind::KeyFault, 0, SIDE, 0, true, true, 0, 0, false, false},
    // Sidelined keys: leases from before.
    {"late success", SIDE, 3, Use::Use, Kind::Success, 0, SIDE, 3, false, false, 0, 0, false, false},
    {"late unclear", SIDE, 3, Use::Use, Kind::Unclear, 0, SIDE, 3, true, false, 0, 0, false, false},
    {"late key fault", SIDE, 3, Use::Use, Kind::KeyFault, 0, SIDE, 3, true, true, 0, 0, false, false},
    {"late rate", SIDE, 3, Use::Use, Kind::RateLimited, 5'000, SIDE, 3, true, false, NOW + 5'000, 0, false, false},
    // Sidelined keys: checks.
    {"check works", SIDE, 3, Use::Check, Kind::Success, 0, OK, 0, false, false, 0, 0, false, false},
    {"check meets a minute", SIDE, 3, Use::Check, Kind::RateLimited, 5'000, OK, 0, true, false, NOW + 5'000, 0, false, false},
    {"check meets a day", SIDE, 3, Use::Check, Kind::DayQuota, 0, OK, 0, true, false, MIDNIGHT, NOW + HOUR, false, false},
    {"check fails", SIDE, 3, Use::Check, Kind::KeyFault, 0, SIDE, 3, true, true, 0, 0, false, false},
    {"check is unclear", SIDE, 3, Use::Check, Kind::Unclear, 0, SIDE, 3, true, false, 0, 0, false, false},
    {"check says nothing", SIDE, 3, Use::Check, Kind::CallerFault, 0, SIDE, 3, false, false, 0, 0, false, false},
    {"check after a revival", OK, 0, Use::Check, Kind::KeyFault, 0, SIDE, 0, true, true, 0, 0, false, false},
    // Disabled keys stay so.
    {"disabled, success", OFF, 2, Use::Check, Kind::Success, 0, OFF, 2, false, false, 0, 0, false, false},
    {"disabled, key fault", OFF, 2, Use::Use, Kind::KeyFault, 0, OFF, 2, true, false, 0, 0, false, false},
    {"disabled, unclear", OFF, 2, Use::Use, Kind::Unclear, 0, OFF, 2, true, false, 0, 0, false, false},
};
// clang-format on

} // namespace

class TstKeyHealth : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void judges_data();
    void judges();
    void allowsAtLeastOneFailure();
};

void TstKeyHealth::judges_data()
{
    QTest::addColumn<int>("index");
    int index = 0;
    for (const Row &row : ROWS)
        QTest::newRow(row.name) << index++;
}

void TstKeyHealth::judges()
{
    QFETCH(int, index);
    const Row &row = ROWS[index];
    const Outcome outcome{row.outcome, row.restMs, "REASON", "Text."};
    const HealthVerdict verdict = judgeKey(row.state, row.failures, row.use, outcome, {3, NOW, MIDNIGHT});
    QCOMPARE(verdict.state, row.nextState);
    QCOMPARE(verdict.failures, row.nextFailures);
    QCOMPARE(verdict.blamed, row.blamed);
    QCOMPARE(verdict.newReason, row.newReason);
    QCOMPARE(verdict.restUntilMs, row.restUntilMs);
    QCOMPARE(verdict.probeMs, row.probeMs);
    QCOMPARE(verdict.replacesRest, row.replaces);
    QCOMPARE(verdict.liftsRest, row.lifts);
}

void TstKeyHealth::allowsAtLeastOneFailure()
{
    for (const int maxFailures : {1, 0, -4}) {
        const HealthVerdict verdict =
            judgeKey(OK, 0, Use::Use, {Kind::Unclear, 0, "R", "T"}, {maxFailures, NOW, MIDNIGHT});
        QCOMPARE(verdict.state, SIDE);
    }
}

QTEST_APPLESS_MAIN(TstKeyHealth)
#include "tst_keyhealth.moc"
