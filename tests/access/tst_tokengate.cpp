#include <QTest>

#include "gateway/access/accesstable.h"
#include "gateway/access/tokenbook.h"
#include "gateway/access/tokengate.h"
#include "tests/support/fakeclock.h"

using namespace Gateway;

class TstTokenGate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namedTokensAreFound();
    void namedLimitsHoldForAPlainTokenToo();
    void theAdminStaysTheAdmin();
    void switchedOffIs401();
    void expiredIs401();
    void otherDialectsAre403();
    void otherNetworksAre403();
    void otherModelsAre403();
    void limitsTellWhatAndWhen_data();
    void limitsTellWhatAndWhen();
    void anEditedTokenGoesOnWhereItWas();
    void settlesFromTheRecord();
    void knowsWhetherItIsUnlimited();
    void theBookMakesNewTables();
    void readsItsParametersOnce();
    void tellsOnceWhoATokenOfBeforeIs();
};

namespace {

struct Fixture
{
    FakeClock clock;
    TokenMeter meter{clock};

    std::shared_ptr<TokenGate> gate(TokenSettings settings, const char *text = "gb-named-token-0001")
    {
        settings.name = "team";
        TokenRow row = tokenRow(Secret(text), std::move(settings), clock.nowMs());
        row.id = 1;
        return std::make_shared<TokenGate>(std::move(row), meter);
    }
};

} // namespace

void TstTokenGate::namedTokensAreFound()
{
    Fixture fixture;
    std::vector<std::shared_ptr<TokenGate>> gates;
    for (int number = 0; number < 1'000; ++number)
        gates.push_back(
            fixture.gate({}, qPrintable(QString::number(number) + QStringLiteral("-named-token"))));
    const AccessTable table(Secret("admin-token-0001"), {Secret("plain-token-0001")}, gates);
    for (int number = 0; number < 1'000; ++number) {
        const Caller *caller = table.find(std::to_string(number) + "-named-token");
        QVERIFY(caller);
        QCOMPARE(caller->gate, gates[static_cast<std::size_t>(number)]);
        QCOMPARE(caller->name, std::string("team"));
        QVERIFY(!caller->isAdmin);
    }
    QVERIFY(!table.find("1000-named-token"));
    QVERIFY(!table.find("plain-token-0001")->gate);
    QVERIFY(!table.find("admin-token-0001")->gate);
}

void TstTokenGate::namedLimitsHoldForAPlainTokenToo()
{
    Fixture fixture;
    const AccessTable table(Secret("admin-token-0001"), {Secret("gb-named-token-0001")}, {fixture.gate({})});
    QVERIFY(table.find("gb-named-token-0001")->gate);
}

void TstTokenGate::theAdminStaysTheAdmin()
{
    Fixture fixture;
    const AccessTable table(Secret("admin-token-0001"), {}, {fixture.gate({}, "admin-token-0001")});
    QVERIFY(table.find("admin-token-0001")->isAdmin);
}

void TstTokenGate::switchedOffIs401()
{
    Fixture fixture;
    TokenSettings settings;
    settings.enabled = false;
    const Result<void> letIn = fixture.gate(settings)->letIn(Dialect::OpenAi, "127.0.0.1");
    QVERIFY(!letIn);
    QCOMPARE(letIn.error().status, 401);
    QCOMPARE(letIn.error().code, std::string("token_disabled"));
}

void TstTokenGate::expiredIs401()
{
    Fixture fixture;
    TokenSettings settings;
    settings.expiresMs = fixture.clock.nowMs() + 1000;
    const auto gate = fixture.gate(settings);
    QVERIFY(gate->letIn(Dialect::OpenAi, "127.0.0.1"));
    fixture.clock.advance(1000);
    const Result<void> letIn = gate->letIn(Dialect::OpenAi, "127.0.0.1");
    QVERIFY(!letIn);
    QCOMPARE(letIn.error().status, 401);
    QCOMPARE(letIn.error().code, std::string("token_expired"));
}

void TstTokenGate::otherDialectsAre403()
{
    Fixture fixture;
    TokenSettings settings;
    settings.allowedDialects = {Dialect::OpenAi};
    const auto gate = fixture.gate(settings);
    QVERIFY(gate->letIn(Dialect::OpenAi, "127.0.0.1"));
    const Result<void> letIn = gate->letIn(Dialect::Gemini, "127.0.0.1");
    QVERIFY(!letIn);
    QCOMPARE(letIn.error().status, 403);
    QCOMPARE(letIn.error().code, std::string("dialect_not_allowed"));
}

void TstTokenGate::otherNetworksAre403()
{
    Fixture fixture;
    TokenSettings settings;
    settings.networks = {"10.0.0.0/8", "::1"};
    const auto gate = fixture.gate(settings);
    QVERIFY(gate->letIn(Dialect::Gemini, "10.3.2.1"));
    QVERIFY(gate->letIn(Dialect::Gemini, "::ffff:10.3.2.1"));
    QVERIFY(gate->letIn(Dialect::Gemini, "::1"));
    const Result<void> letIn = gate->letIn(Dialect::Gemini, "192.168.0.1");
    QVERIFY(!letIn);
    QCOMPARE(letIn.error().status, 403);
    QCOMPARE(letIn.error().code, std::string("network_not_allowed"));
    // A network that cannot be read lets nobody in.
    settings.networks = {"10.0.0.0/99"};
    QVERIFY(!fixture.gate(settings)->letIn(Dialect::Gemini, "10.3.2.1"));
}

void TstTokenGate::otherModelsAre403()
{
    Fixture fixture;
    TokenSettings settings;
    settings.allowedModels = {"gemini-3.5-*", "gemini-embedding-001"};
    settings.limits.dayRequests = 2;
    const auto gate = fixture.gate(settings);
    const Result<void> refused = gate->admit("gemini-3.1-pro-preview");
    QVERIFY(!refused);
    QCOMPARE(refused.error().status, 403);
    QCOMPARE(refused.error().code, std::string("model_not_allowed"));
    QCOMPARE(refused.error().param, std::string("model"));
    QVERIFY(gate->admit("gemini-3.5-flash")); // the refused one used nothing up
    QVERIFY(gate->admit(""));
    QCOMPARE(gate->admit("gemini-embedding-001").error().status, 429);
}

void TstTokenGate::limitsTellWhatAndWhen_data()
{
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QString>("text");
    QTest::newRow("minute requests") << QByteArray("token_minute_requests")
                                     << "The access token \"team\" has reached its limit (requests a minute: "
                                        "1); it may go on in 61 s.";
    QTest::newRow("day tokens") << QByteArray("token_day_tokens")
                                << "The access token \"team\" has reached its limit (tokens a UTC day: "
                                   "100); it may go on in 12 h.";
    QTest::newRow("money") << QByteArray("token_month_spend")
                           << "The access token \"team\" has reached its limit (US dollars a UTC month: "
                              "2.50); it may go on in 30 days.";
}

void TstTokenGate::limitsTellWhatAndWhen()
{
    QFETCH(QByteArray, code);
    QFETCH(QString, text);
    Fixture fixture;
    TokenSettings settings;
    if (code == "token_minute_requests")
        settings.limits.minuteRequests = 1;
    else if (code == "token_day_tokens")
        settings.limits.dayTokens = 100;
    else
        settings.limits.monthMicroUsd = 2'500'000;
    const auto gate = fixture.gate(settings);
    QVERIFY(gate->admit("m"));
    RequestRecord record;
    record.tokens.total = 100;
    record.costMicro = 2'500'000;
    gate->settle(record);
    const Result<void> refused = gate->admit("m");
    QVERIFY(!refused);
    QCOMPARE(refused.error().status, 429);
    QCOMPARE(QByteArray::fromStdString(refused.error().code), code);
    QCOMPARE(QString::fromStdString(refused.error().text), text);
    QVERIFY(refused.error().retryAfterMs > 0);
}

void TstTokenGate::anEditedTokenGoesOnWhereItWas()
{
    Fixture fixture;
    TokenSettings settings;
    settings.limits.dayRequests = 2;
    const auto before = fixture.gate(settings);
    QVERIFY(before->admit("m"));
    settings.limits.dayRequests = 3;
    const auto after = fixture.gate(settings);
    QVERIFY(after->admit("m"));
    QVERIFY(!before->admit("m")); // a request that still knows the old rules
    QVERIFY(after->admit("m"));
    QVERIFY(!after->admit("m"));
}

void TstTokenGate::settlesFromTheRecord()
{
    Fixture fixture;
    const auto gate = fixture.gate({});
    RequestRecord record;
    gate->settle(record); // nothing was told
    QVERIFY(fixture.meter.takeChanges().empty());
    record.tokens.prompt = 10;
    record.tokens.candidates = 5;
    record.tokens.thoughts = 3;
    record.tokens.cached = 8; // part of the prompt
    gate->settle(record);
    QCOMPARE(fixture.meter.snapshot().front().dayTokens, std::int64_t{18});
    record.tokens.total = 20;
    gate->settle(record);
    QCOMPARE(fixture.meter.snapshot().front().dayTokens, std::int64_t{38});
}

void TstTokenGate::knowsWhetherItIsUnlimited()
{
    Fixture fixture;
    TokenSettings settings;
    QVERIFY(fixture.gate(settings)->isUnlimited());
    settings.limits.dayTokens = 1;
    QVERIFY(!fixture.gate(settings)->isUnlimited());
    settings = {};
    settings.allowedModels = {"x"};
    QVERIFY(!fixture.gate(settings)->isUnlimited());
    settings = {};
    settings.expiresMs = 1;
    QVERIFY(!fixture.gate(settings)->isUnlimited());
}

void TstTokenGate::theBookMakesNewTables()
{
    FakeClock clock;
    TokenBook book(clock);
    TokenSettings settings;
    settings.name = "team";
    settings.limits.dayRequests = 1;
    TokenRow row = tokenRow(Secret("gb-named-token-0001"), settings, 0);
    row.id = 5;
    book.setPlain(Secret("admin-token-0001"), {Secret("plain-token-0001")});
    book.setNamed({row});
    const auto before = book.makeTable();
    QVERIFY(before->find("gb-named-token-0001")->gate->admit("m"));

    row.settings.limits.dayRequests = 2;
    book.setNamed({row});
    const auto after = book.makeTable();
    QVERIFY(before->find("plain-token-0001") && after->find("plain-token-0001"));
    QVERIFY(
        !before->find("gb-named-token-0001")->gate->admit("m")); // who holds the old table keeps its rules
    QVERIFY(after->find("gb-named-token-0001")->gate->admit("m"));
    QCOMPARE(book.meter().snapshot().front().dayRequests, std::int64_t{2});

    book.setNamed({});
    QVERIFY(!book.makeTable()->find("gb-named-token-0001"));
}

void TstTokenGate::readsItsParametersOnce()
{
    Fixture fixture;
    TokenSettings settings;
    settings.parameters = "thinking=low; headers=\"X-Team: a\"";
    const auto gate = fixture.gate(settings);
    QVERIFY(gate->parameters() && gate->parameters()->thinking);
    QCOMPARE(gate->parameters()->headers, (Headers{{"X-Team", "a"}}));
    QVERIFY(!fixture.gate({})->parameters());
    settings.parameters = "of a later version=1"; // nothing is better than no answer
    QVERIFY(!fixture.gate(settings)->parameters());
}

void TstTokenGate::tellsOnceWhoATokenOfBeforeIs()
{
    FakeClock clock;
    TokenBook book(clock);
    std::vector<std::pair<TokenId, std::string>> told;
    book.setOwnerFound([&told](TokenId id, std::string owner) { told.emplace_back(id, std::move(owner)); });
    TokenRow known = tokenRow(Secret("gb-named-token-0001"), {}, 0);
    TokenRow before = tokenRow(Secret("gb-named-token-0002"), {}, 0);
    known.id = 1;
    before.id = 2;
    before.owner.clear();
    book.setPlain({}, {Secret("plain-token-0001")});
    book.setNamed({known, before});
    const auto table = book.makeTable();
    for (int i = 0; i < 2; ++i) {
        for (const char *text : {"gb-named-token-0001", "gb-named-token-0002"})
            table->find(text)->gate->noteText(text);
    }
    using Told = std::vector<std::pair<TokenId, std::string>>;
    QCOMPARE(told, (Told{{2, tokenFingerprint("gb-named-token-0002")}}));
    QCOMPARE(table->find("gb-named-token-0001")->owner, tokenFingerprint("gb-named-token-0001"));
    QVERIFY(table->find("gb-named-token-0002")->owner.empty());
    QVERIFY(table->find("plain-token-0001")->owner.empty()); // its text says it
}

QTEST_APPLESS_MAIN(TstTokenGate)
#include "tst_tokengate.moc"
