#include <QTest>

#include "gateway/access/tokengate.h"
#include "gateway/relay/admission.h"
#include "tests/support/fakeclock.h"

using namespace Gateway;

class TstAdmission : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutAllowanceAllIsAdmitted();
    void theModelIsReadWhereItStands_data();
    void theModelIsReadWhereItStands();
    void unlimitedModelsNeedNoBody();
    void limitedTokensMakeNoCredentials();
    void limitsAreCountedOnce();
    void listsAreFiltered();
    void whichRequestsAreLists_data();
    void whichRequestsAreLists();
};

namespace {

FakeClock s_clock;

ClientRequest request(std::string method, std::string path, std::string body, TokenSettings settings)
{
    static TokenMeter meter(s_clock);
    static TokenId nextId = 0;
    settings.name = "team";
    TokenRow row = tokenRow(Secret("gb-named-token-0001"), std::move(settings), 0);
    row.id = ++nextId;
    ClientRequest made;
    made.method = std::move(method);
    made.path = std::move(path);
    made.body = std::move(body);
    made.allowance = std::make_shared<TokenGate>(std::move(row), meter);
    return made;
}

TokenSettings onlyFlash()
{
    TokenSettings settings;
    settings.allowedModels = {"gemini-3.5-flash*"};
    return settings;
}

Result<void> admitted(ClientRequest request)
{
    const NativeRequest native = prepareNative(request, "https://example.com");
    return admitNative(request, native, request.body);
}

} // namespace

void TstAdmission::withoutAllowanceAllIsAdmitted()
{
    ClientRequest plain = request("POST", "/v1alpha/auth_tokens", "{}", {});
    plain.allowance = nullptr;
    QVERIFY(admitted(plain));
    QVERIFY(admit(plain, "any"));
}

void TstAdmission::theModelIsReadWhereItStands_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("expected");
    const auto row = [](const char *name, const char *method, const char *path, const char *body,
                        bool expected) {
        QTest::newRow(name) << QByteArray(method) << QByteArray(path) << QByteArray(body) << expected;
    };
    row("path, allowed", "POST", "/v1beta/models/gemini-3.5-flash-lite:generateContent", "{}", true);
    row("path, other", "POST", "/v1beta/models/gemini-3.1-pro:generateContent", "{}", false);
    row("path, escaped", "POST", "/v1beta/models/gemini-3.1%2Dpro:generateContent", "{}", false);
    row("body does not matter then", "POST", "/v1beta/models/gemini-3.1-pro:generateContent",
        R"({"model":"gemini-3.5-flash"})", false);
    row("interaction, allowed", "POST", "/v1beta/interactions", R"({"model":"gemini-3.5-flash"})", true);
    row("interaction, other", "POST", "/v1beta/interactions", R"({"model":"gemini-3.1-pro"})", false);
    row("interaction of an agent", "POST", "/v1beta/interactions",
        R"({"model":"gemini-3.5-flash","agent":"deep-research"})", false);
    row("interaction without a model", "POST", "/v1beta/interactions", R"({"input":"hi"})", false);
    row("unreadable body", "POST", "/v1beta/interactions", "\x1f\x8b", false);
    row("stop an interaction", "POST", "/v1beta/interactions/x/cancel", "", true);
    row("read an interaction", "GET", "/v1beta/interactions/x", "", true);
    row("a method behind GET", "GET", "/v1beta/models/gemini-3.1-pro:generateContent", "", false);
    row("Google's OpenAI form", "POST", "/v1beta/openai/chat/completions",
        R"({"model":"models/gemini-3.1-pro"})", false);
    row("Google's OpenAI form, allowed", "POST", "/v1beta/openai/chat/completions",
        R"({"model":"models/gemini-3.5-flash"})", true);
    row("cache", "POST", "/v1beta/cachedContents", R"({"model":"models/gemini-3.5-flash"})", true);
    row("another model's cache", "POST", "/v1beta/cachedContents", R"({"model":"models/gemini-3.1-pro"})",
        false);
    row("files", "POST", "/upload/v1beta/files", R"({"file":{}})", true);
    row("something new", "POST", "/v1beta/dynamic/x:generateContent", R"({"model":"gemini-3.5-flash"})",
        false);
    row("tuned model", "POST", "/v1beta/tunedModels/x:generateContent", "{}", false);
}

void TstAdmission::theModelIsReadWhereItStands()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, body);
    QFETCH(bool, expected);
    const Result<void> result =
        admitted(request(method.toStdString(), path.toStdString(), body.toStdString(), onlyFlash()));
    QCOMPARE(result.has_value(), expected);
    if (!expected) {
        QCOMPARE(result.error().status, 403);
        QCOMPARE(result.error().code, std::string("model_not_allowed"));
    }
    ClientRequest sly = request("GET", path.toStdString(), body.toStdString(), onlyFlash());
    sly.headers = {{"X-HTTP-Method-Override", "POST"}};
    QCOMPARE(admitted(sly).has_value(), expected);
}

void TstAdmission::unlimitedModelsNeedNoBody()
{
    QVERIFY(admitted(request("POST", "/v1beta/interactions", R"({"input":"hi"})", {})));
}

void TstAdmission::limitedTokensMakeNoCredentials()
{
    QVERIFY(admitted(request("POST", "/v1alpha/auth_tokens", "{}", {})));
    TokenSettings settings;
    settings.limits.dayRequests = 5;
    const Result<void> result = admitted(request("POST", "/v1alpha/auth_tokens", "{}", settings));
    QVERIFY(!result);
    QCOMPARE(result.error().code, std::string("credential_not_allowed"));
}

void TstAdmission::limitsAreCountedOnce()
{
    TokenSettings settings;
    settings.limits.dayRequests = 2;
    const ClientRequest asked = request("POST", "/v1beta/models/x:generateContent", "{}", settings);
    QVERIFY(admitted(asked));
    QVERIFY(admit(asked, "x"));
    const Result<void> result = admitted(asked);
    QVERIFY(!result);
    QCOMPARE(result.error().status, 429);
}

void TstAdmission::listsAreFiltered()
{
    std::vector<ModelInfo> all(5);
    all[0].id = "gemini-3.5-flash";
    all[1].id = "gemini-3.1-pro";
    all[2].id = "gemini-3.5-flash-lite";
    all[3].id = "gemini-3.5-flash-of-mine"; // a name counts as the model behind it
    all[3].standsFor = "gemini-3.1-pro";
    all[4].id = "quick";
    all[4].standsFor = "gemini-3.5-flash";
    const auto models = std::make_shared<const std::vector<ModelInfo>>(all);
    const ModelCatalogue::Models shown = allowedModels(request("GET", "/v1/models", "", onlyFlash()), models);
    QCOMPARE(shown->size(), std::size_t{3});
    QCOMPARE((*shown)[1].id, std::string("gemini-3.5-flash-lite"));
    QCOMPARE((*shown)[2].id, std::string("quick"));
    QCOMPARE(allowedModels(request("GET", "/v1/models", "", {}), models), models);
    QCOMPARE(allowedModels(ClientRequest(), models), models);
}

void TstAdmission::whichRequestsAreLists_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("id");
    const QByteArray none("(none)");
    QTest::newRow("the list") << QByteArray("GET") << QByteArray("/v1beta/models") << QByteArray("");
    QTest::newRow("with a prefix") << QByteArray("GET") << QByteArray("/gemini/v1/models") << QByteArray("");
    QTest::newRow("one") << QByteArray("GET") << QByteArray("/v1beta/models/gemini-3.5-flash")
                         << QByteArray("gemini-3.5-flash");
    QTest::newRow("deeper") << QByteArray("GET") << QByteArray("/v1beta/models/x/operations") << none;
    QTest::newRow("a call") << QByteArray("POST") << QByteArray("/v1beta/models/x:generateContent") << none;
    QTest::newRow("files") << QByteArray("GET") << QByteArray("/v1beta/files") << none;
}

void TstAdmission::whichRequestsAreLists()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, path);
    const auto id = askedModels(request(method.toStdString(), path.toStdString(), "", {}));
    QTEST(id ? QByteArray::fromStdString(*id) : QByteArray("(none)"), "id");
}

QTEST_APPLESS_MAIN(TstAdmission)
#include "tst_admission.moc"
