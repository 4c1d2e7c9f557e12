#include <QTest>

#include "gateway/relay/verdicts.h"

using namespace Gateway;

namespace {

Refusal refusal(Refusal::Why why, std::int64_t waitMs, int total, int invalid, int resting, int disabled)
{
    Refusal made;
    made.why = why;
    made.waitMs = waitMs;
    made.total = total;
    made.invalid = invalid;
    made.resting = resting;
    made.disabled = disabled;
    return made;
}

} // namespace

class TstVerdicts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void restingTellsTheShortestWait();
    void noUsableKeyTellsHowManyAndWhy();
    void anOverloadedModelIsToldWithItsWait();
    void aModelThatNobodyHasIsNotFound();
    void anEmptyPoolSaysSo();
    void aKeysFaultIsNeverTheCallers();
    void backoffGrowsAndStaysWithinBounds();
};

void TstVerdicts::restingTellsTheShortestWait()
{
    const Error error = refusalError(refusal(Refusal::Why::Resting, 41'200, 3, 1, 2, 0), "gemini-x");
    QCOMPARE(error.status, 429);
    QCOMPARE(error.retryAfterMs, 41'200);
    QVERIFY(error.text.find("gemini-x; the first is back in 42 s") != std::string::npos);
}

void TstVerdicts::noUsableKeyTellsHowManyAndWhy()
{
    const Error error = refusalError(refusal(Refusal::Why::NoneUsable, 0, 5, 4, 0, 1), "m");
    QCOMPARE(error.status, 503);
    QVERIFY(error.text.find("4 invalid, 0 resting, 1 disabled") != std::string::npos);
}

void TstVerdicts::anOverloadedModelIsToldWithItsWait()
{
    Refusal overloaded = refusal(Refusal::Why::Overloaded, 8'000, 3, 0, 0, 0);
    overloaded.reason = "The model is overloaded.";
    const Error error = refusalError(overloaded, "gemini-x");
    QCOMPARE(error.status, 503);
    QCOMPARE(error.code, std::string("model_overloaded"));
    QCOMPARE(error.retryAfterMs, 8'000);
    QVERIFY(error.text.find("asked again in 8 s. Google: The model is overloaded.") != std::string::npos);
}

void TstVerdicts::aModelThatNobodyHasIsNotFound()
{
    Refusal absent = refusal(Refusal::Why::Absent, 3'600'000, 3, 1, 0, 0);
    absent.absent = 2;
    const Error error = refusalError(absent, "gemini-x");
    QCOMPARE(error.status, 404);
    QCOMPARE(error.code, std::string("model_not_found"));
    QVERIFY(error.text.find("gemini-x is not available to the project of any key (3 keys: 1 invalid") !=
            std::string::npos);
    QVERIFY(error.text.find("2 without this model") != std::string::npos);
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
