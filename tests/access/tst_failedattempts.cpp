#include <thread>

#include <QTest>

#include "gateway/access/failedattempts.h"
#include "tests/support/fakeclock.h"

using namespace Gateway;

namespace {

constexpr std::string_view HERE = "192.0.2.1";
constexpr FailedAttemptsOptions OPTIONS{3, 4, 60'000, 1'000, 8'000, 10};

std::string guess(int number)
{
    return "guess-" + std::to_string(number);
}

} // namespace

class TstFailedAttempts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aQuietPlaceWaitsForNothing();
    void guessesMakeTheAddressWait();
    void waitsDoubleUpToALimit();
    void isForgivenAfterAWhile();
    void theSameWrongTokenStopsOnlyItself();
    void aTokenThatWasRightPasses();
    void aRightTokenNeverSeenBeforeWaits();
    void addressesAreApart();
    void remembersAFewAddressesOnly();
    void anIpv6CustomerIsOneAddress();
    void forgetsWhenTokensChange();
    void takesThreads();
};

void TstFailedAttempts::aQuietPlaceWaitsForNothing()
{
    FakeClock clock;
    FailedAttempts attempts(clock, OPTIONS);
    QCOMPARE(attempts.waitMs(HERE, "anything"), 0);
    attempts.succeeded(HERE, "anything");
    QCOMPARE(attempts.size(), std::size_t{0});
}

void TstFailedAttempts::guessesMakeTheAddressWait()
{
    FakeClock clock;
    FailedAttempts attempts(clock, OPTIONS);
    QCOMPARE(attempts.failed(HERE, guess(1)), 0);
    QCOMPARE(attempts.failed(HERE, guess(2)), 0);
    QCOMPARE(attempts.waitMs(HERE, guess(3)), 0);
    QCOMPARE(attempts.failed(HERE, guess(3)), 1'000);
    QCOMPARE(attempts.waitMs(HERE, guess(4)), 1'000);
    clock.advance(999);
    QCOMPARE(attempts.waitMs(HERE, guess(4)), 1);
    clock.advance(1);
    QCOMPARE(attempts.waitMs(HERE, guess(4)), 0);
}

void TstFailedAttempts::waitsDoubleUpToALimit()
{
    FakeClock clock;
    FailedAttempts attempts(clock, OPTIONS);
    int next = 0;
    for (const std::int64_t expected : {1'000, 2'000, 4'000, 8'000, 8'000, 8'000}) {
        attempts.failed(HERE, guess(++next));
        attempts.failed(HERE, guess(++next));
        QCOMPARE(attempts.failed(HERE, guess(++next)), expected);
        clock.advance(expected);
    }
}

void TstFailedAttempts::isForgivenAfterAWhile()
{
    FakeClock clock;
    FailedAttempts attempts(clock, OPTIONS);
    for (int i = 0; i < 6; ++i)
        attempts.failed(HERE, guess(i));
    clock.advance(60'001);
    QCOMPARE(attempts.waitMs(HERE, guess(1)), 0);
    QCOMPARE(attempts.size(), std::size_t{0});
    attempts.failed(HERE, guess(1));
    attempts.failed(HERE, guess(2));
    clock.advance(60'001);
    QCOMPARE(attempts.failed(HERE, guess(3)), 0); // the third, but in a new count
    attempts.failed(HERE, guess(4));
    QCOMPARE(attempts.failed(HERE, guess(5)), 1'000); // and the first wait again
}

void TstFailedAttempts::theSameWrongTokenStopsOnlyItself()
{
    FakeClock clock;
    FailedAttempts attempts(clock, OPTIONS);
    for (int i = 0; i < 3; ++i)
        QCOMPARE(attempts.failed(HERE, "old token"), 0);
    QCOMPARE(attempts.failed(HERE, "old token"), 1'000);
    QCOMPARE(attempts.waitMs(HERE, "old token"), 1'000);
    QCOMPARE(attempts.waitMs(HERE, "new token"), 0);
    for (int round = 0; round < 10; ++round) {
        clock.advance(8'000);
        for (int i = 0; i < 4; ++i)
            attempts.failed(HERE, "old token");
    }
    QCOMPARE(attempts.waitMs(HERE, "old token"), 8'000);
    QCOMPARE(attempts.waitMs(HERE, "new token"), 0);
}

void TstFailedAttempts::aTokenThatWasRightPasses()
{
    FakeClock clock;
    FailedAttempts attempts(clock, OPTIONS);
    attempts.succeeded(HERE, "right token");
    for (int i = 0; i < 3; ++i)
        attempts.failed(HERE, guess(i));
    QCOMPARE(attempts.waitMs(HERE, guess(9)), 1'000);
    QCOMPARE(attempts.waitMs(HERE, "right token"), 0);
}

void TstFailedAttempts::aRightTokenNeverSeenBeforeWaits()
{
    FakeClock clock;
    FailedAttempts attempts(clock, OPTIONS);
    attempts.succeeded("192.0.2.2", "right token"); // elsewhere
    for (int i = 0; i < 3; ++i)
        attempts.failed(HERE, guess(i));
    QCOMPARE(attempts.waitMs(HERE, "right token"), 1'000); // else a guesser would know it is right
}

void TstFailedAttempts::addressesAreApart()
{
    FakeClock clock;
    FailedAttempts attempts(clock, OPTIONS);
    for (int i = 0; i < 3; ++i)
        attempts.failed(HERE, guess(i));
    QCOMPARE(attempts.waitMs("192.0.2.2", guess(1)), 0);
    QCOMPARE(attempts.waitMs("::ffff:192.0.2.1", guess(7)),
             1'000); // the same, as a dual-stack socket says it
}

void TstFailedAttempts::remembersAFewAddressesOnly()
{
    FakeClock clock;
    FailedAttempts attempts(clock, OPTIONS);
    for (int i = 0; i < 3; ++i)
        attempts.failed(HERE, guess(i));
    for (int host = 0; host < 9; ++host)
        attempts.failed("198.51.100." + std::to_string(host), "x");
    QCOMPARE(attempts.size(), std::size_t{10});
    QCOMPARE(attempts.waitMs(HERE, guess(7)), 1'000);
    attempts.failed(HERE, guess(7)); // now the latest
    for (int host = 10; host < 19; ++host)
        attempts.failed("198.51.100." + std::to_string(host), "x");
    QCOMPARE(attempts.waitMs(HERE, guess(8)), 1'000);
    attempts.failed("198.51.100.99", "x");
    QCOMPARE(attempts.size(), std::size_t{10});
    QCOMPARE(attempts.waitMs(HERE, guess(8)), 0);
}

void TstFailedAttempts::anIpv6CustomerIsOneAddress()
{
    QCOMPARE(addressGroup("2001:db8:1:2:3:4:5:6"), std::string("2001:db8:1:2::"));
    QCOMPARE(addressGroup("2001:db8:1:2:ffff::1"), std::string("2001:db8:1:2::"));
    QCOMPARE(addressGroup("fe80::1%eth0"), std::string("fe80::"));
    QCOMPARE(addressGroup("::1"), std::string("::1"));
    QCOMPARE(addressGroup("::ffff:10.0.0.1"), std::string("10.0.0.1"));
    QCOMPARE(addressGroup("10.0.0.1"), std::string("10.0.0.1"));
    QCOMPARE(addressGroup(""), std::string());
    QCOMPARE(addressGroup(std::string(1'000, 'x')).size(), std::size_t{64});
    FakeClock clock;
    FailedAttempts attempts(clock, OPTIONS);
    for (int i = 0; i < 3; ++i)
        attempts.failed("2001:db8::" + std::to_string(i + 1), guess(i));
    QCOMPARE(attempts.waitMs("2001:db8::77", guess(9)), 1'000);
}

void TstFailedAttempts::forgetsWhenTokensChange()
{
    FakeClock clock;
    FailedAttempts attempts(clock, OPTIONS);
    attempts.succeeded(HERE, "right token");
    for (int i = 0; i < 3; ++i)
        attempts.failed(HERE, guess(i));
    attempts.forgetAll();
    QCOMPARE(attempts.size(), std::size_t{0});
    QCOMPARE(attempts.waitMs(HERE, guess(1)), 0);
    for (int i = 0; i < 3; ++i)
        attempts.failed(HERE, guess(i));
    QCOMPARE(attempts.waitMs(HERE, "right token"), 1'000); // no longer known to be right
}

void TstFailedAttempts::takesThreads()
{
    FakeClock clock;
    FailedAttempts attempts(clock, OPTIONS);
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 4; ++thread) {
        threads.emplace_back([&, thread] {
            for (int i = 0; i < 2'000; ++i) {
                const std::string address = "10.0.0." + std::to_string(i % 15);
                attempts.succeeded(address, "right");
                if (attempts.waitMs(address, guess(i)) == 0)
                    attempts.failed(address, guess(i + thread * 10'000));
                clock.advance(1);
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QVERIFY(attempts.size() <= 10);
    attempts.succeeded("10.0.0.1", "right");
    QCOMPARE(attempts.waitMs("10.0.0.1", "right"), 0);
}

QTEST_APPLESS_MAIN(TstFailedAttempts)
#include "tst_failedattempts.moc"
