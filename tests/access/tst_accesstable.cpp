#include <QTest>

#include "gateway/access/accesstable.h"
#include "gateway/access/tokenhash.h"

using namespace Gateway;

class TstAccessTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void letsTheAdminIn();
    void letsAllowedTokensIn();
    void refusesOthers();
    void emptyTextsNeverMatch();
    void theAdminStaysTheAdmin();
    void takesDuplicates();
    void namesShowLittle();
    void takesManyTokens();
    void readsBearer();
    void readsTheOtherHeaders();
    void readsTheQuery();
    void theFirstThatIsNotEmptyWins();
    void hashesAreKeyed();
};

void TstAccessTable::letsTheAdminIn()
{
    const AccessTable table(Secret("admin-token-0001"), {});
    const Caller *caller = table.find("admin-token-0001");
    QVERIFY(caller);
    QVERIFY(caller->isAdmin);
    QCOMPARE(caller->name, std::string("admin"));
}

void TstAccessTable::letsAllowedTokensIn()
{
    const AccessTable table(Secret("admin-token-0001"),
                            {Secret("client-token-x9Qk"), Secret("other-token-0002")});
    const Caller *caller = table.find("client-token-x9Qk");
    QVERIFY(caller);
    QVERIFY(!caller->isAdmin);
    QCOMPARE(caller->name, std::string("token …x9Qk"));
    QVERIFY(table.find("other-token-0002"));
}

void TstAccessTable::refusesOthers()
{
    const AccessTable table(Secret("admin-token-0001"), {Secret("client-token-x9Qk")});
    for (const std::string_view token : {"admin-token-0002", "admin-token-000", "admin-token-00011", "x9Qk",
                                         "CLIENT-TOKEN-X9QK", " client-token-x9Qk"})
        QVERIFY(!table.find(token));
    QVERIFY(!table.find(std::string_view("client-token-x9Qk\0", 18)));
}

void TstAccessTable::emptyTextsNeverMatch()
{
    const AccessTable table(Secret(), {Secret(), Secret("")});
    QVERIFY(!table.find(""));
    QVERIFY(!table.find({}));
    const AccessTable none(Secret(""), {});
    QVERIFY(!none.find(""));
    QVERIFY(!none.find("anything"));
}

void TstAccessTable::theAdminStaysTheAdmin()
{
    const AccessTable table(Secret("admin-token-0001"), {Secret("admin-token-0001")});
    QVERIFY(table.find("admin-token-0001")->isAdmin);
}

void TstAccessTable::takesDuplicates()
{
    const AccessTable table(Secret("admin-token-0001"),
                            {Secret("client-token-x9Qk"), Secret("client-token-x9Qk")});
    QVERIFY(table.find("client-token-x9Qk"));
    QVERIFY(!table.find("client-token-x9Qk")->isAdmin);
}

void TstAccessTable::namesShowLittle()
{
    const AccessTable table(Secret(), {Secret("12345678901"), Secret("123456789012")});
    QCOMPARE(table.find("12345678901")->name, std::string("token …"));
    QCOMPARE(table.find("123456789012")->name, std::string("token …9012"));
}

void TstAccessTable::takesManyTokens()
{
    std::vector<Secret> tokens;
    for (int i = 0; i < 5'000; ++i)
        tokens.emplace_back("many-tokens-" + std::to_string(i));
    const AccessTable table(Secret("admin-token-0001"), tokens);
    for (const Secret &token : tokens)
        QVERIFY(table.find(token.reveal()));
    QVERIFY(!table.find("many-tokens-5000"));
}

void TstAccessTable::readsBearer()
{
    QCOMPARE(tokenOf({{"Authorization", "Bearer abc"}}, ""), std::string("abc"));
    QCOMPARE(tokenOf({{"authorization", "bEARER   abc  "}}, ""), std::string("abc"));
    QCOMPARE(tokenOf({{"Authorization", "Basic abc"}}, ""), std::string());
    QCOMPARE(tokenOf({{"Authorization", "Bearerabc"}}, ""), std::string());
    QCOMPARE(tokenOf({{"Authorization", "Bearer"}}, ""), std::string());
    QCOMPARE(tokenOf({{"Authorization", "Bearer "}}, ""), std::string());
    QCOMPARE(tokenOf({}, ""), std::string());
}

void TstAccessTable::readsTheOtherHeaders()
{
    QCOMPARE(tokenOf({{"X-Goog-Api-Key", "abc"}}, ""), std::string("abc"));
    QCOMPARE(tokenOf({{"X-API-KEY", " abc "}}, ""), std::string("abc"));
}

void TstAccessTable::readsTheQuery()
{
    QCOMPARE(tokenOf({}, "alt=sse&key=a%2Bb"), std::string("a+b"));
    QCOMPARE(tokenOf({}, "alt=sse&keys=ab"), std::string());
}

void TstAccessTable::theFirstThatIsNotEmptyWins()
{
    const Headers all{
        {"x-api-key", "third"}, {"x-goog-api-key", "second"}, {"Authorization", "Bearer first"}};
    QCOMPARE(tokenOf(all, "key=fourth"), std::string("first"));
    QCOMPARE(tokenOf({all[0], all[1], {"Authorization", "Bearer "}}, "key=fourth"), std::string("second"));
    QCOMPARE(tokenOf({all[0], {"x-goog-api-key", "  "}, {"Authorization", "Basic x"}}, "key=fourth"),
             std::string("third"));
    QCOMPARE(tokenOf({{"x-api-key", ""}}, "key=fourth"), std::string("fourth"));
}

void TstAccessTable::hashesAreKeyed()
{
    const TokenHash one;
    const TokenHash other;
    QCOMPARE(one.of("abc"), one.of("abc"));
    QVERIFY(one.of("abc") != other.of("abc"));
    QVERIFY(one.of("ab", "c") != one.of("a", "bc"));
}

QTEST_APPLESS_MAIN(TstAccessTable)
#include "tst_accesstable.moc"
