#include <QTest>

#include "gateway/control/json/controljson.h"
#include "gateway/control/json/words.h"
#include "gateway/control/values/keyedit.h"
#include "gateway/control/values/keyinfo.h"
#include "gateway/control/values/requestview.h"
#include "gateway/control/values/settingview.h"
#include "gateway/control/values/tokenview.h"

using namespace Gateway;

class TstControlJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aKeyComesBackWhole();
    void aTokenComesBackWhole();
    void aSettingComesBackWhole();
    void aFilterKeepsWhatIsAbsent();
    void aPatchTellsAbsentFromEmpty();
    void faultsNameTheMember_data();
    void faultsNameTheMember();
    void mistypedMembersAreRefusedOnDemand();
    void secretsAreWrittenOnlyWhereTheyAreAskedFor();
    void everyEnumHasItsWords();
};

namespace {

KeyInfo someKey()
{
    KeyInfo key;
    key.id = 17;
    key.masked = "AIza…x9Qk";
    key.settings = {"Studio 01", "mine",        {"a", "b"},      "proj",        5,  200,
                    false,       {"gemini-*"},  {"gemini-x"},    "http://p:1",  10, 20,
                    30,          KeyTier::Paid, KeyKind::Vertex, "https://v/v1"};
    key.status = KeyStatus::Resting;
    key.untilMs = 1'790'000'000'000;
    key.reason = "RESOURCE_EXHAUSTED";
    key.failures = 2;
    key.calls = 9'007'199'254'740'993; // more than a double holds
    key.minuteShare = 0.25;
    KeyModelInfo model;
    model.model = "gemini-3.6-flash";
    model.quotas = {{QuotaKind::MinuteRequests, 3, 10, 1'790'000'000'000}};
    key.models = {model};
    return key;
}

} // namespace

void TstControlJson::aKeyComesBackWhole()
{
    const KeyInfo key = someKey();
    const Result<json::value> parsed = parseJson(toJson(jsonOf(key)));
    QVERIFY(parsed);
    const Result<KeyInfo> back = fromJson<KeyInfo>(*parsed, UnknownMembers::Refused);
    QVERIFY2(back, back ? "" : back.error().text.c_str());
    QVERIFY(*back == key);
    const json::object &object = parsed->get_object();
    QCOMPARE(stringAt(object, "status"), std::string_view("resting"));
    QCOMPARE(stringAt(object, "key"), std::string_view("AIza…x9Qk"));
}

void TstControlJson::aTokenComesBackWhole()
{
    TokenView token;
    token.id = 3;
    token.hint = "x9Qk";
    token.settings = {"n8n",          "mine",   false,          5, {"gemini-*"}, {Dialect::OpenAi}, {"team"},
                      {"10.0.0.0/8"}, "search", {1, 2, 3, 4, 5}};
    token.use.dayRequests = 7;
    token.use.monthMicroUsd = 9;
    const Result<TokenView> back = fromJson<TokenView>(jsonOf(token), UnknownMembers::Refused);
    QVERIFY(back);
    QVERIFY(*back == token);
}

void TstControlJson::aSettingComesBackWhole()
{
    SettingView setting;
    setting.name = "DAY_QUOTA_RULE";
    setting.choices = {"midnight", "retry_delay"};
    setting.isLocked = true;
    setting.isPending = true;
    const Result<SettingView> back = fromJson<SettingView>(jsonOf(setting), UnknownMembers::Refused);
    QVERIFY(back);
    QVERIFY(*back == setting);
}

void TstControlJson::aFilterKeepsWhatIsAbsent()
{
    RequestQuery query;
    QVERIFY(!jsonOf(query).at("filter").get_object().contains("dialect"));
    query.filter.dialect = Dialect::Anthropic;
    const Result<RequestQuery> back = fromJson<RequestQuery>(jsonOf(query));
    QVERIFY(back);
    QCOMPARE(back->filter.dialect, std::optional(Dialect::Anthropic));
    QCOMPARE(back->limit, 100);
}

void TstControlJson::aPatchTellsAbsentFromEmpty()
{
    const Result<KeyPatch> patch = fromJson<KeyPatch>(*parseJson(R"({"label":"","tags":[]})"));
    QVERIFY(patch);
    QCOMPARE(patch->label, std::optional<std::string>(""));
    QVERIFY(patch->tags && patch->tags->empty());
    QVERIFY(!patch->note);
    QVERIFY(!patch->enabled);
}

void TstControlJson::faultsNameTheMember_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("param");
    QTest::newRow("text for a number")
        << QByteArray(R"({"settings":{"weight":"x"}})") << QByteArray("settings.weight");
    QTest::newRow("fraction") << QByteArray(R"({"settings":{"weight":1.5}})")
                              << QByteArray("settings.weight");
    QTest::newRow("too large") << QByteArray(R"({"settings":{"weight":9999999999}})")
                               << QByteArray("settings.weight");
    QTest::newRow("unknown word") << QByteArray(R"({"status":"ill"})") << QByteArray("status");
    QTest::newRow("in an array") << QByteArray(R"({"settings":{"tags":["a",1]}})")
                                 << QByteArray("settings.tags[1]");
    QTest::newRow("no array") << QByteArray(R"({"models":{}})") << QByteArray("models");
    QTest::newRow("no flag") << QByteArray(R"({"settings":{"enabled":1}})") << QByteArray("settings.enabled");
}

void TstControlJson::faultsNameTheMember()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, param);
    const Result<KeyInfo> read = fromJson<KeyInfo>(*parseJson(text.toStdString()));
    QVERIFY(!read);
    QCOMPARE(read.error().status, 422);
    QCOMPARE(QByteArray::fromStdString(read.error().param), param);
}

void TstControlJson::mistypedMembersAreRefusedOnDemand()
{
    const json::value value = *parseJson(R"({"label":"a","wieght":3})");
    QVERIFY(fromJson<KeyPatch>(value, UnknownMembers::Ignored));
    const Result<KeyPatch> read = fromJson<KeyPatch>(value, UnknownMembers::Refused);
    QVERIFY(!read);
    QCOMPARE(read.error().param, std::string("wieght"));
    QVERIFY(!fromJson<KeyPatch>(*parseJson("[]")));
}

void TstControlJson::secretsAreWrittenOnlyWhereTheyAreAskedFor()
{
    const RevealedKey key{1, Secret("AIzaSyNotARealKeyNotARealKeyNotARealKey")};
    QVERIFY(toJson(jsonOf(key)).find("NotARealKey") != std::string::npos);
    const Result<RevealedKey> back = fromJson<RevealedKey>(jsonOf(key));
    QVERIFY(back);
    QVERIFY(back->secret.equals(key.secret.reveal()));
}

void TstControlJson::everyEnumHasItsWords()
{
    QCOMPARE(nameOf(GatewayStatus::State::Paused), std::string_view("paused"));
    QCOMPARE(nameOf(KeyStatus::Disabled), std::string_view("disabled"));
    QCOMPARE(nameOf(KeyTier::Paid), std::string_view("paid"));
    QCOMPARE(nameOf(KeyVerdict::Malformed), std::string_view("malformed"));
    QCOMPARE(nameOf(FindKind::Proxy), std::string_view("proxy"));
    QCOMPARE(nameOf(FindVerdict::Refused), std::string_view("refused"));
    QCOMPARE(nameOf(CheckVerdict::Unclear), std::string_view("unclear"));
    QCOMPARE(nameOf(ModelBreaker::HalfOpen), std::string_view("half_open"));
    QCOMPARE(nameOf(LogLevel::Error), std::string_view("error"));
    QCOMPARE(wordsOf(QuotaKind::None).size(), QUOTA_KINDS);
    for (const Dialect dialect :
         {Dialect::Gemini, Dialect::OpenAi, Dialect::Anthropic, Dialect::Ollama, Dialect::Admin})
        QCOMPARE(nameOf(dialect), dialectName(dialect));
    for (std::size_t kind = 1; kind < QUOTA_KINDS; ++kind)
        QCOMPARE(nameOf(static_cast<QuotaKind>(kind)), quotaKindName(static_cast<QuotaKind>(kind)));
    QVERIFY(!fromName<KeyTier>("dear"));
}

QTEST_APPLESS_MAIN(TstControlJson)
#include "tst_controljson.moc"
