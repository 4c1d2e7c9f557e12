#include <QCryptographicHash>
#include <QDir>
#include <QTest>

#include "gateway/dialects/openai/chatanswer.h"
#include "gateway/dialects/openai/chatstream.h"
#include "tests/dialects/chatjoin.h"
#include "tests/dialects/fixtures.h"

using namespace Gateway;

/// Google's captured answers through both answer halves of the chat dialect. What must come out lies in
/// golden/answers, texts as their length and hash; GW_WRITE_GOLDEN=1 writes the files anew.
class TstChatFixtures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsWhatTheGoldenFileSays_data();
    void tellsWhatTheGoldenFileSays();
    void tellsTheSameStreamedAndWhole_data();
    void tellsTheSameStreamedAndWhole();
};

namespace {

const TranslationContext CONTEXT{"req_0123456789abcdefghijklmn", 1700000000};

constexpr const char *WHOLE[] = {
    "googleai/unary-failure-only-prompt-feedback.json",
    "googleai/unary-success-basic-reply-long.json",
    "googleai/unary-success-citations.json",
    "googleai/unary-success-google-maps-grounding.json",
    "googleai/unary-success-google-search-grounding-empty-grounding-chunks.json",
    "googleai/unary-success-thinking-function-call-thought-summary-signature.json",
    "googleai/unary-success-url-context-mixed-validity.json",
    "googleai/unary-success-url-context.json",
    "vertexai/unary-failure-finish-reason-safety-no-content.json",
    "vertexai/unary-failure-finish-reason-safety.json",
    "vertexai/unary-failure-generate-images-all-filtered.json",
    "vertexai/unary-failure-malformed-content.json",
    "vertexai/unary-failure-prompt-blocked-safety.json",
    "vertexai/unary-failure-quota-exceeded.json",
    "vertexai/unary-failure-unknown-enum-prompt-blocked.json",
    "vertexai/unary-success-basic-reply-short.json",
    "vertexai/unary-success-basic-response-long-usage-metadata.json",
    "vertexai/unary-success-citations.json",
    "vertexai/unary-success-code-execution.json",
    "vertexai/unary-success-constraint-decoding-json.json",
    "vertexai/unary-success-detailed-token-response.json",
    "vertexai/unary-success-empty-text-part.json",
    "vertexai/unary-success-function-call-empty-arguments.json",
    "vertexai/unary-success-function-call-parallel-calls.json",
    "vertexai/unary-success-function-call-with-arguments.json",
    "vertexai/unary-success-missing-safety-ratings.json",
    "vertexai/unary-success-thinking-reply-thought-summary.json",
    "vertexai/unary-success-unknown-enum-safety-ratings.json",
    "vertexai/unary-success-url-context-missing-retrievedurl.json",
    "vertexai/unary-success-usage-metadata.json",
};

constexpr const char *STREAMED[] = {
    "googleai/streaming-success-basic-reply-short.txt",
    "googleai/streaming-success-code-execution.txt",
    "googleai/streaming-success-finish-message.txt",
    "googleai/streaming-success-thinking-reply-thought-summary.txt",
    "googleai/streaming-success-url-context.txt",
    "vertexai/streaming-failure-empty-content.txt",
    "vertexai/streaming-failure-invalid-json.txt",
    "vertexai/streaming-failure-malformed-content.txt",
    "vertexai/streaming-failure-prompt-blocked-safety-with-message.txt",
    "vertexai/streaming-failure-prompt-blocked-safety.txt",
    "vertexai/streaming-failure-recitation-no-content.txt",
    "vertexai/streaming-success-basic-reply-long.txt",
    "vertexai/streaming-success-code-execution.txt",
    "vertexai/streaming-success-empty-text-part.txt",
    "vertexai/streaming-success-unknown-safety-enum.txt",
};

ChatAnswerForm form()
{
    ChatAnswerForm form;
    form.model = "asked-model";
    form.includeUsage = true;
    return form;
}

json::object errorJson(const Error &error)
{
    return {{"error", {{"status", error.status}, {"code", error.code}}}};
}

/// The completion's JSON, or the error.
json::object streamed(const std::vector<std::string> &events)
{
    ChatStream stream(form(), CONTEXT);
    std::string out;
    for (const std::string &event : events)
        if (const Result<void> told = stream.event(event, out); !told)
            return errorJson(told.error());
    if (const Result<void> end = stream.finish(out); !end)
        return errorJson(end.error());
    return ChatJoin(out).completion();
}

json::object whole(std::string_view answer)
{
    ChatAnswer chat(form(), CONTEXT);
    const Result<std::string> out = chat.answer(answer);
    return out ? parseJsonObject(*out).value() : errorJson(out.error());
}

json::value digest(const json::value &text)
{
    if (!text.is_string())
        return nullptr;
    const std::string_view bytes = text.get_string();
    const QByteArray hash = QCryptographicHash::hash(
        QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size())), QCryptographicHash::Sha256);
    return {{"bytes", bytes.size()}, {"sha256", hash.toHex().toStdString()}};
}

json::array digestCalls(const json::array &calls)
{
    json::array out;
    for (const json::value &call : calls) {
        json::object entry{{"name", call.at("function").at("name")},
                           {"arguments", call.at("function").at("arguments")}};
        if (call.as_object().contains("extra_content"))
            entry["signature"] = digest(call.at("extra_content").at("google").at("thought_signature"));
        out.push_back(std::move(entry));
    }
    return out;
}

json::array digestSources(const json::array &annotations)
{
    json::array out;
    for (const json::value &annotation : annotations) {
        const json::value &citation = annotation.at("url_citation");
        out.push_back(
            {citation.at("start_index"), citation.at("end_index"), digest(citation.at("url")).at("sha256")});
    }
    return out;
}

json::value digestChoice(const json::value &choice)
{
    const json::object &message = choice.at("message").as_object();
    json::object out{{"finish_reason", choice.at("finish_reason")},
                     {"content", digest(message.at("content"))}};
    if (choice.as_object().contains("native_finish_reason"))
        out["native_finish_reason"] = choice.at("native_finish_reason");
    if (message.at("refusal").is_string())
        out["refusal"] = message.at("refusal");
    if (message.contains("reasoning_content"))
        out["reasoning_content"] = digest(message.at("reasoning_content"));
    if (message.contains("tool_calls"))
        out["tool_calls"] = digestCalls(message.at("tool_calls").as_array());
    if (message.contains("annotations"))
        out["annotations"] = digestSources(message.at("annotations").as_array());
    return out;
}

json::object digestCompletion(const json::object &completion)
{
    if (completion.contains("error"))
        return completion;
    json::array choices;
    for (const json::value &choice : completion.at("choices").as_array())
        choices.push_back(digestChoice(choice));
    return {{"choices", std::move(choices)}, {"usage", completion.at("usage")}};
}

/// golden/answers/googleai.unary-….json
QString goldenPath(const QString &name)
{
    QString file = name;
    file.replace(u'/', u'.');
    return QStringLiteral(GW_SOURCE_DIR "/tests/dialects/golden/answers/") + file.section(u'.', 0, -2) +
           QStringLiteral(".json");
}

} // namespace

void TstChatFixtures::tellsWhatTheGoldenFileSays_data()
{
    QTest::addColumn<QString>("name");
    for (const char *const name : WHOLE)
        QTest::newRow(name) << QString::fromLatin1(name);
    for (const char *const name : STREAMED)
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TstChatFixtures::tellsWhatTheGoldenFileSays()
{
    QFETCH(QString, name);
    const std::optional<std::string> captured = fixture(name);
    if (!captured)
        QSKIP("the captured answers are not at hand");
    const json::object told = digestCompletion(
        name.endsWith(QStringLiteral(".txt")) ? streamed(sseData(*captured)) : whole(*captured));
    QFile golden(goldenPath(name));
    if (qEnvironmentVariableIsSet("GW_WRITE_GOLDEN")) {
        QVERIFY(golden.open(QIODevice::WriteOnly));
        golden.write(QByteArray::fromStdString(toJson(told)) + '\n');
        return;
    }
    QVERIFY2(golden.open(QIODevice::ReadOnly), qPrintable(golden.fileName()));
    const json::value expected = parseJson(golden.readAll().toStdString()).value();
    QVERIFY2(json::value(told) == expected, (toJson(told) + "\nexpected\n" + toJson(expected)).c_str());
}

void TstChatFixtures::tellsTheSameStreamedAndWhole_data()
{
    QTest::addColumn<QString>("name");
    for (const char *const name : WHOLE)
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TstChatFixtures::tellsTheSameStreamedAndWhole()
{
    QFETCH(QString, name);
    const std::optional<std::string> captured = fixture(name);
    if (!captured)
        QSKIP("the captured answers are not at hand");
    const json::object once = whole(*captured);
    const json::object parts = streamed({*captured});
    const bool isUnfinished = name.contains(QStringLiteral("missing-safety-ratings"));
    if (isUnfinished) // Without a finish reason a whole answer is still whole; a stream is cut.
        QCOMPARE(std::string(parts.at("error").at("code").as_string()),
                 std::string("incomplete_upstream_answer"));
    else if (once.contains("error"))
        QVERIFY(parts.contains("error"));
    else
        QVERIFY2(once.at("choices") == parts.at("choices") && once.at("usage") == parts.at("usage"),
                 toJson(parts).c_str());
}

QTEST_APPLESS_MAIN(TstChatFixtures)
#include "tst_chatfixtures.moc"
