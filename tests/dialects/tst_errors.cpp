#include <QTest>

#include "gateway/common/errorheaders.h"
#include "gateway/common/json.h"
#include "gateway/dialects/errors.h"
#include "tests/dialects/fixtures.h"

using namespace Gateway;

namespace {

json::value parsed(std::string_view text)
{
    return parseJson(text).value();
}

Error errorOf(int status, std::string code, std::string text = "Words.")
{
    Error error;
    error.status = status;
    error.code = std::move(code);
    error.text = std::move(text);
    return error;
}

std::string openAiMember(const Error &error, std::string_view name)
{
    const json::value body = parsed(errorBody(Dialect::OpenAi, error));
    const json::value &member = body.at("error").at(name);
    return member.is_null() ? "null" : std::string(member.as_string());
}

} // namespace

class TstErrors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsTheWholeErrorInEachDialect();
    void namesTheStatusInOpenAisWords_data();
    void namesTheStatusInOpenAisWords();
    void namesTheStatusInAnthropicsAndGooglesWords_data();
    void namesTheStatusInAnthropicsAndGooglesWords();
    void tellsOverloadAsAnthropicDoes();
    void keepsStreamsAlive();
    void keepsAGoogleWordThatFitsTheStatusLess();
    void escapesWhatItTells();
    void roundsRetryAfterUp();
    void keepsClientsFromTryingATokenAgain();
    void readsGooglesErrors_data();
    void readsGooglesErrors();
    void readsCapturedErrors_data();
    void readsCapturedErrors();
    void hidesCredentialsInGooglesText_data();
    void hidesCredentialsInGooglesText();
};

void TstErrors::tellsTheWholeErrorInEachDialect()
{
    Error error = errorOf(429, "all_keys_resting", "Wait.");
    error.param = "model";
    error.retryAfterMs = 36400;
    QCOMPARE(errorBody(Dialect::OpenAi, error, "req_1"),
             std::string(R"({"error":{"message":"Wait.","type":"rate_limit_error","param":"model",)"
                         R"("code":"all_keys_resting"}})"));
    QCOMPARE(errorBody(Dialect::Anthropic, error, "req_1"),
             std::string(R"({"type":"error","error":{"type":"rate_limit_error","message":"Wait."},)"
                         R"("request_id":"req_1"})"));
    QCOMPARE(errorBody(Dialect::Ollama, error, "req_1"), std::string(R"({"error":"Wait."})"));
    QCOMPARE(errorBody(Dialect::Admin, error, "req_1"),
             std::string(R"({"error":{"code":"all_keys_resting","message":"Wait.","param":"model",)"
                         R"("request_id":"req_1"}})"));
    QCOMPARE(parsed(errorBody(Dialect::Gemini, error, "req_1")), parsed(R"({"error":{
        "code":429,"message":"Wait.","status":"RESOURCE_EXHAUSTED","details":[
        {"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"ALL_KEYS_RESTING","domain":"gemini-balance"},
        {"@type":"type.googleapis.com/google.rpc.BadRequest",
         "fieldViolations":[{"field":"model","description":"Wait."}]},
        {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"36.400s"}]}})"));
    error.retryAfterMs = 2000;
    QVERIFY(errorBody(Dialect::Gemini, error).find(R"("retryDelay":"2s")") != std::string::npos);
    QCOMPARE(errorBody(Dialect::Gemini, errorOf(404, "")),
             std::string(R"({"error":{"code":404,"message":"Words.","status":"NOT_FOUND"}})"));
}

void TstErrors::namesTheStatusInOpenAisWords_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("toldCode");
    QTest::newRow("bad request") << 400 << QByteArray("invalid_json") << QByteArray("invalid_request_error")
                                 << QByteArray("invalid_json");
    QTest::newRow("no code") << 400 << QByteArray() << QByteArray("invalid_request_error")
                             << QByteArray("null");
    QTest::newRow("token") << 401 << QByteArray("missing_token") << QByteArray("invalid_request_error")
                           << QByteArray("invalid_api_key");
    QTest::newRow("expired token") << 401 << QByteArray("token_expired")
                                   << QByteArray("invalid_request_error") << QByteArray("token_expired");
    QTest::newRow("forbidden") << 403 << QByteArray("permission_denied") << QByteArray("permission_error")
                               << QByteArray("permission_denied");
    QTest::newRow("not found") << 404 << QByteArray("not_found") << QByteArray("invalid_request_error")
                               << QByteArray("not_found");
    QTest::newRow("too large") << 413 << QByteArray("body_too_large") << QByteArray("invalid_request_error")
                               << QByteArray("body_too_large");
    QTest::newRow("rate") << 429 << QByteArray("resource_exhausted") << QByteArray("rate_limit_error")
                          << QByteArray("rate_limit_exceeded");
    QTest::newRow("day") << 429 << QByteArray("daily_quota_exhausted") << QByteArray("insufficient_quota")
                         << QByteArray("insufficient_quota");
    QTest::newRow("server") << 500 << QByteArray("internal") << QByteArray("server_error")
                            << QByteArray("internal");
    QTest::newRow("no key") << 503 << QByteArray("no_usable_key") << QByteArray("service_unavailable_error")
                            << QByteArray("no_usable_key");
    QTest::newRow("unlisted 4xx") << 418 << QByteArray("x") << QByteArray("invalid_request_error")
                                  << QByteArray("x");
    QTest::newRow("unlisted 5xx") << 599 << QByteArray("x") << QByteArray("server_error") << QByteArray("x");
}

void TstErrors::namesTheStatusInOpenAisWords()
{
    QFETCH(int, status);
    QFETCH(QByteArray, code);
    const Error error = errorOf(status, code.toStdString());
    QTEST(QByteArray::fromStdString(openAiMember(error, "type")), "type");
    QTEST(QByteArray::fromStdString(openAiMember(error, "code")), "toldCode");
    QCOMPARE(openAiMember(error, "param"), std::string("null"));
    QCOMPARE(openAiMember(errorOf(404, "not_found", "models/x is not found"), "code"),
             std::string("model_not_found"));
}

void TstErrors::namesTheStatusInAnthropicsAndGooglesWords_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("anthropic");
    QTest::addColumn<QByteArray>("google");
    const auto row = [](int status, const char *anthropic, const char *google) {
        QTest::addRow("%d", status) << status << QByteArray(anthropic) << QByteArray(google);
    };
    row(400, "invalid_request_error", "INVALID_ARGUMENT");
    row(401, "authentication_error", "UNAUTHENTICATED");
    row(402, "billing_error", "FAILED_PRECONDITION");
    row(403, "permission_error", "PERMISSION_DENIED");
    row(404, "not_found_error", "NOT_FOUND");
    row(405, "invalid_request_error", "UNIMPLEMENTED");
    row(408, "timeout_error", "DEADLINE_EXCEEDED");
    row(413, "request_too_large", "INVALID_ARGUMENT");
    row(414, "invalid_request_error", "INVALID_ARGUMENT");
    row(429, "rate_limit_error", "RESOURCE_EXHAUSTED");
    row(431, "invalid_request_error", "INVALID_ARGUMENT");
    row(500, "api_error", "INTERNAL");
    row(502, "api_error", "UNAVAILABLE");
    row(503, "overloaded_error", "UNAVAILABLE");
    row(504, "timeout_error", "DEADLINE_EXCEEDED");
    row(529, "overloaded_error", "UNAVAILABLE");
}

void TstErrors::namesTheStatusInAnthropicsAndGooglesWords()
{
    QFETCH(int, status);
    const Error error = errorOf(status, "some_word");
    const json::value anthropic = parsed(errorBody(Dialect::Anthropic, error));
    QTEST(QByteArray::fromStdString(std::string(anthropic.at("error").at("type").as_string())), "anthropic");
    QVERIFY(anthropic.at("request_id").is_null());
    const json::value google = parsed(errorBody(Dialect::Gemini, error));
    QTEST(QByteArray::fromStdString(std::string(google.at("error").at("status").as_string())), "google");
}

void TstErrors::tellsOverloadAsAnthropicDoes()
{
    QCOMPARE(errorStatus(Dialect::Anthropic, errorOf(503, "overloaded")), 529);
    QCOMPARE(errorStatus(Dialect::Anthropic, errorOf(500, "internal")), 500);
    QCOMPARE(errorStatus(Dialect::OpenAi, errorOf(503, "overloaded")), 503);
}

void TstErrors::keepsStreamsAlive()
{
    QCOMPARE(heartbeatOf(Dialect::Anthropic),
             std::string_view("event: ping\ndata: {\"type\": \"ping\"}\n\n"));
    const std::string_view line = heartbeatOf(Dialect::Ollama);
    QVERIFY(line.ends_with("}\n"));
    const auto silent = parseJsonObject(line);
    QVERIFY(silent && !boolAt(*silent, "done", true));
    QVERIFY(stringAt(silent->at("message").as_object(), "content").empty());
    QCOMPARE(heartbeatOf(Dialect::OpenAi), std::string_view(": heartbeat\n\n"));
}

void TstErrors::keepsAGoogleWordThatFitsTheStatusLess()
{
    const json::value body = parsed(errorBody(Dialect::Gemini, errorOf(400, "failed_precondition")));
    QCOMPARE(std::string(body.at("error").at("status").as_string()), std::string("FAILED_PRECONDITION"));
    QVERIFY(!body.at("error").as_object().contains("details"));
}

void TstErrors::escapesWhatItTells()
{
    const Error error = errorOf(400, "x", "a \"b\"\n\x01 é");
    for (const Dialect dialect :
         {Dialect::Gemini, Dialect::OpenAi, Dialect::Anthropic, Dialect::Ollama, Dialect::Admin}) {
        const json::value body = parsed(errorBody(dialect, error, "r\"1"));
        const json::value &told = body.at("error");
        QCOMPARE(std::string((told.is_string() ? told : told.at("message")).as_string()), error.text);
    }
}

void TstErrors::roundsRetryAfterUp()
{
    Error error;
    QVERIFY(errorHeaders(error).empty());
    error.retryAfterMs = 1;
    QCOMPARE(headerValue(errorHeaders(error), "retry-after"), std::string_view("1"));
    error.retryAfterMs = 36001;
    QCOMPARE(headerValue(errorHeaders(error), "retry-after"), std::string_view("37"));
    error.retryAfterMs = 36000;
    QCOMPARE(headerValue(errorHeaders(error), "retry-after"), std::string_view("36"));
}

void TstErrors::keepsClientsFromTryingATokenAgain()
{
    Error error;
    for (const int status : {400, 403, 404, 408, 429, 500, 503}) {
        error.status = status;
        QVERIFY(headerValue(errorHeaders(error), "x-should-retry").empty());
    }
    error.status = 401;
    QCOMPARE(headerValue(errorHeaders(error), "x-should-retry"), std::string_view("false"));
}

void TstErrors::readsGooglesErrors_data()
{
    QTest::addColumn<int>("http");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qint64>("retryMs");
    const auto row = [](const char *name, int http, const char *body, int status, const char *code,
                        const char *text, qint64 retryMs = 0) {
        QTest::newRow(name) << http << QByteArray(body) << status << QByteArray(code) << QByteArray(text)
                            << retryMs;
    };
    row("object", 404, R"({"error":{"code":404,"message":"No model.","status":"NOT_FOUND"}})", 404,
        "not_found", "No model.");
    row("array", 400, R"([{"error":{"code":400,"message":"Bad.","status":"INVALID_ARGUMENT"}}])", 400,
        "invalid_argument", "Bad.");
    row("interactions", 400, R"({"error":{"code":"invalid_request","message":"Bad."}})", 400,
        "invalid_request", "Bad.");
    row("retry info", 429,
        R"({"error":{"code":429,"message":"Slow.","status":"RESOURCE_EXHAUSTED","details":[)"
        R"({"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"36s"}]}})",
        429, "resource_exhausted", "Slow.", 36000);
    row("retry in words", 429,
        R"({"error":{"code":429,"message":"Please retry in 36.4s.","status":"RESOURCE_EXHAUSTED"}})", 429,
        "resource_exhausted", "Please retry in 36.4s.", 36400);
    row("day quota", 429,
        R"({"error":{"code":429,"message":"Quota.","status":"RESOURCE_EXHAUSTED","details":[)"
        R"({"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[{"quotaId":)"
        R"("GenerateRequestsPerDayPerProjectPerModel-FreeTier"}]},)"
        R"({"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"36.5s"}]}})",
        429, "daily_quota_exhausted", "Quota.", 36500);
    row("in a stream", 200, R"({"error":{"code":503,"message":"Overloaded.","status":"UNAVAILABLE"}})", 503,
        "unavailable", "Overloaded.");
    row("in a stream without a number", 200, R"({"error":{"message":"Over.","status":"RESOURCE_EXHAUSTED"}})",
        429, "resource_exhausted", "Over.");
    row("in a stream without anything", 200, R"({"error":{}})", 502, "unavailable",
        "Google answered with status 200 and no readable error.");
    row("page", 502, "<html><head><title> 502 Bad Gateway </title></head></html>", 502, "unavailable",
        "Google answered with a page: 502 Bad Gateway.");
    row("empty", 503, "", 503, "unavailable", "Google answered with status 503 and no body.");
    row("blank", 429, "\r\n", 429, "resource_exhausted", "Google answered with status 429 and no body.");
    row("other JSON", 403, "[1,2]", 403, "permission_denied",
        "Google answered with status 403 and no readable error.");
    row("text", 400, "Bad Request", 400, "invalid_argument",
        "Google answered with status 400 and no readable error.");
    row("hostile delay", 429,
        R"({"error":{"message":"x","details":[{"@type":"google.rpc.RetryInfo","retryDelay":"1e300s"},7,null]}})",
        429, "resource_exhausted", "x");
}

void TstErrors::readsGooglesErrors()
{
    QFETCH(int, http);
    QFETCH(QByteArray, body);
    const Error error = errorFromGemini(http, std::string_view(body.constData(), std::size_t(body.size())));
    QTEST(error.status, "status");
    QTEST(QByteArray::fromStdString(error.code), "code");
    QTEST(QByteArray::fromStdString(error.text), "text");
    QTEST(qint64(error.retryAfterMs), "retryMs");
}

void TstErrors::readsCapturedErrors_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("http");
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QByteArray>("textStart");
    const auto row = [](const char *name, int http, const char *code, const char *textStart) {
        QTest::newRow(name) << QString::fromLatin1(name) << http << QByteArray(code) << QByteArray(textStart);
    };
    row("googleai/streaming-failure-image-rejected.txt", 400, "invalid_argument",
        "Request contains an invalid");
    row("googleai/unary-failure-api-key.json", 400, "api_key_invalid",
        "API key not valid. Please pass a valid");
    row("googleai/unary-failure-generativelanguage-api-not-enabled.json", 403, "service_disabled",
        "Generative Language API has not been used in project 12345678");
    row("vertexai/streaming-failure-api-key.txt", 400, "api_key_invalid", "API key not valid.");
    row("vertexai/streaming-failure-http-error.txt", 400, "failed_precondition", "$grpcMessage");
    row("vertexai/streaming-failure-unknown-model.txt", 404, "not_found",
        "models/unknown is not found for API");
    row("vertexai/unary-failure-context-cache-not-found.json", 404, "not_found", "Not found: cache content");
    row("vertexai/unary-failure-iam-permission-denied.json", 403, "iam_permission_denied",
        "Permission 'aiplatform.endpoints.predict' denied on resource "
        "'//aiplatform.googleapis.com/projects/test-project-id-1234/locations");
    row("vertexai/unary-failure-invalid-location-url-not-found.html", 404, "not_found",
        "Google answered with a page: Error 404 (Not Found)!!1.");
    row("vertexai/unary-failure-quota-exceeded.json", 429, "rate_limit_exceeded",
        "Quota exceeded for quota metric 'Generate Content API requests per minute'");
    row("vertexai/unary-failure-unsupported-user-location.json", 400, "failed_precondition",
        "User location is not supported");
}

void TstErrors::readsCapturedErrors()
{
    QFETCH(QString, name);
    QFETCH(int, http);
    QFETCH(QByteArray, textStart);
    const std::optional<std::string> body = fixture(name);
    if (!body)
        QSKIP("the captured answers are not at hand");
    const Error error = errorFromGemini(http, *body);
    QCOMPARE(error.status, http);
    QTEST(QByteArray::fromStdString(error.code), "code");
    QVERIFY2(error.text.starts_with(textStart.toStdString()), error.text.c_str());
}

void TstErrors::hidesCredentialsInGooglesText_data()
{
    QTest::addColumn<QByteArray>("told");
    QTest::addColumn<QByteArray>("shown");
    QTest::newRow("consumer") << QByteArray(
                                     "Consumer 'api_key:AIzaSyA-0123456789abcdefghijklmnopqrstu' has been "
                                     "suspended.")
                              << QByteArray("Consumer 'api_key:[hidden]' has been suspended.");
    QTest::newRow("short labelled") << QByteArray("Invalid API key: key1234, sorry")
                                    << QByteArray("Invalid API key: [hidden], sorry");
    QTest::newRow("two pieces") << QByteArray("api_key:AQ.Ab8RN6-x. Next.")
                                << QByteArray("api_key:[hidden]. Next.");
    QTest::newRow("bare") << QByteArray(
                                 "The key AIzaSyA0123456789abcdefghijklmnopqrstuv was reported as leaked.")
                          << QByteArray("The key [hidden] was reported as leaked.");
    QTest::newRow("url") << QByteArray("see https://x.y/z?key=abc&alt=sse")
                         << QByteArray("see https://x.y/z?key=[hidden]&alt=sse");
    QTest::newRow("no credential")
        << QByteArray(
               "GenerateRequestsPerDayPerProjectPerModel-FreeTier, models/gemini-3.5-flash-lite-preview-09")
        << QByteArray(
               "GenerateRequestsPerDayPerProjectPerModel-FreeTier, models/gemini-3.5-flash-lite-preview-09");
}

void TstErrors::hidesCredentialsInGooglesText()
{
    QFETCH(QByteArray, told);
    std::string body = R"({"error":{"code":400,"message":)";
    appendJsonString(body, told.toStdString());
    body += "}}";
    QTEST(QByteArray::fromStdString(errorFromGemini(400, body).text), "shown");
}

QTEST_APPLESS_MAIN(TstErrors)
#include "tst_errors.moc"
