#include <QTest>

#include "gateway/common/json.h"
#include "gateway/dialects/openai/openai.h"

using namespace Gateway;

// POST /v1/completions, the API before chat.
class TstCompletions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksGemini();
    void refuses_data();
    void refuses();
    void answersWhole();
    void streams();
    void failsWithoutAnEnd();
};

namespace {

const TranslationContext CONTEXT{"req_abc", 1700000000};

std::unique_ptr<Translation> translation(const std::string &more)
{
    Result<std::unique_ptr<Translation>> made =
        openAiCompletions(R"({"model":"gemini-3.6-flash","prompt":"x")" + more + '}', CONTEXT);
    return made ? std::move(*made) : nullptr;
}

std::string gemini(const std::string &text, const std::string &finish)
{
    return R"({"candidates":[{"content":{"parts":[{"text":"hm","thought":true},{"text":")" + text +
           R"("}]})" + (finish.empty() ? "" : R"(,"finishReason":")" + finish + '"') +
           R"(}],"usageMetadata":{"promptTokenCount":2,"candidatesTokenCount":1,"totalTokenCount":3}})";
}

} // namespace

void TstCompletions::asksGemini()
{
    const std::string body =
        *translation(R"(,"max_tokens":7,"stop":"\n","echo":false,"suffix":null)")->geminiBody({});
    const std::string expected =
        R"({"contents":[{"role":"user","parts":[{"text":"x"}]}],"generationConfig":{"maxOutputTokens":7,)"
        R"("stopSequences":["\n"]}})";
    QCOMPARE(body, expected);
}

void TstCompletions::refuses_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("param");
    const auto row = [](const char *more, const char *param) {
        QTest::newRow(param) << QByteArray(R"({"model":"gemini-3.6-flash")") + more + '}'
                             << QByteArray(param);
    };
    row("", "prompt");
    row(R"(,"prompt":"x","echo":true)", "echo");
    row(R"(,"prompt":"x","logprobs":2)", "logprobs");
    row(R"(,"prompt":"x","best_of":2)", "best_of");
    row(R"(,"prompt":"x","suffix":"y")", "suffix");
    row(R"(,"prompt":"x","n":99)", "n");
    QTest::newRow("tokens") << QByteArray(R"({"model":"m","prompt":[1,2]})") << QByteArray("prompt");
    QTest::newRow("two") << QByteArray(R"({"model":"m","prompt":["a","b"]})") << QByteArray("prompt");
}

void TstCompletions::refuses()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, param);
    const Result<std::unique_ptr<Translation>> made = openAiCompletions(body.toStdString(), CONTEXT);
    QVERIFY(!made);
    QCOMPARE(QByteArray::fromStdString(made.error().param), param);
    QCOMPARE(made.error().status, 400);
}

void TstCompletions::answersWhole()
{
    const std::string answer = *translation("")->answer(gemini("Hi", "MAX_TOKENS"));
    const std::string start =
        R"({"id":"cmpl-abc","object":"text_completion","created":1700000000,"model":"gemini-3.6-flash",)"
        R"("choices":[{"text":"Hi","index":0,"logprobs":null,"finish_reason":"length"}],"usage":{)"
        R"("prompt_tokens":2,"completion_tokens":1,"total_tokens":3)";
    QVERIFY2(answer.starts_with(start), answer.c_str());
}

void TstCompletions::streams()
{
    const auto made = translation(R"(,"stream":true,"stream_options":{"include_usage":true})");
    std::string out;
    QVERIFY(made->event(gemini("a", ""), out));
    QVERIFY(made->event(gemini("b", "STOP"), out));
    QVERIFY(made->finish(out));
    const char *const a = R"("text":"a","index":0,"logprobs":null,"finish_reason":null)";
    const char *const end = R"("text":"","index":0,"logprobs":null,"finish_reason":"stop")";
    QVERIFY2(out.find(a) != std::string::npos, out.c_str());
    QVERIFY2(out.find(end) != std::string::npos, out.c_str());
    QVERIFY(out.find("\"total_tokens\":3") != std::string::npos);
    QVERIFY(out.ends_with("data: [DONE]\n\n"));
}

void TstCompletions::failsWithoutAnEnd()
{
    const auto made = translation(R"(,"stream":true)");
    std::string out;
    QVERIFY(made->event(gemini("a", ""), out));
    QVERIFY(!made->finish(out));
    QVERIFY(!translation("")->answer("{}"));
}

QTEST_GUILESS_MAIN(TstCompletions)
#include "tst_completions.moc"
