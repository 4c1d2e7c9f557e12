#include <thread>

#include <QSignalSpy>
#include <QTest>

#include "gateway/pool/healthmonitor.h"
#include "tests/pool/poolfixture.h"

using namespace Gateway;

using Kind = OutcomeKind;
using Keys = std::vector<KeyId>;

class TstHealthMonitor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsWhatWasThereBefore();
    void gathersChanges();
    void tellsOfRemovedKeys();
    void tellsWhatOtherThreadsDo();
    void isQuietWithoutChanges();
};

void TstHealthMonitor::tellsWhatWasThereBefore()
{
    PoolFixture f(3);
    HealthMonitor monitor(f.pool);
    Keys told;
    connect(&monitor, &HealthMonitor::keysChanged, this, [&told](const Keys &keys) { told = keys; });
    QTRY_COMPARE(told, (Keys{1, 2, 3}));
}

void TstHealthMonitor::gathersChanges()
{
    PoolFixture f(2);
    f.pool.takeHealthChanges();
    HealthMonitor monitor(f.pool);
    std::vector<Keys> told;
    connect(&monitor, &HealthMonitor::keysChanged, this, [&told](const Keys &keys) { told.push_back(keys); });
    QElapsedTimer watch;
    watch.start();
    while (watch.elapsed() < 450) {
        f.call(Kind::Success);
        QCoreApplication::processEvents(QEventLoop::AllEvents, 1);
    }
    QVERIFY(!told.empty());
    QVERIFY(told.size() <= 5); // ten a second, and the first at once or after one interval
    for (const Keys &keys : told)
        QCOMPARE(keys, (Keys{1, 2}));
}

void TstHealthMonitor::tellsOfRemovedKeys()
{
    PoolFixture f(2);
    f.pool.takeHealthChanges();
    HealthMonitor monitor(f.pool);
    Keys told;
    connect(&monitor, &HealthMonitor::keysChanged, this, [&told](const Keys &keys) { told = keys; });
    f.pool.remove(2);
    f.pool.load({rowOf(2)});
    f.pool.remove(1);
    QTRY_COMPARE(told, (Keys{1, 2}));
}

void TstHealthMonitor::tellsWhatOtherThreadsDo()
{
    PoolFixture f(1);
    f.pool.takeHealthChanges();
    HealthMonitor monitor(f.pool);
    Keys told;
    QThread *toldIn = nullptr;
    connect(&monitor, &HealthMonitor::keysChanged, this, [&](const Keys &keys) {
        told = keys;
        toldIn = QThread::currentThread();
    });
    std::thread worker([&f] { f.call(Kind::KeyFault); });
    worker.join();
    QTRY_COMPARE(told, Keys{1});
    QCOMPARE(toldIn, QThread::currentThread());
    // A lease that is dropped is news as well.
    told.clear();
    f.pool.revive(1);
    QTRY_COMPARE(told, Keys{1});
    told.clear();
    f.acquire();
    QTRY_COMPARE(told, Keys{1});
}

void TstHealthMonitor::isQuietWithoutChanges()
{
    PoolFixture f(1);
    f.pool.takeHealthChanges();
    HealthMonitor monitor(f.pool);
    QSignalSpy spy(&monitor, &HealthMonitor::keysChanged);
    f.pool.resetFailures(Keys{1, 2});
    f.pool.liftRests(Keys{1, 2}, {});
    f.pool.revive(1);
    QTest::qWait(250);
    QCOMPARE(spy.count(), 0);
}

QTEST_GUILESS_MAIN(TstHealthMonitor)
#include "tst_healthmonitor.moc"
