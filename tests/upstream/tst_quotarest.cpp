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
    void namesTheQuota_data();
    void namesTheQuota();
    void aSpendWindowRestsTenMinutes();
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

void TstQuotaRest::namesTheQuota_data()
{
    QTest::addColumn<std::string>("body");
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("quota");
    QTest::addColumn<qint64>("limit");
    QTest::addColumn<int>("tier");
    const auto row = [](const char *name, const std::string &body, OutcomeKind kind, QuotaKind quota,
                        qint64 limit, KeyTier tier) {
        QTest::newRow(name) << body << static_cast<int>(kind) << static_cast<int>(quota) << limit
                            << static_cast<int>(tier);
    };
    const std::string requests = "generate_content_free_tier_requests";
    const std::string tokens = "generate_content_free_tier_input_token_count";
    row("requests a minute", quotaError(violation(PER_MINUTE, requests, "15")), RateLimited,
        QuotaKind::MinuteRequests, 15, KeyTier::Free);
    row("requests a day", quotaError(violation(PER_DAY, requests, "250")), DayQuota, QuotaKind::DayRequests,
        250, KeyTier::Free);
    row("tokens a minute",
        quotaError(violation("GenerateContentInputTokensPerModelPerMinute-FreeTier", tokens, "250000")),
        RateLimited, QuotaKind::MinuteTokens, 250'000, KeyTier::Free);
    row("tokens a minute, paid",
        quotaError(violation("GenerateContentPaidTierInputTokensPerModelPerMinute",
                             "generate_content_paid_tier_input_token_count", "1000000")),
        RateLimited, QuotaKind::MinuteTokens, 1'000'000, KeyTier::Paid);
    row("tokens a day",
        quotaError(violation("GenerateContentInputTokensPerModelPerDay-FreeTier", tokens, "5000000")),
        DayQuota, QuotaKind::DayTokens, 5'000'000, KeyTier::Free);
    row("requests a minute without a tier",
        quotaError(
            violation("GenerateRequestsPerMinutePerProjectPerModel", "generate_requests_per_model", "1000")),
        RateLimited, QuotaKind::MinuteRequests, 1000, KeyTier::Unknown);
    row("the day before the minute",
        quotaError(violation(PER_MINUTE, requests, "15") + "," + violation(PER_DAY, requests, "250")),
        DayQuota, QuotaKind::DayRequests, 250, KeyTier::Free);
    row("size in the sentence only",
        quotaError(violation(PER_DAY, requests, ""), "Quota exceeded for metric: x, limit: 20, model: y"),
        DayQuota, QuotaKind::DayRequests, 20, KeyTier::Free);
    row("all in a sentence",
        quotaError("", "Quota exceeded for quota metric 'Generate requests' and limit 'requests per minute'"),
        RateLimited, QuotaKind::MinuteRequests, 0, KeyTier::Unknown);
    row("ErrorInfo's metadata",
        quotaError(R"({"reason":"RATE_LIMIT_EXCEEDED","metadata":{"quota_limit_value":"60",)"
                   R"("quota_limit":"GenerateContentRequestsPerMinutePerProjectPerRegion",)"
                   R"("quota_metric":"generativelanguage.googleapis.com/generate_content_requests"}})"),
        RateLimited, QuotaKind::MinuteRequests, 60, KeyTier::Unknown);
    row("spend", quotaError("", "Spend-based rate limit exceeded."), RateLimited, QuotaKind::Spend, 0,
        KeyTier::Unknown);
    row("images a minute", quotaError(violation("GenerateImagesPerMinutePerProject", "images", "10")),
        RateLimited, QuotaKind::None, 10, KeyTier::Unknown);
    row("nothing named", quotaError(""), RateLimited, QuotaKind::None, 0, KeyTier::Unknown);
    row("not on the tier", quotaError(violation(PER_DAY, requests, "0")), NoSuchModel, QuotaKind::None, 0,
        KeyTier::Free);
    row("no quota at all", errorBody(503, "UNAVAILABLE", "Busy."), Overloaded, QuotaKind::None, 0,
        KeyTier::Unknown);
}

void TstQuotaRest::namesTheQuota()
{
    QFETCH(std::string, body);
    QFETCH(int, kind);
    QFETCH(int, quota);
    QFETCH(qint64, limit);
    QFETCH(int, tier);
    const Outcome outcome = classify(kind == static_cast<int>(Overloaded) ? 503 : 429, body, {}, {});
    QCOMPARE(static_cast<int>(outcome.kind), kind);
    QCOMPARE(static_cast<int>(outcome.quota), quota);
    QCOMPARE(static_cast<qint64>(outcome.quotaLimit), limit);
    QCOMPARE(static_cast<int>(outcome.tier), tier);
}

void TstQuotaRest::aSpendWindowRestsTenMinutes()
{
    const std::string words = "Spend-based rate limit exceeded.";
    QCOMPARE(static_cast<qint64>(classify(429, quotaError("", words), {}, {}).restMs), 600'000);
    QCOMPARE(static_cast<qint64>(classify(429, quotaError(retryInfo("90s"), words), {}, {}).restMs), 90'000);
}

QTEST_APPLESS_MAIN(TstQuotaRest)
#include "tst_quotarest.moc"
