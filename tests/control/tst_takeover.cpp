#include <set>

#include <QTest>

#include "gateway/control/json/controljson.h"
#include "gateway/control/localcontrol.h"
#include "gateway/pool/keypool.h"
#include "tests/store/awaited.h"
#include "tests/store/storefixture.h"

using namespace Gateway;

namespace {

const std::string KEY = "AIzaSy" + std::string(33, 'k');

/// The configuration of the Python gateway.
const std::string OTHERS_ENV =
    "API_KEYS=[\"" + KEY +
    "\"]\n"
    "ALLOWED_TOKENS=[\"sk-old-token-0001\",\"sk-old-token-0002\"]\n"
    "AUTH_TOKEN=sk-old-administrator\n"
    "MAX_RETRIES=6\n"
    "MAX_FAILURES=7\n"
    "TIME_OUT=240\n"
    "PROXIES=[\"http://user:pass-word@10.0.0.1:8080\",\"socks5://10.0.0.2:1080\"]\n"
    "SMMS_SECRET_TOKEN=smms-secret-text\n";

} // namespace

/// What an import holds beside keys, over a real store.
class TstTakeover : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void tellsWhatElseThereIs();
    void aPreviewChangesNothing();
    void takesOverWhatIsNew();
    void whatIsHereStays();
    void namesThatAreTakenGetANumber();
    void refusedOnesDoNotStopTheRest();

private:
    void open()
    {
        m_control.reset();
        m_pool.reset();
        m_store.reset();
        m_store = m_fixture->open();
        m_pool = std::make_unique<KeyPool>(m_fixture->clock, PoolOptions(), nullptr);
        m_control = std::make_unique<LocalControl>(
            LocalParts{m_fixture->clock, *m_pool, *m_store, std::make_shared<Settings>(m_settings)});
    }

    template <typename T>
    Result<T> answered(const std::function<void(Reply<T>)> &call)
    {
        std::optional<Result<T>> answer;
        call(Reply<T>{m_control.get(), [&answer](Result<T> told) { answer.emplace(std::move(told)); }});
        if (!QTest::qWaitFor([&answer] { return answer.has_value(); }))
            return fail(500, "no_answer", "No answer came.");
        return std::move(*answer);
    }

    AddKeysResult added(const std::string &text, bool withOthers, bool isPreview = false)
    {
        AddKeys keys;
        keys.text = text;
        keys.withOthers = withOthers;
        keys.isPreview = isPreview;
        return answered<AddKeysResult>([&](auto reply) { m_control->keys().add(keys, reply); }).value();
    }

    std::vector<TokenView> tokens()
    {
        return answered<std::vector<TokenView>>([&](auto reply) { m_control->tokens().list(reply); }).value();
    }
    std::vector<ProxyView> proxies()
    {
        return answered<std::vector<ProxyView>>([&](auto reply) { m_control->serving().proxies(reply); })
            .value();
    }
    SettingView setting(const std::string &name)
    {
        const auto views =
            answered<std::vector<SettingView>>([&](auto reply) { m_control->settings().list(reply); });
        for (const SettingView &view : views.value()) {
            if (view.name == name)
                return view;
        }
        return {};
    }

    static OtherFind find(const AddKeysResult &result, const std::string &name)
    {
        for (const OtherFind &other : result.others) {
            if (other.name == name || other.value == name)
                return other;
        }
        return {FindKind::Setting, "nowhere", {}, FindVerdict::Refused, {}};
    }

    std::unique_ptr<StoreFixture> m_fixture;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<KeyPool> m_pool;
    Settings m_settings;
    std::unique_ptr<LocalControl> m_control;
};

void TstTakeover::init()
{
    m_fixture = std::make_unique<StoreFixture>();
    m_settings = Settings();
    QVERIFY(m_settings.set(findSetting("MAX_FAILURES")->id, "5", SettingSource::Environment));
    open();
}

void TstTakeover::cleanup()
{
    m_control.reset();
    m_pool.reset();
    m_store.reset();
}

void TstTakeover::tellsWhatElseThereIs()
{
    const AddKeysResult told = added(OTHERS_ENV, false);
    QCOMPARE(told.added, 1);
    QCOMPARE(told.taken, 0);
    QCOMPARE(told.others.size(), std::size_t(8));
    QCOMPARE(find(told, "MAX_RETRIES").value, std::string("5")); // that one counts all attempts
    QCOMPARE(find(told, "MAX_RETRIES").verdict, FindVerdict::New);
    QCOMPARE(find(told, "MAX_FAILURES").verdict, FindVerdict::Locked);
    QCOMPARE(find(told, "imported 1").kind, FindKind::Token);
    QCOMPARE(find(told, "imported 2").value, std::string("…0002"));
    QCOMPARE(told.others.back().kind, FindKind::Proxy);
    QVERIFY(!told.warnings.empty());
    const std::string text = toJson(jsonOf(told));
    for (const char *secret : {"sk-old-token", "administrator", "pass-word", "smms-secret"})
        QVERIFY2(text.find(secret) == std::string::npos, secret);
    QVERIFY(tokens().empty());
    QVERIFY(proxies().empty());
    QVERIFY(setting("MAX_RETRIES").value != "5");
}

void TstTakeover::aPreviewChangesNothing()
{
    const AddKeysResult told = added(OTHERS_ENV, true, true);
    QCOMPARE(told.added, 1);
    QCOMPARE(told.taken, 7);
    QVERIFY(tokens().empty());
    QCOMPARE(m_pool->counts().total, 0);
    QVERIFY(setting("MAX_RETRIES").value != "5");
}

void TstTakeover::takesOverWhatIsNew()
{
    {
        const ActingAs acting(*m_control, "admin of the test");
        QCOMPARE(added(OTHERS_ENV, true).taken, 7);
    }
    for (int round = 0; round < 2; ++round) {
        const std::vector<TokenView> views = tokens();
        QCOMPARE(views.size(), std::size_t(2));
        QCOMPARE(views[0].settings.name, std::string("imported 1"));
        QCOMPARE(views[1].hint, std::string("0002"));
        QVERIFY(m_control->tokenRows()[0].digest == tokenDigest("sk-old-token-0001"));
        QCOMPARE(proxies().size(), std::size_t(2));
        if (round == 0) {
            QCOMPARE(setting("MAX_RETRIES").value, std::string("5"));
            QCOMPARE(setting("MAX_RETRIES").source, std::string("store"));
            QCOMPARE(setting("MAX_FAILURES").value, std::string("5"));
        }
        // Once more, also after a restart: everything is known.
        const AddKeysResult again = added(OTHERS_ENV, true);
        QCOMPARE(again.taken, round == 0 ? 0 : 3); // the settings of the store are not read in this test
        QCOMPARE(find(again, "imported 1").verdict, FindVerdict::Known);
        QCOMPARE(again.others.back().verdict, FindVerdict::Known);
        const auto stored = m_store->loadSettings();
        QVERIFY(std::any_of(stored->begin(), stored->end(), [](const auto &entry) {
            return entry.first == "MAX_RETRIES" && entry.second == "5";
        }));
        std::vector<TokenRow> rows = m_store->loadTokens().value();
        std::vector<ProxyRow> kept = m_store->loadProxies().value();
        open();
        m_control->loadTokens(std::move(rows));
        m_control->loadProxies(std::move(kept));
    }
    const auto audit =
        Gateway::answered<std::vector<AuditRow>>([&](auto done) { m_store->readAudit({}, std::move(done)); });
    int ofTokens = 0;
    for (const AuditRow &row : audit.value())
        ofTokens += row.action == "tokens.import" && row.actor == "admin of the test" ? 1 : 0;
    QCOMPARE(ofTokens, 2);
}

void TstTakeover::whatIsHereStays()
{
    QVERIFY(answered<SettingView>([&](auto reply) { m_control->settings().set("MAX_RETRIES", "9", reply); }));
    QVERIFY(answered<SettingView>(
        [&](auto reply) { m_control->settings().set("ALLOWED_TOKENS", "sk-old-token-0002", reply); }));
    QVERIFY(answered<ProxyView>([&](auto reply) {
        m_control->serving().addProxy({"socks5://10.0.0.2:1080", "mine"}, reply);
    }));
    const AddKeysResult told = added(OTHERS_ENV, true);
    QCOMPARE(find(told, "MAX_RETRIES").verdict, FindVerdict::Known);
    QCOMPARE(find(told, "MAX_RETRIES").note, std::string("set_here"));
    QCOMPARE(setting("MAX_RETRIES").value, std::string("9"));
    QCOMPARE(find(told, "…0002").verdict, FindVerdict::Known);
    QCOMPARE(tokens().size(), std::size_t(2)); // one of either kind
    QCOMPARE(proxies().size(), std::size_t(2));
    QCOMPARE(told.taken, 4);
}

void TstTakeover::namesThatAreTakenGetANumber()
{
    TokenSettings mine;
    mine.name = "imported 1";
    QVERIFY(answered<IssuedToken>([&](auto reply) { m_control->tokens().create(mine, reply); }));
    QCOMPARE(added("ALLOWED_TOKENS=sk-old-token-0001,sk-old-token-0002", true).taken, 2);
    std::set<std::string> names;
    for (const TokenView &view : tokens())
        names.insert(view.settings.name);
    QCOMPARE(names, (std::set<std::string>{"imported 1", "imported 2", "imported 3"}));
}

void TstTakeover::refusedOnesDoNotStopTheRest()
{
    const AddKeysResult told =
        added("API_KEYS=[\"" + KEY + "\"]\nPROXIES=[\"not a proxy\",\"http://10.0.0.3:8080\"]\n", true);
    QCOMPARE(told.added, 1);
    QCOMPARE(told.taken, 1);
    QCOMPARE(told.others.front().verdict, FindVerdict::Refused);
    QVERIFY(!told.others.front().note.empty());
    QCOMPARE(proxies().size(), std::size_t(1));
}

QTEST_GUILESS_MAIN(TstTakeover)
#include "tst_takeover.moc"
