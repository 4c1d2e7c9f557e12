#include <random>
#include <set>

#include <QTest>

#include "gateway/pool/keybitmap.h"

using namespace Gateway;

class TstKeyBitmap : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isEmptyAtFirst();
    void findsTheNextAcrossLevels();
    void goesAround();
    void keepsItsMembersWhenItGrows();
    void agreesWithASet();
};

void TstKeyBitmap::isEmptyAtFirst()
{
    KeyBitmap bits;
    QCOMPARE(bits.nextAround(5), KeyBitmap::NONE);
    bits.grow(100'000);
    QCOMPARE(bits.next(0), KeyBitmap::NONE);
    QCOMPARE(bits.next(99'999), KeyBitmap::NONE);
    QCOMPARE(bits.next(100'001), KeyBitmap::NONE);
    QCOMPARE(bits.count(), 0U);
}

void TstKeyBitmap::findsTheNextAcrossLevels()
{
    KeyBitmap bits;
    bits.grow(300'000);
    for (const std::uint32_t index : {0U, 63U, 64U, 4'095U, 4'096U, 262'143U, 262'144U, 299'999U})
        bits.assign(index, true);
    QCOMPARE(bits.next(0), 0U);
    QCOMPARE(bits.next(1), 63U);
    QCOMPARE(bits.next(65), 4'095U);
    QCOMPARE(bits.next(4'097), 262'143U);
    QCOMPARE(bits.next(262'145), 299'999U);
    QCOMPARE(bits.next(300'000), KeyBitmap::NONE);
}

void TstKeyBitmap::goesAround()
{
    KeyBitmap bits;
    bits.grow(1'000);
    bits.assign(10, true);
    QCOMPARE(bits.nextAround(11), 10U);
    QCOMPARE(bits.nextAround(5'000), 10U);
    bits.assign(10, false);
    QCOMPARE(bits.nextAround(11), KeyBitmap::NONE);
}

void TstKeyBitmap::keepsItsMembersWhenItGrows()
{
    KeyBitmap bits;
    bits.grow(64);
    bits.assign(63, true);
    for (const std::uint32_t size : {65U, 4'096U, 4'097U, 262'145U}) {
        bits.grow(size);
        QVERIFY(bits.test(63));
        QCOMPARE(bits.next(0), 63U);
        QCOMPARE(bits.next(64), KeyBitmap::NONE);
        bits.assign(size - 1, true);
        QCOMPARE(bits.next(64), size - 1);
        bits.assign(size - 1, false);
    }
    QCOMPARE(bits.count(), 1U);
}

void TstKeyBitmap::agreesWithASet()
{
    std::mt19937 random(7);
    for (const std::uint32_t size : {1U, 64U, 65U, 5'000U, 270'000U}) {
        KeyBitmap bits;
        bits.grow(size);
        std::set<std::uint32_t> members;
        for (int step = 0; step < 20'000; ++step) {
            const std::uint32_t index = random() % size;
            const bool on = random() % 2 == 0;
            bits.assign(index, on);
            on ? static_cast<void>(members.insert(index)) : static_cast<void>(members.erase(index));
            const std::uint32_t from = random() % size;
            const auto expected = members.lower_bound(from);
            QCOMPARE(bits.next(from), expected == members.end() ? KeyBitmap::NONE : *expected);
            QCOMPARE(bits.count(), static_cast<std::uint32_t>(members.size()));
        }
    }
}

QTEST_APPLESS_MAIN(TstKeyBitmap)
#include "tst_keybitmap.moc"
