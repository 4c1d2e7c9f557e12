#include <random>
#include <vector>

#include <QTest>

#include "gateway/pool/quotawindow.h"

using namespace Gateway;

class TstQuotaWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void forgetsBetween60And65Seconds();
    void takesBack();
    void saysWhenThereIsRoom();
    void agreesWithAList();
    void startsAtAnyTime();
};

void TstQuotaWindow::forgetsBetween60And65Seconds()
{
    for (std::int64_t at = 1'000'000; at < 1'005'000; at += 499) {
        QuotaWindow window;
        window.add(at, at, 1, 100);
        QCOMPARE(window.requests(at + 60'000), 1);
        QCOMPARE(window.tokens(at + 60'000), 100);
        QCOMPARE(window.requests(at + 65'000), 0);
        QCOMPARE(window.tokens(at + 65'000), 0);
    }
}

void TstQuotaWindow::takesBack()
{
    QuotaWindow window;
    window.add(1'000'000, 1'000'000, 3, 300);
    window.add(1'020'000, 1'020'000, 1, 10);
    window.add(1'000'000, 1'030'000, -1, -100); // of what happened then
    QCOMPARE(window.requests(1'030'000), 3);
    QCOMPARE(window.tokens(1'030'000), 210);
    QCOMPARE(window.requests(1'066'000), 1);
    window.add(1'000'000, 1'070'000, -1, -100); // over: nothing to take back
    QCOMPARE(window.requests(1'070'000), 1);
    window.add(1'020'000, 1'070'000, -5, -500); // never below nothing
    QCOMPARE(window.requests(1'070'000), 0);
    QCOMPARE(window.tokens(1'070'000), 0);
}

void TstQuotaWindow::saysWhenThereIsRoom()
{
    QuotaWindow window;
    QCOMPARE(window.untilRequests(0, 1'000'000), 0);
    window.add(1'000'000, 1'000'000, 2, 0);
    window.add(1'010'000, 1'010'000, 2, 50);
    QCOMPARE(window.untilRequests(4, 1'010'000), 0);
    QCOMPARE(window.untilRequests(3, 1'010'000), 55'000); // the first bucket ends at 65 s
    QCOMPARE(window.untilRequests(2, 1'010'000), 55'000);
    QCOMPARE(window.untilRequests(1, 1'010'000), 65'000);
    QCOMPARE(window.untilTokens(49, 1'012'000), 63'000);
    QCOMPARE(window.requests(1'010'000 + 55'000), 2);
    QCOMPARE(window.requests(1'010'000 + 54'999), 4);
}

void TstQuotaWindow::agreesWithAList()
{
    std::mt19937 random(7);
    QuotaWindow window;
    std::vector<std::int64_t> sent;
    std::int64_t now = 3'000'000;
    for (int step = 0; step < 20'000; ++step) {
        now += random() % (step % 500 == 0 ? 100'000 : 2'000);
        window.add(now, now, 1, 2);
        sent.push_back(now);
        std::int64_t expected = 0;
        for (auto at = sent.rbegin(); at != sent.rend() && *at / 5'000 > now / 5'000 - 13; ++at)
            ++expected;
        QCOMPARE(window.requests(now), expected);
        QCOMPARE(window.tokens(now), 2 * expected);
        const std::int64_t wait = window.untilRequests(expected / 2, now);
        if (wait > 0) {
            QVERIFY(window.requests(now + wait) <= expected / 2);
            QVERIFY(window.requests(now + wait - 1) > expected / 2);
        }
    }
}

void TstQuotaWindow::startsAtAnyTime()
{
    QuotaWindow window; // a machine that was just switched on
    window.add(3, 3, 1, 1);
    QCOMPARE(window.requests(3), 1);
    QCOMPARE(window.requests(60'002), 1);
    QCOMPARE(window.requests(70'000), 0);
    window.add(-10, 70'000, 1, 1);
    QCOMPARE(window.requests(70'000), 0);
}

QTEST_APPLESS_MAIN(TstQuotaWindow)
#include "tst_quotawindow.moc"
