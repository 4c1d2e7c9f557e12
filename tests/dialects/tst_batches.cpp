#include <QTest>

#include "gateway/common/json.h"
#include "gateway/dialects/batches/anthropicbatches.h"
#include "gateway/dialects/batches/batchinput.h"
#include "gateway/dialects/batches/batchrecord.h"
#include "gateway/dialects/batches/fileids.h"
#include "gateway/dialects/batches/geminibatch.h"
#include "gateway/dialects/batches/openaibatches.h"

using namespace Gateway;

class TstBatches : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesFiles_data();
    void namesFiles();
    void readsLines_data();
    void readsLines();
    void readsRequests_data();
    void readsRequests();
    void readsOrders_data();
    void readsOrders();
    void keepsItems();
    void readsOperations_data();
    void readsOperations();
    void readsAnswers();
    void recordsComeBack();
    void tellsStates_data();
    void tellsStates();
    void writesLines();
};

namespace {

constexpr const char *CHAT = "/v1/chat/completions";

std::string lineOf(const std::string &id, const std::string &url = CHAT)
{
    return R"({"custom_id":")" + id + R"(","method":"POST","url":")" + url + R"(","body":{"model":"m"}})";
}

BatchRecord record(BatchState state, std::int64_t succeeded = 0, std::int64_t failed = 0)
{
    BatchRecord made;
    made.id = "batch_1";
    made.createdMs = 1'764'158'400'000;
    made.expiresMs = made.createdMs + 86'400'000;
    made.endpoint = CHAT;
    made.inputFile = "file-kept-1";
    BatchPart part;
    part.batch.name = "batches/x";
    part.batch.state = state;
    part.batch.succeeded = succeeded;
    part.batch.failed = failed;
    part.model = "m";
    part.total = 3;
    made.parts.push_back(part);
    if (isOver(state))
        made.endedMs = made.createdMs + 60'000;
    return made;
}

} // namespace

void TstBatches::namesFiles_data()
{
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("an uploaded one") << QByteArray("file-abc-1x") << QByteArray("files/abc-1x");
    QTest::newRow("Gemini's name") << QByteArray("files/abc") << QByteArray("files/abc");
    QTest::newRow("a URI") << QByteArray("https://g/v1beta/files/a")
                           << QByteArray("https://g/v1beta/files/a");
    QTest::newRow("lines of a batch") << QByteArray("file-kept-1") << QByteArray();
    QTest::newRow("answers") << QByteArray("file-output-1") << QByteArray();
    QTest::newRow("errors") << QByteArray("file-errors-1") << QByteArray();
    QTest::newRow("nothing") << QByteArray("file-") << QByteArray();
    QTest::newRow("another path") << QByteArray("file-a/../b") << QByteArray();
    QTest::newRow("a query") << QByteArray("file-a?key=b") << QByteArray();
    QTest::newRow("another id") << QByteArray("batch_1") << QByteArray();
}

void TstBatches::namesFiles()
{
    QFETCH(QByteArray, id);
    QFETCH(QByteArray, name);
    QCOMPARE(QByteArray::fromStdString(geminiFileOf(id.toStdString())), name);
    if (id.startsWith("file-") && !name.isEmpty())
        QCOMPARE(QByteArray::fromStdString(fileIdOf(name.toStdString())), id);
}

void TstBatches::readsLines_data()
{
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<QByteArray>("items");  // custom ids
    QTest::addColumn<QByteArray>("faults"); // line:code
    const auto row = [](const char *name, const std::string &lines, const char *items, const char *faults) {
        QTest::newRow(name) << QByteArray::fromStdString(lines) << QByteArray(items) << QByteArray(faults);
    };
    row("two", lineOf("a") + '\n' + lineOf("b") + '\n', "a b", "");
    row("CRLF and empty lines", lineOf("a") + "\r\n\r\n" + lineOf("b"), "a b", "");
    row("nothing", " \n", "", "0:empty_file");
    row("no JSON", lineOf("a") + "\n{\n" + lineOf("b"), "a b", "2:invalid_json_line");
    row("twice", lineOf("a") + '\n' + lineOf("a"), "a", "2:duplicate_custom_id");
    row("no id", R"({"url":"/v1/chat/completions","body":{}})", "", "1:missing_required_parameter");
    row("no body", R"({"custom_id":"a","url":"/v1/chat/completions"})", "", "1:missing_required_parameter");
    row("another endpoint", lineOf("a", "/v1/embeddings"), "", "1:mismatched_endpoint");
    row("another method", R"({"custom_id":"a","method":"GET","url":"/v1/chat/completions","body":{}})", "",
        "1:invalid_method");
}

void TstBatches::readsLines()
{
    QFETCH(QByteArray, lines);
    const BatchInput input = readBatchLines(lines.toStdString(), CHAT);
    const std::string body = R"({"model":"m"})";
    QByteArrayList items;
    for (const BatchItem &item : input.items) {
        items << QByteArray::fromStdString(item.customId);
        QCOMPARE(item.body, body);
    }
    QByteArrayList faults;
    for (const LineFault &fault : input.faults)
        faults << QByteArray::number(qlonglong(fault.line)) + ':' + QByteArray::fromStdString(fault.code);
    QTEST(items.join(' '), "items");
    QTEST(faults.join(' '), "faults");
}

void TstBatches::readsRequests_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("fault"); // its param; empty: it is good
    QTest::newRow("good") << QByteArray(R"({"requests":[{"custom_id":"a-1_B","params":{"model":"m"}}]})")
                          << QByteArray();
    QTest::newRow("none") << QByteArray(R"({"requests":[]})") << QByteArray("requests");
    QTest::newRow("no list") << QByteArray("{}") << QByteArray("requests");
    QTest::newRow("no object") << QByteArray(R"({"requests":[1]})") << QByteArray("requests.0.custom_id");
    QTest::newRow("a blank") << QByteArray(R"({"requests":[{"custom_id":"a b","params":{}}]})")
                             << QByteArray("requests.0.custom_id");
    QTest::newRow("twice")
        << QByteArray(R"({"requests":[{"custom_id":"a","params":{}},{"custom_id":"a","params":{}}]})")
        << QByteArray("requests.1.custom_id");
    QTest::newRow("no params") << QByteArray(R"({"requests":[{"custom_id":"a"}]})")
                               << QByteArray("requests.0.params");
}

void TstBatches::readsRequests()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, fault);
    const auto items = readBatchRequests(body.toStdString());
    QCOMPARE(items.has_value(), fault.isEmpty());
    if (items) {
        QCOMPARE(items->size(), std::size_t{1});
        QCOMPARE(items->front().customId, std::string("a-1_B"));
    } else {
        QCOMPARE(QByteArray::fromStdString(items.error().param), fault);
        QCOMPARE(items.error().status, 400);
    }
}

void TstBatches::readsOrders_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("fault");
    const QByteArray good = R"("input_file_id":"f","endpoint":"/v1/embeddings","completion_window":"24h")";
    QTest::newRow("good") << QByteArray('{' + good + R"(,"metadata":{"a":"b"}})") << QByteArray();
    QTest::newRow("responses")
        << QByteArray(R"({"input_file_id":"f","endpoint":"/v1/responses","completion_window":"24h"})")
        << QByteArray();
    QTest::newRow("an output's life")
        << QByteArray('{' + good + R"(,"output_expires_after":{"anchor":"created_at","seconds":3600}})")
        << QByteArray();
    QTest::newRow("too short a life")
        << QByteArray('{' + good + R"(,"output_expires_after":{"anchor":"created_at","seconds":1}})")
        << QByteArray("output_expires_after");
    QTest::newRow("no file") << QByteArray(R"({"endpoint":"/v1/embeddings","completion_window":"24h"})")
                             << QByteArray("input_file_id");
    QTest::newRow("another endpoint")
        << QByteArray(R"({"input_file_id":"f","endpoint":"/v1/completions","completion_window":"24h"})")
        << QByteArray("endpoint");
    QTest::newRow("another window")
        << QByteArray(R"({"input_file_id":"f","endpoint":"/v1/embeddings","completion_window":"1h"})")
        << QByteArray("completion_window");
    QTest::newRow("metadata of numbers")
        << QByteArray('{' + good + R"(,"metadata":{"a":1}})") << QByteArray("metadata");
}

void TstBatches::readsOrders()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, fault);
    const auto order = readOpenAiBatch(body.toStdString());
    QCOMPARE(order.has_value(), fault.isEmpty());
    if (!order)
        QCOMPARE(QByteArray::fromStdString(order.error().param), fault);
}

void TstBatches::keepsItems()
{
    const std::vector<BatchItem> items{{"a \"b\"", R"({"x":1})"}, {"c", "{}"}};
    const std::vector<BatchItem> again = readKeptItems(keptItems(items));
    QCOMPARE(again.size(), items.size());
    QCOMPARE(again[0].customId, items[0].customId);
    QCOMPARE(again[0].body, items[0].body);
}

void TstBatches::readsOperations_data()
{
    QTest::addColumn<QByteArray>("operation");
    QTest::addColumn<QByteArray>("expected"); // state succeeded failed file error
    QTest::newRow("new") << QByteArray(R"({"name":"batches/x","metadata":{"state":"BATCH_STATE_PENDING"}})")
                         << QByteArray("PENDING 0 0  ");
    QTest::newRow("counted")
        << QByteArray(R"({"name":"batches/x","done":true,"metadata":{"state":"BATCH_STATE_SUCCEEDED",)"
                      R"("batchStats":{"requestCount":"3","successfulRequestCount":"2",)"
                      R"("failedRequestCount":"1"}},"response":{"responsesFile":"files/r"}})")
        << QByteArray("SUCCEEDED 2 1 files/r ");
    QTest::newRow("not counted, inlined")
        << QByteArray(
               R"({"name":"batches/x","done":true,"metadata":{"state":"BATCH_STATE_SUCCEEDED"},)"
               R"("response":{"inlinedResponses":{"inlinedResponses":[{"response":{}},{"error":{}}]}}})")
        << QByteArray("SUCCEEDED 1 1  ");
    QTest::newRow("in the metadata's output")
        << QByteArray(R"({"name":"batches/x","metadata":{"state":"BATCH_STATE_SUCCEEDED",)"
                      R"("output":{"responsesFile":"files/r"}}})")
        << QByteArray("SUCCEEDED 0 0 files/r ");
    QTest::newRow("failed")
        << QByteArray(R"({"name":"batches/x","done":true,"error":{"code":13,"message":"Oh"},"metadata":{}})")
        << QByteArray("FAILED 0 0  Oh");
    QTest::newRow("cancelled")
        << QByteArray(R"({"name":"batches/x","done":true,"metadata":{"state":"BATCH_STATE_CANCELLED"}})")
        << QByteArray("CANCELLED 0 0  ");
    QTest::newRow("a state of the future")
        << QByteArray(R"({"name":"batches/x","metadata":{"state":"BATCH_STATE_DREAMING"}})")
        << QByteArray("PENDING 0 0  ");
}

void TstBatches::readsOperations()
{
    QFETCH(QByteArray, operation);
    const auto batch = readGeminiBatch(operation.toStdString());
    QVERIFY(batch);
    const std::string told = std::string(batchStateWord(batch->state)) + ' ' +
                             std::to_string(batch->succeeded) + ' ' + std::to_string(batch->failed) + ' ' +
                             batch->responsesFile + ' ' + batch->error;
    QTEST(QByteArray::fromStdString(told), "expected");
    QVERIFY(!readGeminiBatch("{}"));
    QVERIFY(!readGeminiBatch("no JSON"));
}

void TstBatches::readsAnswers()
{
    std::string told;
    const auto take = [&told](const BatchAnswer &answer) {
        told += answer.key + (answer.response ? "+" : "-") + ' ';
    };
    for (const char *list : {R"({"inlinedResponses":[{"response":{},"metadata":{"key":"a"}}]})",
                             R"([{"error":{},"metadata":{"key":"b"}},{"nothing":1}])"})
        forEachInlined(std::string(R"({"response":{"inlinedResponses":)") + list + "}}", take);
    forEachLineAnswer("{\"key\":\"c\",\"response\":{}}\n\nbroken\n{\"key\":\"d\",\"error\":{}}", take);
    QCOMPARE(told, std::string("a+ b- c+ d- "));
}

void TstBatches::recordsComeBack()
{
    BatchRecord made = record(BatchState::Succeeded, 2, 1);
    made.metadata = R"({"a":"b"})";
    made.cancelMs = 5;
    made.outputLifeMs = 7;
    made.refused.push_back({"r", Error{403, "no", "Not so.", "model", 0}});
    made.faults.push_back({4, "bad", "Bad.", "url"});
    const std::string json = batchRecordJson(made);
    const BatchRecord again = batchRecordOf(made.id, made.createdMs, json);
    QCOMPARE(batchRecordJson(again), json);
    QCOMPARE(again.refused.at(0).error.status, 403);
    QCOMPARE(again.parts.at(0).batch.name, std::string("batches/x"));
    QCOMPARE(again.total(), 4);
    QCOMPARE(again.failed(), 2);
}

void TstBatches::tellsStates_data()
{
    QTest::addColumn<int>("state");
    QTest::addColumn<int>("succeeded");
    QTest::addColumn<bool>("cancels");
    QTest::addColumn<QByteArray>("openAi");
    QTest::addColumn<QByteArray>("files"); // output, errors
    QTest::addColumn<QByteArray>("anthropic");
    QTest::addColumn<QByteArray>("counts"); // processing succeeded errored canceled expired
    const auto row = [](const char *name, BatchState state, int succeeded, bool cancels, const char *openAi,
                        const char *files, const char *anthropic, const char *counts) {
        QTest::newRow(name) << static_cast<int>(state) << succeeded << cancels << QByteArray(openAi)
                            << QByteArray(files) << QByteArray(anthropic) << QByteArray(counts);
    };
    row("pending", BatchState::Pending, 0, false, "in_progress", "null null", "in_progress", "3 0 0 0 0");
    row("running", BatchState::Running, 1, false, "in_progress", "null null", "in_progress", "3 0 0 0 0");
    row("cancelling", BatchState::Running, 1, true, "cancelling", "null null", "canceling", "3 0 0 0 0");
    row("done", BatchState::Succeeded, 3, false, "completed", "\"file-output-1\" null", "ended", "0 3 0 0 0");
    row("one without an answer", BatchState::Succeeded, 2, false, "completed",
        "\"file-output-1\" \"file-errors-1\"", "ended", "0 2 1 0 0");
    row("cancelled", BatchState::Cancelled, 0, true, "cancelled", "null \"file-errors-1\"", "ended",
        "0 0 0 3 0");
    row("expired", BatchState::Expired, 1, false, "expired", "\"file-output-1\" \"file-errors-1\"", "ended",
        "0 1 0 0 2");
    row("failed", BatchState::Failed, 0, false, "failed", "null null", "ended", "0 0 3 0 0");
}

void TstBatches::tellsStates()
{
    QFETCH(int, state);
    QFETCH(int, succeeded);
    QFETCH(bool, cancels);
    BatchRecord made = record(static_cast<BatchState>(state), succeeded);
    made.cancelMs = cancels ? made.createdMs + 1000 : 0;
    const json::object openAi = parseJsonObject(openAiBatch(made)).value();
    QTEST(QByteArray::fromStdString(std::string(stringAt(openAi, "status"))), "openAi");
    QTEST(QByteArray::fromStdString(toJson(openAi.at("output_file_id")) + ' ' +
                                    toJson(openAi.at("error_file_id"))),
          "files");
    const json::object anthropic = parseJsonObject(anthropicBatch(made, "http://g")).value();
    QTEST(QByteArray::fromStdString(std::string(stringAt(anthropic, "processing_status"))), "anthropic");
    const json::object &counts = *objectAt(anthropic, "request_counts");
    std::string told;
    for (const char *name : {"processing", "succeeded", "errored", "canceled", "expired"})
        told += (told.empty() ? "" : " ") + std::to_string(integerAt(counts, name, -1));
    QTEST(QByteArray::fromStdString(told), "counts");
    QCOMPARE(stringAt(anthropic, "created_at"), std::string_view("2025-11-26T12:00:00Z"));
    QCOMPARE(stringAt(anthropic, "results_url"),
             made.isOver() ? std::string_view("http://g/v1/messages/batches/batch_1/results")
                           : std::string_view());
}

void TstBatches::writesLines()
{
    const BatchRecord made = record(BatchState::Succeeded, 3);
    const std::string answered = R"({"id":"batch_req_1_2","custom_id":"a","response":{"status_code":200,)"
                                 R"("request_id":"req_1_2","body":{}},"error":null})";
    QCOMPARE(openAiAnswerLine(made, 2, "a", 200, "{}"), answered + '\n');
    const std::string late = R"({"id":"batch_req_1_1","custom_id":"a","response":null,)"
                             R"("error":{"code":"batch_expired","message":"Late."}})";
    QCOMPARE(openAiNoAnswerLine(made, 1, "a", "batch_expired", "Late."), late + '\n');
    const std::string message = R"({"id":"m"})";
    const std::string succeeded = R"({"custom_id":"a","result":{"type":"succeeded","message":{"id":"m"}}})";
    QCOMPARE(anthropicSucceeded("a", message), succeeded + '\n');
    const std::string expired = R"({"custom_id":"a","result":{"type":"expired"}})";
    QCOMPARE(anthropicUnanswered("a", "expired"), expired + '\n');
    const json::object errored =
        parseJsonObject(anthropicErrored("a", Error{400, "x", "No.", {}, 0})).value();
    const json::object &error = *objectAt(*objectAt(errored, "result"), "error");
    QCOMPARE(stringAt(error, "type"), std::string_view("error"));
    QCOMPARE(stringAt(*objectAt(error, "error"), "type"), std::string_view("invalid_request_error"));
    QCOMPARE(batchOfFile("file-errors-1"), std::string("batch_1"));
    QCOMPARE(batchOfFile(outputFileOf("batch_9")), std::string("batch_9"));
    QVERIFY(batchOfFile("file-kept-1").empty());
}

QTEST_GUILESS_MAIN(TstBatches)
#include "tst_batches.moc"
