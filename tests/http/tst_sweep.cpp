#include <vector>

#include <QTest>

#include "gateway/http/sweep.h"
#include "tests/support/fakeclock.h"

using namespace Gateway;

namespace {

class Owner : public Sweep::Entry
{
public:
    std::vector<Sweep::Kind> heard;
    std::function<void()> react;

protected:
    void expired(Sweep::Kind kind) override
    {
        heard.push_back(kind);
        if (react)
            react();
    }
};

/// Longer than a deadline of `ms` may ever be late.
std::int64_t surely(std::int64_t ms)
{
    return ms + 2 * Sweep::TICK_MS;
}

} // namespace

class TstSweep : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void expiresNeverEarlyAndOnce();
    void armingAgainStartsAnew();
    void disarmedStaysQuiet();
    void ownersMayRearmAndDisarmOthers();
    void zeroMeansNever();
    void keepsManyInOrder();
};

void TstSweep::expiresNeverEarlyAndOnce()
{
    FakeClock clock;
    const HttpLimits limits;
    Sweep sweep(clock, limits);
    Owner owner;
    sweep.arm(owner, Sweep::Kind::Idle);
    clock.advance(limits.idleMs - 1);
    sweep.sweepNow();
    QVERIFY(owner.heard.empty());
    clock.advance(surely(1));
    sweep.sweepNow();
    clock.advance(limits.idleMs * 2);
    sweep.sweepNow();
    QCOMPARE(owner.heard, std::vector<Sweep::Kind>{Sweep::Kind::Idle});
}

void TstSweep::armingAgainStartsAnew()
{
    FakeClock clock;
    const HttpLimits limits;
    Sweep sweep(clock, limits);
    Owner owner;
    sweep.arm(owner, Sweep::Kind::Head);
    clock.advance(limits.headerMs - 1000);
    sweep.sweepNow();
    sweep.arm(owner, Sweep::Kind::Body);
    clock.advance(limits.bodyMs - 1000);
    sweep.sweepNow();
    QVERIFY(owner.heard.empty());
    QVERIFY(sweep.isArmed(owner, Sweep::Kind::Body));
    QVERIFY(!sweep.isArmed(owner, Sweep::Kind::Head));
    clock.advance(surely(1000));
    sweep.sweepNow();
    QCOMPARE(owner.heard, std::vector<Sweep::Kind>{Sweep::Kind::Body});
}

void TstSweep::disarmedStaysQuiet()
{
    FakeClock clock;
    const HttpLimits limits;
    Sweep sweep(clock, limits);
    Owner owner;
    sweep.arm(owner, Sweep::Kind::Send);
    sweep.disarm(owner);
    sweep.disarm(owner);
    clock.advance(surely(limits.sendMs));
    sweep.sweepNow();
    QVERIFY(owner.heard.empty());
}

void TstSweep::ownersMayRearmAndDisarmOthers()
{
    FakeClock clock;
    const HttpLimits limits;
    Sweep sweep(clock, limits);
    Owner first;
    Owner second;
    first.react = [&] {
        sweep.disarm(second);
        sweep.arm(first, Sweep::Kind::Linger);
    };
    sweep.arm(first, Sweep::Kind::Linger);
    sweep.arm(second, Sweep::Kind::Linger);
    for (int round = 0; round < 3; ++round) {
        clock.advance(surely(limits.lingerMs));
        sweep.sweepNow();
    }
    QCOMPARE(first.heard.size(), 3u);
    QCOMPARE(second.heard.size(), 0u);
    sweep.disarm(first);
}

void TstSweep::zeroMeansNever()
{
    FakeClock clock;
    HttpLimits limits;
    limits.heartbeatMs = 0;
    Sweep sweep(clock, limits);
    Owner owner;
    sweep.arm(owner, Sweep::Kind::Heartbeat);
    clock.advance(1'000'000'000);
    sweep.sweepNow();
    QVERIFY(owner.heard.empty());
}

void TstSweep::keepsManyInOrder()
{
    FakeClock clock;
    const HttpLimits limits;
    Sweep sweep(clock, limits);
    std::vector<Owner> owners(1000);
    for (std::size_t i = 0; i < owners.size(); ++i) {
        sweep.arm(owners[i], Sweep::Kind::Idle);
        clock.advance(10);
        sweep.sweepNow();
    }
    for (std::size_t i = 0; i < owners.size(); i += 2)
        sweep.disarm(owners[i]);                 // from all over the list
    clock.advance(surely(limits.idleMs) - 5000); // the younger half is not yet due
    sweep.sweepNow();
    std::size_t heard = 0;
    for (std::size_t i = 0; i < owners.size(); ++i) {
        QVERIFY(owners[i].heard.size() <= i % 2);
        heard += owners[i].heard.size();
    }
    QVERIFY2(heard > 200 && heard < 300, qPrintable(QString::number(heard)));
    for (Owner &owner : owners)
        sweep.disarm(owner);
}

QTEST_GUILESS_MAIN(TstSweep)
#include "tst_sweep.moc"
