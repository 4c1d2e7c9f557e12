#include <QTest>

#include "gateway/common/json.h"
#include "gateway/common/modelaliases.h"
#include "gateway/dialects/bodychanges.h"

using namespace Gateway;

namespace {

/// Parameters as a rule of MODEL_ALIASES has them.
ModelParameters parameters(const std::string &text)
{
    const Result<ModelAliases> read = ModelAliases::parse("a=b;" + text);
    if (!read || !read->find("a")->parameters)
        qFatal("%s", text.c_str());
    return *read->find("a")->parameters;
}

constexpr std::string_view FLASH = "gemini-3.6-flash";
constexpr std::string_view OLD = "gemini-2.5-flash";

/// The new body, or "same".
std::string changed(std::string_view body, std::string_view model, const std::string &text,
                    std::string_view method = "generateContent")
{
    const auto result = changedBody(body, model, method, parameters(text));
    if (!result)
        return result.error().code;
    return *result ? **result : "same";
}

} // namespace

class TstBodyChanges : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void changes_data();
    void changes();
    void leavesWhatIsThere_data();
    void leavesWhatIsThere();
    void leavesOtherCalls_data();
    void leavesOtherCalls();
    void changesEmbeddings_data();
    void changesEmbeddings();
    void keepsTheOrder();
    void refusesWhatIsNoJson();
    void renamesModels_data();
    void renamesModels();
};

void TstBodyChanges::changes_data()
{
    QTest::addColumn<std::string>("model");
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("body");
    QTest::addColumn<std::string>("expected");
    const auto row = [](const char *name, std::string_view model, const char *text, const char *body,
                        const char *expected) {
        QTest::newRow(name) << std::string(model) << std::string(text) << std::string(body)
                            << std::string(expected);
    };
    row("level", FLASH, "thinking=low", "{}",
        R"({"generationConfig":{"thinkingConfig":{"thinkingLevel":"LOW"}}})");
    row("budget for a level model", FLASH, "thinking=9000", "{}",
        R"({"generationConfig":{"thinkingConfig":{"thinkingLevel":"MEDIUM"}}})");
    row("off for a level model", FLASH, "thinking=off", "{}",
        R"({"generationConfig":{"thinkingConfig":{"thinkingLevel":"MINIMAL"}}})");
    row("off for a pro", "gemini-3.1-pro-preview", "thinking=off", "{}",
        R"({"generationConfig":{"thinkingConfig":{"thinkingLevel":"LOW"}}})");
    row("budget", OLD, "thinking=2000", "{}",
        R"({"generationConfig":{"thinkingConfig":{"thinkingBudget":2000}}})");
    row("budget by word", OLD, "thinking=high", "{}",
        R"({"generationConfig":{"thinkingConfig":{"thinkingBudget":24576}}})");
    row("off", OLD, "thinking=off", "{}", R"({"generationConfig":{"thinkingConfig":{"thinkingBudget":0}}})");
    row("off for an old pro", "gemini-2.5-pro", "thinking=off", "{}",
        R"({"generationConfig":{"thinkingConfig":{"thinkingBudget":128}}})");
    row("automatic", OLD, "thinking=auto", "{}",
        R"({"generationConfig":{"thinkingConfig":{"thinkingBudget":-1}}})");
    row("beside includeThoughts", FLASH, "thinking=high",
        R"({"generationConfig":{"thinkingConfig":{"includeThoughts":true},"topK":1}})",
        R"({"generationConfig":{"thinkingConfig":{"includeThoughts":true,"thinkingLevel":"HIGH"},"topK":1}})");
    row("in place of the client's", FLASH, "thinking=low!",
        R"({"generation_config":{"thinking_config":{"thinking_budget":9,"a":1}}})",
        R"({"generation_config":{"thinking_config":{"a":1,"thinkingLevel":"LOW"}}})");
    row("automatic in place of the client's", FLASH, "thinking=auto!",
        R"({"generationConfig":{"thinkingConfig":{"thinkingLevel":"LOW","includeThoughts":true}}})",
        R"({"generationConfig":{"thinkingConfig":{"includeThoughts":true}}})");
    row("numbers", FLASH, "temperature=0.2;top_p=0.5;top_k=3;max_tokens=100", R"({"contents":[]})",
        R"({"contents":[],"generationConfig":{"temperature":0.2,"topP":0.5,"topK":3,"maxOutputTokens":100}})");
    row("a number in place of the client's", FLASH, "temperature=1!",
        R"({"generationConfig":{"temperature":0.7,"topP":0.1}})",
        R"({"generationConfig":{"temperature":1.0,"topP":0.1}})");
    row("pictures", OLD, "image", "{}", R"({"generationConfig":{"responseModalities":["TEXT","IMAGE"]}})");
    row("safety beside the client's", FLASH, "safety=off",
        R"({"safetySettings":[{"category":"HARM_CATEGORY_HATE_SPEECH","threshold":"BLOCK_NONE"}]})",
        R"({"safetySettings":[{"category":"HARM_CATEGORY_HATE_SPEECH","threshold":"BLOCK_NONE"},)"
        R"({"category":"HARM_CATEGORY_HARASSMENT","threshold":"OFF"},)"
        R"({"category":"HARM_CATEGORY_SEXUALLY_EXPLICIT","threshold":"OFF"},)"
        R"({"category":"HARM_CATEGORY_DANGEROUS_CONTENT","threshold":"OFF"}]})");
    row("instructions", FLASH, R"(system_before="A";system_after="B")",
        R"({"system_instruction":{"parts":{"text":"mine"}},"contents":[]})",
        R"({"system_instruction":{"parts":[{"text":"A\n\n"},{"text":"mine"},{"text":"\n\nB"}]},"contents":[]})");
    row("instructions alone", FLASH, R"(system_before="A")", R"({"contents":[]})",
        R"({"contents":[],"systemInstruction":{"parts":[{"text":"A"}]}})");
    row("instructions alone, two", FLASH, R"(system_before="A";system_after="B")", "{}",
        R"({"systemInstruction":{"parts":[{"text":"A\n\n"},{"text":"B"}]}})");
    row("instructions for Gemma 3", "gemma-3-27b-it", R"(system_before="A")",
        R"({"contents":[{"role":"user","parts":[{"text":"x"}]}]})",
        R"({"contents":[{"role":"user","parts":[{"text":"A\n\n"},{"text":"x"}]}]})");
    row("instructions for Gemma 3, two", "gemma-3-27b-it", R"(system_before="A";system_after="B")",
        R"({"contents":[{"parts":[{"text":"x"}]}]})",
        R"({"contents":[{"parts":[{"text":"A\n\n"},{"text":"B\n\n"},{"text":"x"}]}]})");
    row("tools", OLD, "search;url_context;code_execution", R"({"contents":[]})",
        R"({"contents":[],"tools":[{"googleSearch":{}},{"urlContext":{}},{"codeExecution":{}}]})");
    row("tools beside the client's", OLD, "search;code_execution", R"({"tools":[{"google_search":{}}]})",
        R"({"tools":[{"google_search":{}},{"codeExecution":{}}]})");
    row("tools beside functions for a client that takes both", FLASH, "search",
        R"({"tools":[{"functionDeclarations":[{"name":"f"}]}],"toolConfig":{"includeServerSideToolInvocations":true}})",
        R"({"tools":[{"functionDeclarations":[{"name":"f"}]},{"googleSearch":{}}],"toolConfig":{"includeServerSideToolInvocations":true}})");
    row("search beside a JSON answer", FLASH, "search",
        R"({"generationConfig":{"responseMimeType":"application/json"}})",
        R"({"generationConfig":{"responseMimeType":"application/json"},"tools":[{"googleSearch":{}}]})");
}

void TstBodyChanges::changes()
{
    QFETCH(std::string, model);
    QFETCH(std::string, text);
    QFETCH(std::string, body);
    QFETCH(std::string, expected);
    QCOMPARE(QByteArray::fromStdString(changed(body, model, text)), QByteArray::fromStdString(expected));
    QCOMPARE(changed(body, model, text, "streamGenerateContent"), expected);
    const std::string inner = "{\"generateContentRequest\":" + body + '}';
    QCOMPARE(changed(inner, model, text, "countTokens"), "{\"generateContentRequest\":" + expected + '}');
}

void TstBodyChanges::leavesWhatIsThere_data()
{
    QTest::addColumn<std::string>("model");
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("body");
    const auto row = [](const char *name, std::string_view model, const char *text, const char *body) {
        QTest::newRow(name) << std::string(model) << std::string(text) << std::string(body);
    };
    row("the client's level", FLASH, "thinking=low",
        R"({"generationConfig":{"thinkingConfig":{"thinkingLevel":"HIGH"}}})");
    row("the client's budget", OLD, "thinking=low",
        R"({"generation_config":{"thinking_config":{"thinking_budget":0}}})");
    row("a model's own choice", FLASH, "thinking=auto", "{}");
    row("the client's temperature", FLASH, "temperature=0.2", R"({"generationConfig":{"temperature":1}})");
    row("models that make speech", "gemini-2.5-flash-preview-tts",
        R"(thinking=low;system_before="A";search;code_execution)", "{}");
    row("models that make pictures", "gemini-2.5-flash-image",
        R"(thinking=low;system_before="A";search;code_execution)", "{}");
    row("Gemma has no tools", "gemma-3-27b-it", "search;thinking=low", "{}");
    row("the client's search", FLASH, "search", R"({"tools":{"googleSearch":{}}})");
    row("functions", FLASH, "search;url_context;code_execution",
        R"({"tools":[{"functionDeclarations":[{"name":"f"}]}]})");
    row("functions, in snake case", OLD, "search", R"({"tools":[{"function_declarations":[{"name":"f"}]}]})");
    row("maps", FLASH, "search", R"({"tools":[{"googleMaps":{}}]})");
    row("a JSON answer of an old model", OLD, "search",
        R"({"generationConfig":{"responseMimeType":"application/json"}})");
    row("cached content", FLASH, R"(search;system_after="A")", R"({"cachedContent":"cachedContents/a"})");
    row("all categories", FLASH, "safety=off",
        R"({"safetySettings":[{"category":"HARM_CATEGORY_HATE_SPEECH"},{"category":"HARM_CATEGORY_HARASSMENT"},)"
        R"({"category":"HARM_CATEGORY_SEXUALLY_EXPLICIT"},{"category":"HARM_CATEGORY_DANGEROUS_CONTENT"}]})");
}

void TstBodyChanges::leavesWhatIsThere()
{
    QFETCH(std::string, model);
    QFETCH(std::string, text);
    QFETCH(std::string, body);
    QCOMPARE(changed(body, model, text), std::string("same"));
}

void TstBodyChanges::leavesOtherCalls_data()
{
    QTest::addColumn<std::string>("method");
    for (const char *method : {"embedContent", "batchGenerateContent", "predict", "countTokens", ""})
        QTest::newRow(method) << std::string(method);
}

void TstBodyChanges::leavesOtherCalls()
{
    QFETCH(std::string, method);
    QCOMPARE(changed(R"({"contents":[]})", FLASH, "search;thinking=low;safety=off", method),
             std::string("same"));
}

void TstBodyChanges::changesEmbeddings_data()
{
    QTest::addColumn<std::string>("method");
    QTest::addColumn<std::string>("body");
    QTest::addColumn<std::string>("expected");
    QTest::newRow("one") << std::string("embedContent") << std::string(R"({"content":{}})")
                         << std::string(R"({"content":{},"outputDimensionality":5})");
    QTest::newRow("one that says it") << std::string("embedContent")
                                      << std::string(R"({"output_dimensionality":3})") << std::string("same");
    QTest::newRow("several")
        << std::string("batchEmbedContents")
        << std::string(R"({"requests":[{"outputDimensionality":3},{"a":1}]})")
        << std::string(R"({"requests":[{"outputDimensionality":3},{"a":1,"outputDimensionality":5}]})");
    QTest::newRow("a chat") << std::string("generateContent") << std::string("{}") << std::string("same");
}

void TstBodyChanges::changesEmbeddings()
{
    QFETCH(std::string, method);
    QFETCH(std::string, body);
    QFETCH(std::string, expected);
    QCOMPARE(changed(body, "gemini-embedding-001", "dimensions=5", method), expected);
}

void TstBodyChanges::keepsTheOrder()
{
    QCOMPARE(
        changed(
            R"({"z":1,"generationConfig":{"y":0.1,"thinkingConfig":{"thinkingLevel":"LOW"},"b":[2,1]},"a":{"d":1,"c":2}})",
            FLASH, "thinking=high!"),
        std::string(
            R"({"z":1,"generationConfig":{"y":0.1,"thinkingConfig":{"thinkingLevel":"HIGH"},"b":[2,1]},"a":{"d":1,"c":2}})"));
}

void TstBodyChanges::refusesWhatIsNoJson()
{
    QCOMPARE(changed("{'contents':[]}", FLASH, "search"), std::string("invalid_json"));
    QCOMPARE(changed("[]", FLASH, "search"), std::string("invalid_json"));
}

void TstBodyChanges::renamesModels_data()
{
    QTest::addColumn<std::string>("body");
    QTest::addColumn<std::string>("expected");
    const auto row = [](const char *body, const char *expected) {
        QTest::newRow(body) << std::string(body) << std::string(expected);
    };
    row(R"({"model":"models/quick","a":1})", R"({"model":"models/real","a":1})");
    row(R"({"a":1,"model":"quick"})", R"({"a":1,"model":"real"})");
    row(R"({"requests":[{"model":"models/quick"},{"model":"models/x"}]})",
        R"({"requests":[{"model":"models/real"},{"model":"models/x"}]})");
    row(R"({"generateContentRequest":{"model":"models/quick"}})",
        R"({"generateContentRequest":{"model":"models/real"}})");
    row(R"({"contents":[{"parts":[{"text":"quick"}]}]})", "same");
    row(R"({"model":"quicker"})", "same");
    row("{}", "same");
}

void TstBodyChanges::renamesModels()
{
    QFETCH(std::string, body);
    QFETCH(std::string, expected);
    QCOMPARE(renamedBody(body, "quick", "real").value_or("same"), expected);
}

QTEST_APPLESS_MAIN(TstBodyChanges)
#include "tst_bodychanges.moc"
