#include <QTest>

#include "gateway/relay/verdicts.h"

using namespace Gateway;

class TstVerdicts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void restingTellsTheShortestWait();
    void noUsableKeyTellsHowManyAndWhy();
    void anEmptyPoolSaysSo();
    void aKeysFaultIsNeverTheCallers();
    void backoffGrowsAndStaysWithinBounds();
};

void TstVerdicts::restingTellsTheShortestWait()
{
    const Error error = refusalError({Refusal::Why::Resting, 41'200, 3, 1, 2, 0}, "gemini-x");
    QCOMPARE(error.status, 429);
    QCOMPARE(error.retryAfterMs, 41'200);
    QVERIFY(error.text.find("gemini-x; the first is back in 42 s") != std::string::npos);
}

void TstVerdicts::noUsableKeyTellsHowManyAndWhy()
{
    const Error error = refusalError({Refusal::Why::NoneUsable, 0, 5, 4, 0, 1}, "m");
    QCOMPARE(error.status, 503);
    QVERIFY(error.text.find("4 invalid, 0 resting, 1 disabled") != std::string::npos);
}

void TstVerdicts::anEmptyPoolSaysSo()
{
    QVERIFY(refusalError({}, "").text.find("no Gemini API key yet") != std::string::npos);
}

void TstVerdicts::aKeysFaultIsNeverTheCallers()
{
    const Outcome outcome{OutcomeKind::KeyFault, 0, "API_KEY_INVALID", "API key not valid."};
    const Error error = finalError(outcome, Error{400, "invalid_argument", "API key not valid.", {}, 0}, 2);
    QCOMPARE(error.status, 503);
    QVERIFY(error.text.find("2 keys") != std::string::npos);
    const Outcome quota{OutcomeKind::RateLimited, 1000, {}, "slow down"};
    QCOMPARE(finalError(quota, Error{429, {}, "slow down", {}, 1000}, 1).status, 429);
}

void TstVerdicts::backoffGrowsAndStaysWithinBounds()
{
    for (int attempt = 1; attempt < 40; ++attempt) {
        const std::int64_t full = std::min<std::int64_t>(3000, 100LL << std::min(attempt - 1, 10));
        for (const std::uint32_t random : {0u, 1u, 12345u, 4294967295u}) {
            QVERIFY(backoffMs(attempt, random) <= full);
            QVERIFY(backoffMs(attempt, random) >= full / 2);
        }
    }
}

QTEST_APPLESS_MAIN(TstVerdicts)
#include "tst_verdicts.moc"
