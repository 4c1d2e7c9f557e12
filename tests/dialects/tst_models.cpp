#include <QTest>

#include "gateway/common/json.h"
#include "gateway/dialects/models.h"

using namespace Gateway;

namespace {

constexpr std::string_view PAGE = R"({"models":[
    {"name":"models/gemini-3.6-flash","version":"001","displayName":"Gemini 3.6 Flash","description":"Fast.",
     "inputTokenLimit":1048576,"outputTokenLimit":65536,
     "supportedGenerationMethods":["generateContent","countTokens"],"temperature":1,"newField":{"z":1,"a":2}},
    {"name":"models/gemini-embedding-001","supportedGenerationMethods":["embedContent"]},
    7, {"displayName":"nameless"}],
  "nextPageToken":"tok"})";

std::vector<ModelInfo> models()
{
    std::string token;
    return parseModelPage(PAGE, token).value();
}

json::value parsed(std::string_view text)
{
    return parseJson(text).value();
}

} // namespace

class TstModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAPage();
    void readsAnEmptyPage();
    void failsWithGooglesError();
    void tellsOpenAisList();
    void tellsAnthropicsList();
    void tellsGooglesOwnObjects();
    void tellsOllamasTags();
    void tellsOllamasDetails_data();
    void tellsOllamasDetails();
    void anAliasHasTheAbilitiesOfItsModel();
};

void TstModels::readsAPage()
{
    std::string token;
    const auto page = parseModelPage(PAGE, token);
    QVERIFY(page.has_value());
    QCOMPARE(token, std::string("tok"));
    QCOMPARE(page->size(), std::size_t{2});
    const ModelInfo &model = page->front();
    QCOMPARE(model.id, std::string("gemini-3.6-flash"));
    QCOMPARE(model.displayName, std::string("Gemini 3.6 Flash"));
    QCOMPARE(model.description, std::string("Fast."));
    QCOMPARE(model.inputTokenLimit, std::int64_t{1048576});
    QCOMPARE(model.outputTokenLimit, std::int64_t{65536});
    QCOMPARE(model.methods, (std::vector<std::string>{"generateContent", "countTokens"}));
    QVERIFY(model.json.ends_with(R"("temperature":1,"newField":{"z":1,"a":2}})"));
}

void TstModels::readsAnEmptyPage()
{
    std::string token = "old";
    const auto page = parseModelPage("{}", token);
    QVERIFY(page.has_value() && page->empty());
    QVERIFY(token.empty());
}

void TstModels::failsWithGooglesError()
{
    std::string token;
    const auto told =
        parseModelPage(R"({"error":{"code":403,"message":"No.","status":"PERMISSION_DENIED"}})", token);
    QVERIFY(!told);
    QCOMPARE(told.error().status, 403);
    QCOMPARE(told.error().text, std::string("No."));
    const auto page = parseModelPage("<html><title>Moved</title></html>", token);
    QVERIFY(!page);
    QCOMPARE(page.error().status, 502);
}

void TstModels::tellsOpenAisList()
{
    QCOMPARE(parsed(modelListBody(Dialect::OpenAi, models())), parsed(R"({"object":"list","data":[
        {"id":"gemini-3.6-flash","object":"model","created":0,"owned_by":"google","display_name":"Gemini 3.6 Flash",
         "context_length":1048576,"max_output_tokens":65536},
        {"id":"gemini-embedding-001","object":"model","created":0,"owned_by":"google",
         "display_name":"gemini-embedding-001"}]})"));
    QCOMPARE(parsed(modelListBody(Dialect::OpenAi, {})), parsed(R"({"object":"list","data":[]})"));
    QCOMPARE(parsed(modelBody(Dialect::OpenAi, models()[1])),
             parsed(R"({"id":"gemini-embedding-001","object":"model","created":0,"owned_by":"google",
                     "display_name":"gemini-embedding-001"})"));
}

void TstModels::tellsAnthropicsList()
{
    QCOMPARE(parsed(modelListBody(Dialect::Anthropic, models())), parsed(R"({"data":[
        {"type":"model","id":"gemini-3.6-flash","display_name":"Gemini 3.6 Flash",
         "created_at":"1970-01-01T00:00:00Z","max_input_tokens":1048576,"max_tokens":65536},
        {"type":"model","id":"gemini-embedding-001","display_name":"gemini-embedding-001",
         "created_at":"1970-01-01T00:00:00Z"}],
        "has_more":false,"first_id":"gemini-3.6-flash","last_id":"gemini-embedding-001"})"));
    QCOMPARE(parsed(modelListBody(Dialect::Anthropic, {})),
             parsed(R"({"data":[],"has_more":false,"first_id":null,"last_id":null})"));
}

void TstModels::tellsGooglesOwnObjects()
{
    const json::value list = parsed(modelListBody(Dialect::Gemini, models()));
    QCOMPARE(list.at("models").as_array().size(), std::size_t{2});
    QCOMPARE(list.at("models").as_array()[0], parsed(PAGE).at("models").as_array()[0]);
    QVERIFY(!list.as_object().contains("nextPageToken"));
    QCOMPARE(parsed(modelBody(Dialect::Gemini, models()[0])), parsed(PAGE).at("models").as_array()[0]);
}

void TstModels::tellsOllamasTags()
{
    const json::value list = parsed(modelListBody(Dialect::Ollama, models()));
    const json::value &first = list.at("models").as_array()[0];
    QCOMPARE(std::string(first.at("name").as_string()), std::string("gemini-3.6-flash"));
    QVERIFY(first.at("details").is_object() && first.at("size").is_int64());
    QCOMPARE(first.at("digest").as_string().size(), std::size_t{64});
    QVERIFY(first.at("digest") != list.at("models").as_array()[1].at("digest"));
    const ModelInfo speech{"gemini-live", "", "", 1, 1, false, {"bidiGenerateContent"}, "{}", {}};
    QCOMPARE(modelListBody(Dialect::Ollama, std::vector{speech}), std::string(R"({"models":[]})"));
}

void TstModels::anAliasHasTheAbilitiesOfItsModel()
{
    ModelInfo alias = models().front();
    alias.id = "mine";
    alias.standsFor = "gemini-3.6-flash";
    const json::value shown = parsed(modelBody(Dialect::Ollama, alias));
    QCOMPARE(shown.at("details").at("family"), json::value("gemini"));
    QVERIFY(shown.at("model_info").as_object().contains("gemini.context_length"));
    QCOMPARE(shown.at("capabilities"), json::value({"completion", "tools", "vision"}));
    QVERIFY(modelListBody(Dialect::OpenAi, std::vector{alias}).find(R"("id":"mine")") != std::string::npos);
}

void TstModels::tellsOllamasDetails_data()
{
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<bool>("thinks");
    QTest::addColumn<QByteArray>("capabilities");
    const auto row = [](const char *id, const char *method, bool thinks, const char *capabilities) {
        QTest::newRow(id) << QByteArray(id) << QByteArray(method) << thinks << QByteArray(capabilities);
    };
    row("gemini-3.6-flash", "generateContent", true, R"(["completion","tools","vision","thinking"])");
    row("gemini-2.5-flash-lite", "generateContent", false, R"(["completion","tools","vision"])");
    row("gemini-3.1-flash-image", "generateContent", true, R"(["completion","vision","thinking"])");
    row("gemini-2.5-flash-preview-tts", "generateContent", false, R"(["completion"])");
    row("gemma-3-27b-it", "generateContent", false, R"(["completion","vision"])");
    row("gemma-3-1b-it", "generateContent", false, R"(["completion"])");
    row("gemini-embedding-001", "embedContent", false, R"(["embedding"])");
}

void TstModels::tellsOllamasDetails()
{
    QFETCH(QByteArray, id);
    QFETCH(QByteArray, method);
    QFETCH(bool, thinks);
    QFETCH(QByteArray, capabilities);
    const std::string page = R"({"models":[{"name":"models/)" + id.toStdString() + R"(","thinking":)" +
                             (thinks ? "true" : "false") + R"(,"supportedGenerationMethods":[")" +
                             method.toStdString() + R"("]}]})";
    std::string token;
    const json::value shown = parsed(modelBody(Dialect::Ollama, parseModelPage(page, token).value().front()));
    QCOMPARE(QByteArray::fromStdString(toJson(shown.at("capabilities"))), capabilities);
    const json::object &info = shown.at("model_info").as_object();
    const std::string family = id.left(id.indexOf('-')).toStdString();
    QCOMPARE(stringAt(info, "general.architecture"), std::string_view(family));
    QCOMPARE(stringAt(info, "general.basename"), std::string_view(id.constData()));
    QCOMPARE(integerAt(info, family + ".context_length", 0), std::int64_t{32768});
    QCOMPARE(integerAt(parsed(modelBody(Dialect::Ollama, models()[0])).at("model_info").as_object(),
                       "gemini.context_length", 0),
             std::int64_t{1048576});
}

QTEST_APPLESS_MAIN(TstModels)
#include "tst_models.moc"
