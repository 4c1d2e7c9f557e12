#include <QTest>

#include "gateway/common/json.h"
#include "tests/integration/stage.h"

using namespace TestSupport;
using namespace Gateway;

// Files and batches of OpenAI's and Anthropic's clients through the program.
class TstBatchFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_stage.reset(); }
    void sharedPathsGoByTheirHeaders();
    void tellsErrorsInTheCallersShape_data();
    void tellsErrorsInTheCallersShape();
    void tokensThatEndAlikeSeeTheirOwn();
    void aBatchOutlivesARestart();
    void filesGoWithTheKeyThatOwnsThem();
    void theRecordNamesWhatWasAsked();
    void noAnswerNamesAKey();

private:
    RawAnswer send(const std::string &head, const std::string &body = {},
                   const char *token = CLIENT_TOKEN) const;
    json::object sent(const std::string &head, const std::string &body = {}) const;
    json::object uploaded(const std::string &purpose, const std::string &bytes) const;

    std::unique_ptr<Stage> m_stage;
};

namespace {

/// Ends as the usual token does, and both get their names from that.
constexpr const char *OTHER_TOKEN = "another-token-of-the-tests";

constexpr const char *LINES =
    R"({"custom_id":"a","url":"/v1/chat/completions","body":{"model":"gemini-3.6-flash",)"
    R"("messages":[{"role":"user","content":"Hello"}]}})";

std::string formOf(const std::string &purpose, const std::string &bytes)
{
    return "--B\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\n" + purpose +
           "\r\n--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n" + bytes +
           "\r\n--B--\r\n";
}

} // namespace

void TstBatchFiles::init()
{
    m_stage = std::make_unique<Stage>(3);
    QVERIFY(m_stage->start({{"ALLOWED_TOKENS", std::string(CLIENT_TOKEN) + ',' + OTHER_TOKEN}}));
}

/// `head`: "METHOD PATH" and further header lines.
RawAnswer TstBatchFiles::send(const std::string &head, const std::string &body, const char *token) const
{
    RawClient client(20'000);
    const std::size_t line = head.find("\r\n");
    std::string request = head.substr(0, line) + " HTTP/1.1\r\nHost: localhost\r\n";
    if (line != std::string::npos)
        request += head.substr(line + 2) + "\r\n";
    if (head.find("x-goog-api-key") == std::string::npos)
        request += "Authorization: Bearer " + std::string(token) + "\r\n";
    request += "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    if (!client.connect(m_stage->gateway().port()) || !client.send(request))
        return {};
    return client.readAnswer();
}

json::object TstBatchFiles::sent(const std::string &head, const std::string &body) const
{
    const RawAnswer answer = send(head, body);
    const Result<json::object> parsed = parseJsonObject(answer.body);
    if (answer.status != 200 || !parsed)
        qWarning("%s: %d %s", head.c_str(), answer.status, answer.body.c_str());
    return answer.status == 200 && parsed ? *parsed : json::object();
}

json::object TstBatchFiles::uploaded(const std::string &purpose, const std::string &bytes) const
{
    return sent("POST /v1/files\r\nContent-Type: multipart/form-data; boundary=B", formOf(purpose, bytes));
}

void TstBatchFiles::sharedPathsGoByTheirHeaders()
{
    uploaded("user_data", "text");
    QCOMPARE(stringAt(sent("GET /v1/files"), "object"), std::string_view("list"));
    QVERIFY(sent("GET /v1/files\r\nanthropic-version: 2023-06-01").contains("first_id"));
    QVERIFY(!sent("GET /anthropic/v1/files").contains("object"));
    const RawAnswer native = send("GET /v1/files\r\nx-goog-api-key: " + std::string(CLIENT_TOKEN));
    QCOMPARE(native.status, 200);
    QVERIFY(native.body.find("first_id") == std::string::npos); // Google's own list
}

void TstBatchFiles::tellsErrorsInTheCallersShape_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("word");
    const auto row = [](const char *head, int status, const char *word) {
        QTest::newRow(head) << QByteArray(head) << status << QByteArray(word);
    };
    row("GET /v1/files/file-none", 404, R"("type":"invalid_request_error")");
    row("GET /v1/files/file-none\r\nanthropic-version: 1", 404, R"("type":"not_found_error")");
    row("GET /v1/files/file-output-none/content", 404, "No such File");
    row("GET /v1/batches/batch_none", 404, "No batch found");
    row("POST /v1/batches/batch_none/cancel", 404, "No batch found");
    row("GET /v1/messages/batches/msgbatch_none/results", 404, R"("type":"not_found_error")");
    row("PUT /v1/batches/batch_none", 404, "no such call");
    row("DELETE /v1/batches/batch_none", 404, "no such call");
    row("GET /v1/files?limit=0", 400, "'limit'");
    row("GET /v1/messages/batches?limit=101", 400, "'limit'");
    row("POST /v1/files", 400, "multipart/form-data");
    row("POST /v1/batches", 400, "JSON");
    row("POST /v1/messages/batches", 400, R"("type":"error")");
}

void TstBatchFiles::tellsErrorsInTheCallersShape()
{
    QFETCH(QByteArray, head);
    QFETCH(int, status);
    QFETCH(QByteArray, word);
    const RawAnswer answer = send(head.toStdString());
    QCOMPARE(answer.status, status);
    QVERIFY2(answer.body.find(word.toStdString()) != std::string::npos, answer.body.c_str());
    QCOMPARE(m_stage->fake().requests().size(), std::size_t{0}); // nothing of it reached Google
}

void TstBatchFiles::tokensThatEndAlikeSeeTheirOwn()
{
    const std::string file(stringAt(uploaded("batch", LINES), "id"));
    const std::string order =
        R"({"input_file_id":")" + file + R"(","endpoint":"/v1/chat/completions","completion_window":"24h"})";
    const std::string batch(stringAt(sent("POST /v1/batches", order), "id"));
    QVERIFY(!file.empty() && !batch.empty());
    for (const std::string &path :
         {"/v1/files/" + file, "/v1/files/" + file + "/content", "/v1/batches/" + batch}) {
        QCOMPARE(send("GET " + path).status, 200);
        QCOMPARE(send("GET " + path, {}, OTHER_TOKEN).status, 404);
    }
    QCOMPARE(send("DELETE /v1/files/" + file, {}, OTHER_TOKEN).status, 404);
    QCOMPARE(send("POST /v1/batches", order, OTHER_TOKEN).status, 404);
    for (const char *path : {"GET /v1/files", "GET /v1/batches"}) {
        const Result<json::object> list = parseJsonObject(send(path, {}, OTHER_TOKEN).body);
        QVERIFY(list && list->at("data").as_array().empty());
    }
}

void TstBatchFiles::aBatchOutlivesARestart()
{
    const json::object file = uploaded("batch", LINES);
    const std::string fileId(stringAt(file, "id"));
    const json::object batch = sent("POST /v1/batches\r\nContent-Type: application/json",
                                    R"({"input_file_id":")" + fileId +
                                        R"(","endpoint":"/v1/chat/completions","completion_window":"24h"})");
    const std::string id(stringAt(batch, "id"));
    QCOMPARE(stringAt(batch, "status"), std::string_view("in_progress"));
    QVERIFY(m_stage->restart());
    json::object done;
    for (int looks = 0; looks < 5 && stringAt(done, "status") != "completed"; ++looks) {
        done = sent("GET /v1/batches/" + id);
        QVERIFY2(stringAt(done, "status") != "failed", toJson(done).c_str());
    }
    QCOMPARE(stringAt(done, "status"), std::string_view("completed"));
    const std::string output(stringAt(done, "output_file_id"));
    const RawAnswer first = send("GET /v1/files/" + output + "/content");
    QCOMPARE(first.status, 200);
    QVERIFY2(first.body.find("chat.completion") != std::string::npos, first.body.c_str());
    // The answers are kept: Google is not asked again.
    const std::size_t asked = m_stage->fake().requests().size();
    QCOMPARE(send("GET /v1/files/" + output + "/content").body, first.body);
    QCOMPARE(m_stage->fake().requests().size(), asked);
    QCOMPARE(send("GET /v1/files/" + fileId + "/content").body, std::string(LINES));
}

void TstBatchFiles::filesGoWithTheKeyThatOwnsThem()
{
    const std::string id(stringAt(uploaded("user_data", "text"), "id"));
    const std::string owner = m_stage->fake().requests().front().key;
    for (int i = 0; i < 4; ++i) {
        const std::string body = R"({"model":"gemini-3.6-flash","messages":[{"role":"user","content":[)"
                                 R"({"type":"file","file":{"file_id":")" +
                                 id + R"("}}]}]})";
        QCOMPARE(m_stage->ask(CHAT_PATH, body).status, 200);
        QCOMPARE(m_stage->fake().requests().back().key, owner);
    }
}

void TstBatchFiles::theRecordNamesWhatWasAsked()
{
    uploaded("user_data", "text");
    QTRY_COMPARE_WITH_TIMEOUT(m_stage->query("SELECT count(*) FROM requests"), std::vector<std::string>{"1"},
                              3000);
    QCOMPARE(m_stage->query("SELECT names.text FROM requests JOIN names ON names.id = requests.method"),
             std::vector<std::string>{"files.create"});
    QCOMPARE(m_stage->query("SELECT json_array_length(attempts) FROM requests"),
             std::vector<std::string>{"2"});
}

void TstBatchFiles::noAnswerNamesAKey()
{
    const RawAnswer answer =
        send("POST /v1/files\r\nContent-Type: multipart/form-data; boundary=B", formOf("vision", "text"));
    for (const std::string &key : m_stage->keys())
        QVERIFY(answer.body.find(key) == std::string::npos);
}

QTEST_GUILESS_MAIN(TstBatchFiles)
#include "tst_batchfiles.moc"
