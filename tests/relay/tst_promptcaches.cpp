#include <QTest>

#include "gateway/relay/promptcaches.h"
#include "tests/support/fakeclock.h"

using namespace Gateway;

/// What the gateway remembers of its caches at Google.
class TstPromptCaches : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsTheFirst();
    void knowsKeysApart();
    void forgetsWhatIsOver();
    void forgetsWhatIsGone();
    void isMadeByOneOnly();
    void isNotMadeAgainAtOnce();
    void isBlockedWithKeyAndModel();
    void isExtendedByOneOnly();
    void keepsThoseUsedLast();
};

namespace {

constexpr std::int64_t TTL = 300'000;
constexpr std::int64_t MINUTE = 60'000;
const std::string MODEL = "gemini-x";

std::string nameOf(PromptCaches &caches, const std::vector<std::string> &prints, KeyId key = 1)
{
    const auto found = caches.find(prints, key);
    return found ? found->name : "none";
}

void make(PromptCaches &caches, const FakeClock &clock, const std::string &print, KeyId key = 1)
{
    caches.made(print, key, "cachedContents/" + print, TTL, clock.nowMs() + TTL);
}

} // namespace

void TstPromptCaches::findsTheFirst()
{
    const FakeClock clock;
    PromptCaches caches(clock);
    QCOMPARE(nameOf(caches, {"c", "b", "a"}), std::string("none"));
    make(caches, clock, "a");
    make(caches, clock, "b");
    const auto found = caches.find(std::vector<std::string>{"c", "b", "a"}, 1);
    QVERIFY(found);
    QCOMPARE(found->index, std::size_t(1));
    QCOMPARE(found->name, std::string("cachedContents/b"));
    QCOMPARE(found->ttlMs, TTL);
    QVERIFY(!found->mayExtend);
}

void TstPromptCaches::knowsKeysApart()
{
    const FakeClock clock;
    PromptCaches caches(clock);
    make(caches, clock, "a", 1);
    QCOMPARE(nameOf(caches, {"a"}, 2), std::string("none"));
    QVERIFY(caches.claim("a", 2, MODEL));
    QVERIFY(!caches.claim("a", 1, MODEL));
}

void TstPromptCaches::forgetsWhatIsOver()
{
    FakeClock clock;
    PromptCaches caches(clock);
    make(caches, clock, "a");
    clock.advance(TTL - MINUTE);
    QCOMPARE(nameOf(caches, {"a"}), std::string("cachedContents/a"));
    clock.advance(MINUTE - 1000); // Google still has it, but not for long enough
    QCOMPARE(nameOf(caches, {"a"}), std::string("none"));
    QCOMPARE(caches.size(), std::size_t(0));
    QVERIFY(caches.claim("a", 1, MODEL));
}

void TstPromptCaches::forgetsWhatIsGone()
{
    const FakeClock clock;
    PromptCaches caches(clock);
    make(caches, clock, "a");
    caches.forget("a", 2);
    QCOMPARE(nameOf(caches, {"a"}), std::string("cachedContents/a"));
    caches.forget("a", 1);
    QCOMPARE(nameOf(caches, {"a"}), std::string("none"));
    QVERIFY(caches.claim("a", 1, MODEL));
    caches.forget("a", 1); // of one that is being made nothing is known to be gone
    QVERIFY(!caches.claim("a", 1, MODEL));
}

void TstPromptCaches::isMadeByOneOnly()
{
    FakeClock clock;
    PromptCaches caches(clock);
    QVERIFY(caches.claim("a", 1, MODEL));
    QVERIFY(!caches.claim("a", 1, MODEL));
    QCOMPARE(nameOf(caches, {"a"}), std::string("none"));
    clock.advance(3 * MINUTE); // whoever had claimed it never came back
    QVERIFY(caches.claim("a", 1, MODEL));
    make(caches, clock, "a");
    QCOMPARE(nameOf(caches, {"a"}), std::string("cachedContents/a"));
}

void TstPromptCaches::isNotMadeAgainAtOnce()
{
    FakeClock clock;
    PromptCaches caches(clock);
    QVERIFY(caches.claim("a", 1, MODEL));
    caches.failed("a", 1, MODEL, false);
    clock.advance(5 * MINUTE);
    QVERIFY(!caches.claim("a", 1, MODEL));
    QVERIFY(caches.claim("b", 1, MODEL));
    clock.advance(6 * MINUTE);
    QVERIFY(caches.claim("a", 1, MODEL));
}

void TstPromptCaches::isBlockedWithKeyAndModel()
{
    FakeClock clock;
    PromptCaches caches(clock);
    QVERIFY(caches.claim("a", 1, MODEL));
    caches.failed("a", 1, MODEL, true);
    QVERIFY(!caches.claim("b", 1, MODEL));
    QVERIFY(caches.claim("b", 2, MODEL));
    QVERIFY(caches.claim("c", 1, "gemini-y"));
    clock.advance(11 * MINUTE);
    QVERIFY(caches.claim("b", 1, MODEL));
    caches.block(1, MODEL);
    QVERIFY(!caches.claim("d", 1, MODEL));
}

void TstPromptCaches::isExtendedByOneOnly()
{
    FakeClock clock;
    PromptCaches caches(clock);
    const std::vector<std::string> prints{"a"};
    make(caches, clock, "a");
    clock.advance(TTL / 2 + 1000);
    QVERIFY(caches.find(prints, 1)->mayExtend);
    QVERIFY(!caches.find(prints, 1)->mayExtend);
    caches.extended("a", 1, clock.nowMs() + TTL);
    clock.advance(TTL / 2 - 1000);
    QVERIFY(!caches.find(prints, 1)->mayExtend);
    clock.advance(2000);
    QVERIFY(caches.find(prints, 1)->mayExtend);
}

void TstPromptCaches::keepsThoseUsedLast()
{
    const FakeClock clock;
    PromptCaches caches(clock, 2);
    make(caches, clock, "a");
    make(caches, clock, "b");
    QCOMPARE(nameOf(caches, {"a"}), std::string("cachedContents/a"));
    make(caches, clock, "c");
    QCOMPARE(caches.size(), std::size_t(2));
    QCOMPARE(nameOf(caches, {"b"}), std::string("none"));
    QCOMPARE(nameOf(caches, {"a"}), std::string("cachedContents/a"));
    QCOMPARE(nameOf(caches, {"c"}), std::string("cachedContents/c"));
}

QTEST_APPLESS_MAIN(TstPromptCaches)
#include "tst_promptcaches.moc"
