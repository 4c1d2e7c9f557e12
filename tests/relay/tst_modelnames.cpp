#include <QCoreApplication>
#include <QTest>

#include "gateway/common/json.h"
#include "gateway/common/parametertext.h"
#include "gateway/relay/modelnames.h"
#include "tests/support/fakeclock.h"

using namespace Gateway;

namespace {

json::object model(const std::string &id, const char *method = "generateContent", bool thinks = true)
{
    return {{"name", "models/" + id},
            {"displayName", "The " + id},
            {"supportedGenerationMethods", json::array{method}},
            {"thinking", thinks}};
}

std::string page()
{
    return toJson(
        json::object{{"models", json::array{model("gemini-3.8-flash"), model("gemini-3.6-flash"),
                                            model("gemini-3.5-flash-lite"), model("gemini-3.1-pro-preview"),
                                            model("gemini-2.5-pro"),
                                            model("gemini-3.1-flash-image", "generateContent", false),
                                            model("gemini-embedding-001", "embedContent", false),
                                            model("gemini-embedding-2", "embedContent", false)}}});
}

} // namespace

class TstModelNames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void plainNamesStay();
    void kindsAreTheBestOfTheList_data();
    void kindsAreTheBestOfTheList();
    void withoutAListKindsAreMovingNames();
    void asksForTheListOnlyWhenItMatters();
    void doesNotWaitForever();
    void readsAnotherList();
    void aliasesComeFirst();
    void derivedNames_data();
    void derivedNames();
    void derivedNamesCanBeOff();
    void everyRequestIsGivenTheDefaults();
    void aTokensParametersLieBetween();
    void remembersThemForEachToken();
    void listsShowNames();
    void listsHideModels();
    void anUnchangedListIsGooglesOwn();
    void describesAliases();

private:
    void read();
    std::string modelOf(std::string_view name) { return m_names->meaning(name).model; }

    FakeClock m_clock;
    std::string m_page;
    int m_pagesAsked = 0;
    std::vector<std::function<void(Result<std::string>)>> m_asked;
    std::unique_ptr<ModelCatalogue> m_catalogue;
    std::unique_ptr<ModelNames> m_names;
    ModelNameOptions m_options;
};

void TstModelNames::init()
{
    m_page = page();
    m_pagesAsked = 0;
    m_asked.clear();
    m_names.reset();
    m_catalogue = std::make_unique<ModelCatalogue>(
        m_clock, [this](const std::string &, std::function<void(Result<std::string>)> done) {
            ++m_pagesAsked;
            m_asked.push_back(std::move(done));
        });
    m_names = std::make_unique<ModelNames>(*m_catalogue, m_clock, this);
    m_options = ModelNameOptions();
    m_options.aliases =
        ModelAliases::parse(
            "fast=@flash; thinking=low, mine=gemini-3.6-flash, gemini-2.5-*=gemini-3.8-flash, "
            "gemini-3.6-flash=gemini-3.6-flash; temperature=0.5")
            .value();
    m_names->setOptions(m_options);
}

void TstModelNames::read()
{
    m_catalogue->list([](const Result<ModelCatalogue::Models> &) {});
    m_asked.back()(m_page);
    QVERIFY(m_catalogue->known());
}

void TstModelNames::plainNamesStay()
{
    const ModelMeaning *meaning = m_names->find("gemini-3.8-flash");
    QVERIFY(meaning);
    QCOMPARE(meaning->model, std::string("gemini-3.8-flash"));
    QVERIFY(!meaning->parameters);
    QVERIFY(m_names->find("llama3.2"));
    QCOMPARE(m_pagesAsked, 0);
}

void TstModelNames::kindsAreTheBestOfTheList_data()
{
    QTest::addColumn<std::string>("model");
    QTest::newRow("gpt-4o") << std::string("gemini-3.8-flash");
    QTest::newRow("openai/gpt-4o") << std::string("gemini-3.8-flash");
    QTest::newRow("claude-opus-4-1") << std::string("gemini-3.1-pro-preview");
    QTest::newRow("claude-haiku-4-5") << std::string("gemini-3.5-flash-lite");
    QTest::newRow("text-embedding-3-small") << std::string("gemini-embedding-2");
    QTest::newRow("gpt-image-1") << std::string("gemini-3.1-flash-image");
    QTest::newRow("fast") << std::string("gemini-3.8-flash");
}

void TstModelNames::kindsAreTheBestOfTheList()
{
    QFETCH(std::string, model);
    read();
    const ModelMeaning *meaning = m_names->find(QTest::currentDataTag());
    QVERIFY(meaning);
    QCOMPARE(meaning->model, model);
}

void TstModelNames::withoutAListKindsAreMovingNames()
{
    QVERIFY(!m_names->find("gpt-4o"));
    QCOMPARE(modelOf("gpt-4o"), std::string("gemini-flash-latest"));
    QCOMPARE(modelOf("claude-opus-4-1"), std::string("gemini-pro-latest"));
    QCOMPARE(modelOf("gpt-image-1"), std::string("gpt-image-1"));
}

void TstModelNames::asksForTheListOnlyWhenItMatters()
{
    QVERIFY(m_names->find("mine"));
    QVERIFY(!m_names->find("fast"));
    bool isDone = false;
    m_names->wait([&isDone] { isDone = true; });
    QCOMPARE(m_pagesAsked, 1);
    QVERIFY(!isDone);
    m_asked.front()(m_page);
    QVERIFY(isDone);
    QCOMPARE(modelOf("fast"), std::string("gemini-3.8-flash"));
}

void TstModelNames::doesNotWaitForever()
{
    bool isDone = false;
    m_names->wait([&isDone] { isDone = true; });
    m_asked.front()(fail(503, "no_keys", "None."));
    QVERIFY(isDone);
    QVERIFY(m_names->find("fast")); // by what is known: the next ones need not wait
    m_clock.advance(31'000);
    QVERIFY(!m_names->find("fast"));
    isDone = false;
    m_names->wait([&isDone] { isDone = true; });
    QTRY_VERIFY_WITH_TIMEOUT(isDone, 8000);
    QVERIFY(m_names->find("fast"));
}

void TstModelNames::readsAnotherList()
{
    read();
    QCOMPARE(modelOf("fast"), std::string("gemini-3.8-flash"));
    m_clock.advance(601'000);
    QVERIFY(m_names->find("mine"));
    QCOMPARE(m_pagesAsked, 1);
    QVERIFY(m_names->find("fast")); // the old list serves meanwhile
    QVERIFY(m_names->find("fast"));
    QCOMPARE(m_pagesAsked, 2);
    m_asked.back()(toJson(json::object{{"models", json::array{model("gemini-4.0-flash")}}}));
    QCOMPARE(modelOf("fast"), std::string("gemini-4.0-flash"));
    QCOMPARE(modelOf("claude-opus-4-1"), std::string("gemini-4.0-flash")); // there is no pro
}

void TstModelNames::aliasesComeFirst()
{
    read();
    QCOMPARE(modelOf("mine"), std::string("gemini-3.6-flash"));
    QVERIFY(!m_names->meaning("mine").parameters); // an alias of an alias is none
    QCOMPARE(modelOf("gemini-2.5-pro"), std::string("gemini-3.8-flash"));
    const ModelMeaning own = m_names->meaning("gemini-3.6-flash");
    QCOMPARE(own.model, std::string("gemini-3.6-flash"));
    QVERIFY(own.parameters && own.parameters->temperature);
    m_options.vendorNames = false;
    m_names->setOptions(m_options);
    QCOMPARE(modelOf("gpt-4o"), std::string("gpt-4o"));
}

void TstModelNames::derivedNames_data()
{
    QTest::addColumn<std::string>("model");
    QTest::addColumn<std::string>("parameters");
    const auto row = [](const char *name, const char *model, const char *parameters) {
        QTest::newRow(name) << std::string(model) << std::string(parameters);
    };
    row("gemini-3.8-flash-search", "gemini-3.8-flash", "search");
    row("gemini-3.8-flash-non-thinking", "gemini-3.8-flash", "thinking=off!");
    row("gemini-3.8-flash-thinking-1000", "gemini-3.8-flash", "thinking=1000!");
    row("gemini-3.8-flash-search-non-thinking", "gemini-3.8-flash", "thinking=off!; search");
    row("gemini-3.8-flash-non-thinking-search", "gemini-3.8-flash", "thinking=off!; search");
    row("fast-search", "gemini-3.8-flash", "thinking=low; search");
    row("gpt-4o-search", "gemini-3.8-flash", "search");
    row("gemini-3.8-flash-image", "gemini-3.8-flash", "image");
    row("gemini-3.6-flash-image", "gemini-3.6-flash-image", ""); // not among IMAGE_MODELS
    row("gemini-3.1-flash-image", "gemini-3.1-flash-image", ""); // Google's own
    row("gemini-9-flash-search", "gemini-9-flash-search", "");   // there is no such model
    row("gemini-3.8-flash-search-search", "gemini-3.8-flash-search-search", "");
    row("gemini-3.8-flash-thinking-much", "gemini-3.8-flash-thinking-much", "");
    row("-search", "-search", "");
}

void TstModelNames::derivedNames()
{
    QFETCH(std::string, model);
    QFETCH(std::string, parameters);
    m_options.imageModels = {"gemini-3.8-*"};
    m_names->setOptions(m_options);
    read();
    const ModelMeaning *meaning = m_names->find(QTest::currentDataTag());
    QVERIFY(meaning);
    QCOMPARE(meaning->model, model);
    QCOMPARE(static_cast<bool>(meaning->parameters), !parameters.empty());
    if (!parameters.empty())
        QVERIFY(*meaning->parameters == *ModelAliases::parse("a=b;" + parameters)->find("a")->parameters);
}

void TstModelNames::derivedNamesCanBeOff()
{
    m_options.derivedNames = false;
    m_names->setOptions(m_options);
    read();
    QCOMPARE(modelOf("gemini-3.8-flash-search"), std::string("gemini-3.8-flash-search"));
}

void TstModelNames::everyRequestIsGivenTheDefaults()
{
    m_options.defaults = *ModelAliases::parse("a=b; thinking=high; safety=off")->find("a")->parameters;
    m_names->setOptions(m_options);
    read();
    const auto meant = [this](std::string_view name) { return *m_names->meaning(name).parameters; };
    QVERIFY(meant("gemini-3.8-flash") == m_options.defaults);
    QVERIFY(meant("fast") == *ModelAliases::parse("a=b; thinking=low; safety=off")->find("a")->parameters);
}

void TstModelNames::aTokensParametersLieBetween()
{
    read();
    m_options.defaults = *parseModelParameters("thinking=high; search; system_before=\"D\"").value();
    m_names->setOptions(m_options);
    const auto token = parseModelParameters("thinking=medium!; search=off; system_after=\"T\"").value();
    const auto given = [this](std::string_view name, const ModelParametersPtr &parameters) {
        return *m_names->meaning(name, parameters).parameters;
    };
    QVERIFY(given("gemini-3.8-flash", token) ==
            *parseModelParameters("thinking=medium!; search=off; system_before=\"D\"; system_after=\"T\"")
                 .value());
    QVERIFY(
        given("fast", token) ==
        *parseModelParameters("thinking=low; search=off; system_before=\"D\"; system_after=\"T\"").value());
    QVERIFY(*given("gemini-3.8-flash-search", token).search);
    QVERIFY(given("gemini-3.8-flash", nullptr) == m_options.defaults);
}

void TstModelNames::remembersThemForEachToken()
{
    read();
    const auto one = parseModelParameters("search").value();
    const auto two = parseModelParameters("search").value();
    const ModelParametersPtr first = m_names->meaning("fast", one).parameters;
    QVERIFY(first->search && first->thinking);
    QCOMPARE(m_names->meaning("fast", one).parameters, first); // and no further copy
    QVERIFY(m_names->meaning("fast", two).parameters != first);
    QVERIFY(!m_names->meaning("fast").parameters->search);
    QCOMPARE(m_names->meaning("gemini-3.8-flash", one).parameters, one);
}

void TstModelNames::listsShowNames()
{
    m_options.searchModels = {"gemini-3.8-*", "gemini-embedding-*"};
    m_options.thinkingModels = {"*"};
    m_options.imageModels = {"gemini-3.6-flash", "gemini-3.1-flash"};
    m_names->setOptions(m_options);
    read();
    QVERIFY(m_names->changesLists());
    const ModelCatalogue::Models shown = m_names->shown(m_catalogue->known());
    std::vector<std::string> ids;
    for (const ModelInfo &one : *shown)
        ids.push_back(one.id);
    const std::vector<std::string> expected{"gemini-3.8-flash",
                                            "gemini-3.8-flash-search",
                                            "gemini-3.8-flash-non-thinking",
                                            "gemini-3.6-flash",
                                            "gemini-3.6-flash-non-thinking",
                                            "gemini-3.6-flash-image",
                                            "gemini-3.5-flash-lite",
                                            "gemini-3.5-flash-lite-non-thinking",
                                            "gemini-3.1-pro-preview",
                                            "gemini-3.1-pro-preview-non-thinking",
                                            "gemini-2.5-pro",
                                            "gemini-2.5-pro-non-thinking",
                                            "gemini-3.1-flash-image",
                                            "gemini-embedding-001",
                                            "gemini-embedding-2",
                                            "fast",
                                            "mine"};
    QCOMPARE(ids, expected);
    const ModelInfo &fast = (*shown)[15];
    QCOMPARE(fast.standsFor, std::string("gemini-3.8-flash"));
    QCOMPARE(fast.displayName, std::string("fast (The gemini-3.8-flash)"));
    QVERIFY(fast.json.starts_with(R"x({"name":"models/fast","displayName":"fast (The gemini-3.8-flash)")x"));
    QCOMPARE(m_names->shown(m_catalogue->known()), shown); // made once
}

void TstModelNames::listsHideModels()
{
    m_options.hiddenModels = {"gemini-3.8-*", "mine"};
    m_options.searchModels = {"*"};
    m_names->setOptions(m_options);
    read();
    for (const ModelInfo &one : *m_names->shown(m_catalogue->known()))
        QVERIFY2(!one.id.starts_with("gemini-3.8") && one.id != "mine", one.id.c_str());
    QCOMPARE(modelOf("fast"), std::string("gemini-3.6-flash")); // kinds pass over them
    QCOMPARE(modelOf("gemini-3.8-flash"), std::string("gemini-3.8-flash"));
    QVERIFY(m_names->describe(*m_catalogue->known(), "gemini-3.8-flash"));
}

void TstModelNames::anUnchangedListIsGooglesOwn()
{
    m_options.listsAliases = false;
    m_names->setOptions(m_options);
    read();
    QVERIFY(!m_names->changesLists());
    QCOMPARE(m_names->shown(m_catalogue->known()), m_catalogue->known());
}

void TstModelNames::describesAliases()
{
    read();
    const auto described = [this](std::string_view name) {
        const std::optional<ModelInfo> found = m_names->describe(*m_catalogue->known(), name);
        return found ? found->id + '=' + found->standsFor : std::string();
    };
    QCOMPARE(described("gemini-3.8-flash"), std::string("gemini-3.8-flash="));
    QCOMPARE(described("gpt-4o"), std::string("gpt-4o=gemini-3.8-flash"));
    QCOMPARE(described("fast-search"), std::string("fast-search=gemini-3.8-flash"));
    QCOMPARE(described("llama3.2"), std::string());
}

QTEST_GUILESS_MAIN(TstModelNames)
#include "tst_modelnames.moc"
