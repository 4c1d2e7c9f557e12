#include <QTest>

#include "gateway/upstream/classifier.h"
#include "tests/upstream/errorbodies.h"

using namespace Gateway;
using enum OutcomeKind;

class TstQuotaRest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void restsAsLongAsTold_data();
    void restsAsLongAsTold();
    void believesTheShortDelayWhenToldTo();
    void saysThatAModelIsNotOnTheTier();
    void readsTheDateOfRetryAfter();
};

void TstQuotaRest::restsAsLongAsTold_data()
{
    QTest::addColumn<std::string>("body");
    QTest::addColumn<std::string>("retryAfter");
    QTest::addColumn<qint64>("restMs");
    const auto row = [](const char *name, const std::string &body, const std::string &retryAfter,
                        qint64 restMs) { QTest::newRow(name) << body << retryAfter << restMs; };
    row("36s", quotaError(retryInfo("36s")), "", 36'000);
    row("36.4s", quotaError(retryInfo("36.4s")), "", 36'400);
    row("1.5s", quotaError(retryInfo("1.5s")), "", 1'500);
    row("rounded up", quotaError(retryInfo("36.000100s")), "", 36'001);
    row("0s is not at once", quotaError(retryInfo("0s")), "", 1'000);
    row("as an object", quotaError(R"({"retryDelay":{"seconds":7,"nanos":500000001}})"), "", 7'501);
    row("per minute with a delay", quotaError(quotaFailure(PER_MINUTE) + "," + retryInfo("12s")), "", 12'000);
    row("delay over the sentence", quotaError(retryInfo("12s"), "Please retry in 36.4s."), "", 12'000);
    row("sentence", quotaError("", "Quota. Please retry in 36.4s."), "", 36'400);
    row("sentence in minutes", quotaError("", "Please retry in 1m30s"), "", 90'000);
    row("sentence in hours", quotaError("", "Please retry in 2h."), "", 7'200'000);
    row("sentence in milliseconds", quotaError("", "Please retry in 1820.25ms."), "", 1'821);
    row("sentence over the header", quotaError("", "Please retry in 5s."), "9", 5'000);
    row("header", quotaError(""), "17", 17'000);
    row("header that is nonsense", quotaError(""), "soon", 45'000);
    row("date without the answer's date", quotaError(""), "Mon, 23 Nov 2026 10:00:30 GMT", 45'000);
    row("negative", quotaError(retryInfo("-5s")), "", 45'000);
    row("per minute without a delay", quotaError(quotaFailure(PER_MINUTE)), "", 60'000);
    row("nothing named", quotaError(""), "", 45'000);
}

void TstQuotaRest::restsAsLongAsTold()
{
    QFETCH(std::string, body);
    QFETCH(std::string, retryAfter);
    QFETCH(qint64, restMs);
    Headers headers;
    if (!retryAfter.empty())
        headers.emplace_back("retry-after", retryAfter);
    const Outcome outcome = classify(429, body, headers, {45'000, true});
    QCOMPARE(static_cast<int>(outcome.kind), static_cast<int>(RateLimited));
    QCOMPARE(static_cast<qint64>(outcome.restMs), restMs);
}

void TstQuotaRest::believesTheShortDelayWhenToldTo()
{
    const ClassifierOptions options{60'000, false};
    const Outcome delayed =
        classify(429, quotaError(quotaFailure(PER_DAY) + "," + retryInfo("36s")), {}, options);
    QCOMPARE(static_cast<int>(delayed.kind), static_cast<int>(RateLimited));
    QCOMPARE(static_cast<qint64>(delayed.restMs), 36'000);
    const Outcome bare = classify(429, quotaError(quotaFailure(PER_DAY)), {}, options);
    QCOMPARE(static_cast<int>(bare.kind), static_cast<int>(DayQuota));
}

void TstQuotaRest::saysThatAModelIsNotOnTheTier()
{
    const Outcome outcome = classify(429, quotaError(quotaFailure(PER_DAY, "0")), {}, {});
    QVERIFY(outcome.text.starts_with("This model is not offered on the key's tier"));
    QVERIFY(outcome.text.ends_with("You exceeded your quota."));
}

void TstQuotaRest::readsTheDateOfRetryAfter()
{
    const Headers headers = {{"Date", "Mon, 23 Nov 2026 10:00:00 GMT"},
                             {"Retry-After", "Mon, 23 Nov 2026 10:00:30 GMT"}};
    QCOMPARE(static_cast<qint64>(classify(429, "", headers, {}).restMs), 30'000);
}

QTEST_APPLESS_MAIN(TstQuotaRest)
#include "tst_quotarest.moc"
