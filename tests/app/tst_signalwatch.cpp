#include <csignal>

#include <QSignalSpy>
#include <QTest>

#include "app/signalwatch.h"

using namespace Gateway;

class TstSignalWatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bringsSignalsIntoTheLoop();
    void leavesTheThirdToTheSystem();
    void givesTheSignalsBack();
};

void TstSignalWatch::bringsSignalsIntoTheLoop()
{
    SignalWatch watch;
    QSignalSpy spy(&watch, &SignalWatch::stopRequested);
    std::raise(SIGTERM);
    QCOMPARE(spy.count(), 0);
    QVERIFY(spy.wait());
    std::raise(SIGINT);
    QVERIFY(spy.wait());
    QCOMPARE(spy[0][0].toInt(), 1);
    QCOMPARE(spy[1][0].toInt(), 2);
}

void TstSignalWatch::leavesTheThirdToTheSystem()
{
    SignalWatch watch;
    QSignalSpy spy(&watch, &SignalWatch::stopRequested);
    std::raise(SIGTERM);
    std::raise(SIGTERM);
    QTRY_COMPARE(spy.count(), 2);
    QVERIFY(std::signal(SIGTERM, SIG_DFL) == SIG_DFL);
}

void TstSignalWatch::givesTheSignalsBack()
{
    {
        SignalWatch watch;
    }
    QVERIFY(std::signal(SIGINT, SIG_DFL) == SIG_DFL);
}

QTEST_GUILESS_MAIN(TstSignalWatch)
#include "tst_signalwatch.moc"
