#include <QDir>
#include <QFile>
#include <QTest>

#include "gateway/upstream/classifier.h"
#include "tests/upstream/errorbodies.h"

using namespace Gateway;
using enum OutcomeKind;

namespace {

QString fixtureDir()
{
    const QString named = qEnvironmentVariable("GW_FIXTURES");
    return named.isEmpty() ? QStringLiteral(GW_SOURCE_DIR "/../shared/fixtures") : named;
}

} // namespace

class TstClassifier : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void judges_data();
    void judges();
    void masksKeysInTheMessage_data();
    void masksKeysInTheMessage();
    void saysSomethingWithoutAMessage();
    void shortensALongMessage();
    void judgesCapturedAnswers_data();
    void judgesCapturedAnswers();
    void blamesNobodyForTheNetwork();
};

void TstClassifier::judges_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<std::string>("body");
    QTest::addColumn<int>("kind");
    QTest::addColumn<std::string>("reason");
    const auto row = [](const char *name, int status, const std::string &body, OutcomeKind kind,
                        const std::string &reason) {
        QTest::newRow(name) << status << body << static_cast<int>(kind) << reason;
    };
    const auto status = [&](const char *name, int code, const std::string &word, const std::string &message,
                            OutcomeKind kind) {
        row(name, code, errorBody(code, word, message), kind, word);
    };
    const auto reason = [&](const char *name, int code, const std::string &word, const std::string &why,
                            OutcomeKind kind) {
        row(name, code, errorBody(code, word, "Refused.", errorInfo(why)), kind, why);
    };

    row("200", 200, "{}", Success, "");
    row("308 of a resumable upload", 308, "", Success, "");

    reason("400 API_KEY_INVALID", 400, "INVALID_ARGUMENT", "API_KEY_INVALID", KeyFault);
    reason("400 API_KEY_EXPIRED", 400, "INVALID_ARGUMENT", "API_KEY_EXPIRED", KeyFault);
    reason("403 API_KEY_SERVICE_BLOCKED", 403, "PERMISSION_DENIED", "API_KEY_SERVICE_BLOCKED", KeyFault);
    reason("403 API_KEY_HTTP_REFERRER_BLOCKED", 403, "PERMISSION_DENIED", "API_KEY_HTTP_REFERRER_BLOCKED",
           KeyFault);
    reason("403 API_KEY_IP_ADDRESS_BLOCKED", 403, "PERMISSION_DENIED", "API_KEY_IP_ADDRESS_BLOCKED",
           KeyFault);
    reason("403 CONSUMER_SUSPENDED", 403, "PERMISSION_DENIED", "CONSUMER_SUSPENDED", KeyFault);
    reason("403 CONSUMER_INVALID", 403, "PERMISSION_DENIED", "CONSUMER_INVALID", KeyFault);
    reason("403 SERVICE_DISABLED", 403, "PERMISSION_DENIED", "SERVICE_DISABLED", KeyFault);
    reason("403 BILLING_DISABLED", 403, "PERMISSION_DENIED", "BILLING_DISABLED", KeyFault);

    status("400 key not valid", 400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.",
           KeyFault);
    status("400 key expired", 400, "INVALID_ARGUMENT", "API key expired. Please renew the API key.",
           KeyFault);
    status("400 key not found", 400, "INVALID_ARGUMENT", "API Key not found. Please pass a valid API key.",
           KeyFault);
    status("400 location", 400, "FAILED_PRECONDITION", "User location is not supported for the API use.",
           Unclear);
    status("400 billing", 400, "FAILED_PRECONDITION", "Please enable billing on your project.", Unclear);
    status("400 free tier", 400, "FAILED_PRECONDITION",
           "Gemini API free tier is not available in your country.", Unclear);
    status("400 other precondition", 400, "FAILED_PRECONDITION", "The File x is not in an ACTIVE state.",
           CallerFault);
    status("400 argument", 400, "INVALID_ARGUMENT", "Request contains an invalid argument.", CallerFault);
    row("400 array of one", 400, "[" + errorBody(400, "INVALID_ARGUMENT", "Refused.") + "]", CallerFault,
        "INVALID_ARGUMENT");
    row("400 key fault in an array", 400,
        "[" + errorBody(400, "INVALID_ARGUMENT", "Refused.", errorInfo("API_KEY_INVALID")) + "]", KeyFault,
        "API_KEY_INVALID");
    row("400 of interactions", 400, R"({"error":{"code":"invalid_request","message":"No input."}})",
        CallerFault, "INVALID_REQUEST");
    row("400 key fault of interactions", 400,
        R"({"error":{"code":"invalid_request","message":"API key not valid."}})", KeyFault,
        "INVALID_REQUEST");

    status("401 OAuth only", 401, "UNAUTHENTICATED", "API keys are not supported by this API.", CallerFault);
    reason("401 token type", 401, "UNAUTHENTICATED", "ACCESS_TOKEN_TYPE_UNSUPPORTED", KeyFault);
    reason("401 credentials", 401, "UNAUTHENTICATED", "CREDENTIALS_MISSING", KeyFault);
    reason("401 account", 401, "UNAUTHENTICATED", "ACCOUNT_STATE_INVALID", KeyFault);
    reason("401 key", 401, "UNAUTHENTICATED", "API_KEY_INVALID", KeyFault);
    status("401 key in words", 401, "UNAUTHENTICATED", "API key not valid.", KeyFault);
    status("401 other", 401, "UNAUTHENTICATED", "Request had invalid authentication credentials.", Unclear);
    status("402", 402, "", "Payment required.", Unclear);

    status("403 leaked", 403, "PERMISSION_DENIED",
           "Your API key was reported as leaked. Please use another API key.", KeyFault);
    status("403 suspended", 403, "PERMISSION_DENIED", "Permission denied: Consumer 'x' has been suspended.",
           KeyFault);
    status("403 project denied", 403, "PERMISSION_DENIED",
           "Your project has been denied access. Please contact support.", KeyFault);
    status("403 service disabled in words", 403, "PERMISSION_DENIED",
           "Generative Language API has not been used in project 1 before or it is disabled.", KeyFault);
    status("403 referrer in words", 403, "PERMISSION_DENIED", "Requests from referer <empty> are blocked.",
           KeyFault);
    status("403 file", 403, "PERMISSION_DENIED",
           "You do not have permission to access the File abc or it may not exist.", CallerFault);
    status("403 file without the doubt", 403, "PERMISSION_DENIED",
           "You do not have permission to access the File abc.", CallerFault);
    status("403 cache", 403, "PERMISSION_DENIED", "CachedContent not found (or permission denied)",
           CallerFault);
    status("403 access to a cache", 403, "PERMISSION_DENIED",
           "You do not have permission to access the CachedContent.", CallerFault);
    status("403 access to a corpus", 403, "PERMISSION_DENIED",
           "You do not have permission to access the Corpus.", CallerFault);
    status("403 cached content", 403, "PERMISSION_DENIED", "Permission denied on cached content abc.",
           CallerFault);
    status("403 may not exist", 403, "PERMISSION_DENIED", "Denied on resource x (or it may not exist).",
           CallerFault);
    status("403 unclear", 403, "PERMISSION_DENIED", "The caller does not have permission", Unclear);
    row("403 HTML", 403, "<html><title>403</title></html>", Unclear, "");

    status("404", 404, "NOT_FOUND", "models/x is not found for API version v1beta.", NoSuchModel);
    status("404 new users", 404, "NOT_FOUND",
           "This model models/x is no longer available to new users. Please use a newer model.", NoSuchModel);
    status("404 of Vertex", 404, "NOT_FOUND",
           "Publisher Model `x` was not found or your project does not have access to it.", NoSuchModel);
    status("404 of a file", 404, "NOT_FOUND", "Requested entity was not found.", CallerFault);
    row("404 HTML", 404, "<!DOCTYPE html><title>Error 404</title>", CallerFault, "");
    row("407 of a proxy", 407, "", NetworkTrouble, "");
    row("405", 405, "", CallerFault, "");
    status("408", 408, "", "Timed out.", ServerTrouble);
    status("409", 409, "ABORTED", "Conflict.", CallerFault);
    status("413", 413, "", "Request payload size exceeds the limit.", CallerFault);
    status("416", 416, "OUT_OF_RANGE", "Range.", CallerFault);
    status("499", 499, "CANCELLED", "The operation was cancelled.", ServerTrouble);
    status("500", 500, "INTERNAL", "An internal error has occurred.", ServerTrouble);
    status("501", 501, "UNIMPLEMENTED", "Not here.", ServerTrouble);
    row("502 HTML", 502, "<html>Bad gateway</html>", ServerTrouble, "");
    status("503", 503, "UNAVAILABLE", "The model is overloaded. Please try again later.", Overloaded);
    status("503 high demand", 503, "UNAVAILABLE", "This model is currently experiencing high demand.",
           Overloaded);
    row("503 of interactions", 503, R"({"error":{"code":"unavailable","message":"Busy."}})", Overloaded,
        "UNAVAILABLE");
    row("503 of an event without a status", 503,
        R"({"error":{"code":503,"message":"The model is overloaded."}})", Overloaded, "");
    row("503 of a server on the way", 503, "upstream connect error", ServerTrouble, "");
    status("504", 504, "DEADLINE_EXCEEDED", "Deadline expired.", ServerTrouble);
    row("0, an event without a code", 0, R"({"error":{"message":"Broken."}})", ServerTrouble, "");

    reason("429 capacity", 429, "RESOURCE_EXHAUSTED", "MODEL_CAPACITY_EXHAUSTED", Overloaded);
    status("429 no capacity in words", 429, "RESOURCE_EXHAUSTED",
           "No capacity available for model x on the server", Overloaded);
    status("429 overloaded", 429, "RESOURCE_EXHAUSTED", "The model is overloaded.", Overloaded);
    reason("429 QUOTA_EXHAUSTED", 429, "RESOURCE_EXHAUSTED", "QUOTA_EXHAUSTED", DayQuota);
    reason("429 credits", 429, "RESOURCE_EXHAUSTED", "INSUFFICIENT_G1_CREDITS_BALANCE", DayQuota);
    status("429 monthly spending", 429, "RESOURCE_EXHAUSTED",
           "Your project has exceeded its monthly spending cap.", DayQuota);
    status("429 prepaid credits", 429, "RESOURCE_EXHAUSTED", "Your prepayment credits are depleted.",
           DayQuota);
    row("429 per day", 429, quotaError(quotaFailure(PER_DAY)), DayQuota, "RESOURCE_EXHAUSTED");
    row("429 per day with a short delay", 429, quotaError(quotaFailure(PER_DAY) + "," + retryInfo("36s")),
        DayQuota, "RESOURCE_EXHAUSTED");
    row("429 per minute and per day", 429, quotaError(quotaFailure(PER_MINUTE) + "," + quotaFailure(PER_DAY)),
        DayQuota, "RESOURCE_EXHAUSTED");
    status("429 per day in words", 429, "RESOURCE_EXHAUSTED", "Quota exceeded for limit 'Requests per day'.",
           DayQuota);
    row("429 value 0", 429, quotaError(quotaFailure(PER_MINUTE, "0") + "," + retryInfo("36s")), NoSuchModel,
        "MODEL_NOT_ON_TIER");
    row("429 limit: 0 in words", 429, quotaError("", "Quota exceeded for metric: x, limit: 0, model: y"),
        NoSuchModel, "MODEL_NOT_ON_TIER");
    row("429 limit: 0.5 is not 0", 429, quotaError("", "Quota exceeded, limit: 0.5, limit: 05"), RateLimited,
        "RESOURCE_EXHAUSTED");
    status("429 spending in ten minutes", 429, "RESOURCE_EXHAUSTED", "Spend-based rate limit exceeded.",
           RateLimited);
    row("429 empty", 429, "", RateLimited, "");
}

void TstClassifier::judges()
{
    QFETCH(int, status);
    QFETCH(std::string, body);
    QFETCH(int, kind);
    QFETCH(std::string, reason);
    const Outcome outcome = classify(status, body, {}, {});
    QCOMPARE(static_cast<int>(outcome.kind), kind);
    QCOMPARE(outcome.reason, reason);
    QCOMPARE(outcome.text.empty(), outcome.kind == Success);
    QCOMPARE(outcome.restMs > 0, outcome.kind == RateLimited);
}

void TstClassifier::masksKeysInTheMessage_data()
{
    QTest::addColumn<std::string>("key");
    QTest::addColumn<std::string>("lead");
    QTest::newRow("standard key") << std::string("AIzaSyDaGmWKa4JsXZ-HjGw7ISLn_3namBGewQe") << std::string();
    QTest::newRow("auth key") << std::string("AQ.Ab8RN6Ixyz_ABCDEF-0123456789abcdef0123") << std::string();
    QTest::newRow("key by name") << std::string("some-other-kind-of-key") << std::string("api_key:");
    QTest::newRow("key in a URL") << std::string("some-other-kind-of-key") << std::string("key=");
}

void TstClassifier::masksKeysInTheMessage()
{
    QFETCH(std::string, key);
    QFETCH(std::string, lead);
    const std::string message = "Consumer '" + lead + key + "' has been suspended.";
    const Outcome outcome = classify(403, errorBody(403, "PERMISSION_DENIED", message), {}, {});
    QVERIFY2(outcome.text.find(key) == std::string::npos, outcome.text.c_str());
    QVERIFY(outcome.text.ends_with("' has been suspended."));
    QVERIFY(outcome.text.find(lead + key.substr(0, 4) + "…") != std::string::npos);
}

void TstClassifier::saysSomethingWithoutAMessage()
{
    QCOMPARE(classify(502, "<html>", {}, {}).text,
             std::string("Google answered with status 502 and no message."));
    QCOMPARE(classify(503, "upstream connect error\n", {}, {}).text, std::string("upstream connect error"));
}

void TstClassifier::shortensALongMessage()
{
    std::string message;
    while (message.size() < 3'000)
        message += "ä€";
    const std::string text = classify(400, errorBody(400, "INVALID_ARGUMENT", message), {}, {}).text;
    QVERIFY(text.size() <= 1'003 && text.size() > 990);
    QCOMPARE(QString::fromStdString(text).toStdString(), text); // still whole characters
}

void TstClassifier::judgesCapturedAnswers_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("kind");
    const auto row = [](const char *file, int status, OutcomeKind kind) {
        QTest::newRow(file) << QString::fromLatin1(file) << status << static_cast<int>(kind);
    };
    row("googleai/unary-failure-api-key.json", 400, KeyFault);
    row("googleai/unary-failure-generativelanguage-api-not-enabled.json", 403, KeyFault);
    row("googleai/streaming-failure-image-rejected.txt", 400, CallerFault);
    row("vertexai/unary-failure-api-key.json", 400, KeyFault);
    row("vertexai/unary-failure-quota-exceeded.json", 429, NoSuchModel); // its limit is 0
    row("vertexai/unary-failure-unsupported-user-location.json", 400, Unclear);
    row("vertexai/unary-failure-iam-permission-denied.json", 403, CallerFault);
    row("vertexai/unary-failure-context-cache-not-found.json", 404, CallerFault);
    row("vertexai/unary-failure-context-cache-model-doesnt-match.json", 400, CallerFault);
    row("vertexai/unary-failure-invalid-context-cache-id.json", 400, CallerFault);
    row("vertexai/unary-failure-generate-images-prompt-blocked.json", 400, CallerFault);
    row("vertexai/unary-failure-invalid-location-url-not-found.html", 404, CallerFault);
    row("vertexai/streaming-failure-api-key.txt", 400, KeyFault);
    row("vertexai/streaming-failure-http-error.txt", 400, Unclear);
    row("vertexai/streaming-failure-unknown-model.txt", 404, NoSuchModel);
}

void TstClassifier::judgesCapturedAnswers()
{
    QFETCH(QString, file);
    QFETCH(int, status);
    QFETCH(int, kind);
    QFile captured(QDir(fixtureDir()).filePath(file));
    if (!captured.open(QIODevice::ReadOnly))
        QSKIP("no captured answers here");
    const Outcome outcome = classify(status, captured.readAll().toStdString(), {}, {});
    QCOMPARE(static_cast<int>(outcome.kind), kind);
    QVERIFY(!outcome.text.empty());
}

void TstClassifier::blamesNobodyForTheNetwork()
{
    const Outcome reset =
        classifyTransport({false, false, "Recv failure: Connection reset by peer", false, false});
    QCOMPARE(static_cast<int>(reset.kind), static_cast<int>(NetworkTrouble));
    QCOMPARE(reset.reason, std::string("NETWORK"));
    QCOMPARE(reset.text, std::string("Recv failure: Connection reset by peer"));
    const Outcome late = classifyTransport({false, true, "", false, false});
    QCOMPARE(late.reason, std::string("TIMEOUT"));
    QVERIFY(!late.text.empty());
}

QTEST_APPLESS_MAIN(TstClassifier)
#include "tst_classifier.moc"
