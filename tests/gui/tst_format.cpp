#include <QDateTime>
#include <QTest>

#include "ui/frame/requestrate.h"
#include "ui/text/format.h"
#include "ui/text/jsonlines.h"

using namespace Ui;
using namespace Qt::StringLiterals;

class TstFormat : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void counts();
    void durations();
    void money();
    void ages();
    void returns();
    void json();
    void rate();
};

void TstFormat::counts()
{
    QCOMPARE(countText(18432), u"18,432"_s);
    QCOMPARE(shortCountText(412), u"412"_s);
    QCOMPARE(shortCountText(9'999), u"9,999"_s);
    QCOMPARE(shortCountText(18'432), u"18.4 k"_s);
    QCOMPARE(shortCountText(412'300), u"412 k"_s);
    QCOMPARE(shortCountText(41'700'000), u"41.7 M"_s);
    QCOMPARE(percentText(0.416), u"42 %"_s);
    QCOMPARE(percentText(-1), u"–"_s);
}

void TstFormat::durations()
{
    QCOMPARE(durationText(-1), u"–"_s);
    QCOMPARE(durationText(840), u"0.84 s"_s);
    QCOMPARE(durationText(14'600), u"14.6 s"_s);
    QCOMPARE(durationText(125'000), u"2 min 5 s"_s);
    QCOMPARE(spanText(3 * 86'400'000LL + 4 * 3'600'000), u"3 d 4 h"_s);
}

void TstFormat::money()
{
    QCOMPARE(costText(-1), u"–"_s);
    QCOMPARE(costText(0), u"$0.00"_s);
    QCOMPARE(costText(36'000), u"$0.0360"_s);
    QCOMPARE(costText(63'200'000), u"$63.20"_s);
}

void TstFormat::ages()
{
    constexpr qint64 now = 1'790'000'000'000;
    QCOMPARE(agoText(0, now), u"–"_s);
    QCOMPARE(agoText(now - 500, now), u"now"_s);
    QCOMPARE(agoText(now - 4'000, now), u"4 s ago"_s);
    QCOMPARE(agoText(now - 18 * 60'000, now), u"18 min ago"_s);
    QCOMPARE(agoText(now - 2 * 3'600'000, now), u"2 h ago"_s);
    QCOMPARE(agoText(now - 9 * 86'400'000LL, now), u"9 d ago"_s);
}

void TstFormat::returns()
{
    const qint64 noon = QDateTime(QDate(2026, 5, 4), QTime(12, 0)).toMSecsSinceEpoch();
    QCOMPARE(backText(noon + 41'001, noon), u"back in 0:42"_s);
    QCOMPARE(backText(noon - 5, noon), u"back in 0:00"_s);
    QCOMPARE(backText(noon + 2 * 3'600'000 + 37 * 60'000, noon), u"back 14:37"_s);
    QCOMPARE(backText(noon + 21 * 3'600'000, noon), u"back Tue 09:00"_s);
}

void TstFormat::json()
{
    const auto lines = jsonLines(R"({"b":[1,{"a":"x, {y}"}],"a":{},"c":"\"q\""})");
    QVERIFY(lines);
    // The order stays, and what stands in texts is no structure.
    QCOMPARE(*lines, u"{\n  \"b\": [\n    1,\n    {\n      \"a\": \"x, {y}\"\n    }\n  ],\n  \"a\": {},\n"
                     "  \"c\": \"\\\"q\\\"\"\n}"_s);
    QVERIFY(!jsonLines("no json"));
    const auto cut = jsonLines("[\"" + QByteArray(5000, 'x') + "\"]");
    QVERIFY(cut && cut->size() < 2200 && cut->contains(u"more"_s));
}

void TstFormat::rate()
{
    RequestRate rate;
    rate.add(1'000'000, 3);
    rate.add(1'030'000, 4);
    QCOMPARE(rate.perMinute(1'059'000), 7);
    QCOMPARE(rate.perMinute(1'061'000), 4);
    QCOMPARE(rate.perMinute(9'000'000), 0);
}

QTEST_APPLESS_MAIN(TstFormat)
#include "tst_format.moc"
