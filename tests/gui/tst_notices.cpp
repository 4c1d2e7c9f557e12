#include <QTest>

#include "ui/notices.h"

using namespace Gateway;
using namespace Ui;

namespace {

constexpr qint64 MINUTE = 60'000;

GatewayStatus serving(int usable, int sidelined)
{
    GatewayStatus status;
    status.state = GatewayStatus::State::Serving;
    status.keysTotal = usable + sidelined;
    status.keysUsable = usable;
    status.keysSidelined = sidelined;
    return status;
}

} // namespace

class TstNotices : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isSilentAtTheStart();
    void tellsOfSidelinedKeysOnceAMinute();
    void tellsThatNoKeyIsLeft();
    void tellsThatTheGatewayStopped();
};

void TstNotices::isSilentAtTheStart()
{
    Notices notices;
    QVERIFY(!notices.next({}, MINUTE));
    // Keys that were sidelined before are no news.
    QVERIFY(!notices.next(serving(3, 2), MINUTE));
    QVERIFY(!notices.next(serving(3, 2), 2 * MINUTE));
}

void TstNotices::tellsOfSidelinedKeysOnceAMinute()
{
    Notices notices;
    notices.next(serving(5, 0), MINUTE);
    const auto first = notices.next(serving(4, 1), MINUTE + 1);
    QVERIFY(first);
    QCOMPARE(first->kind, Preferences::Notice::KeySidelined);
    QVERIFY(!notices.next(serving(3, 2), MINUTE + 30'000));
    QVERIFY(!notices.next(serving(4, 1), MINUTE + 40'000));
    QVERIFY(notices.next(serving(3, 2), 2 * MINUTE + 2));
}

void TstNotices::tellsThatNoKeyIsLeft()
{
    Notices notices;
    notices.next(serving(1, 1), MINUTE);
    const auto told = notices.next(serving(0, 2), MINUTE + 1);
    QVERIFY(told);
    QCOMPARE(told->kind, Preferences::Notice::AllResting);
}

void TstNotices::tellsThatTheGatewayStopped()
{
    Notices notices;
    notices.next(serving(1, 0), MINUTE);
    GatewayStatus status;
    status.state = GatewayStatus::State::NotServing;
    status.reason = "Port 4364 is taken.";
    const auto told = notices.next(status, MINUTE + 1);
    QVERIFY(told);
    QCOMPARE(told->kind, Preferences::Notice::GatewayStopped);
    QCOMPARE(told->text, QStringLiteral("Port 4364 is taken."));
    QVERIFY(!notices.next(status, 3 * MINUTE));
}

QTEST_APPLESS_MAIN(TstNotices)
#include "tst_notices.moc"
