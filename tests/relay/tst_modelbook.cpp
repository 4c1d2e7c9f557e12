#include <QTest>

#include "gateway/relay/modelbook.h"

using namespace Gateway;

class TstModelBook : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysNothingBeforeTwentyAnswers();
    void knowsHowLateIsLate();
    void thePastFades();
    void forgetsTheModelsAskedLongestAgo();
    void otherCallsDoNotCountAsTime();
    void atMostEveryTenthGetsAShare();
};

void TstModelBook::saysNothingBeforeTwentyAnswers()
{
    ModelBook book;
    QVERIFY(!book.slowMs("m"));
    for (int i = 0; i < 19; ++i)
        book.answered("m", true, 100);
    QVERIFY(!book.slowMs("m"));
    book.answered("m", true, 100);
    QVERIFY(book.slowMs("m"));
}

void TstModelBook::knowsHowLateIsLate()
{
    ModelBook book;
    for (int i = 0; i < 900; ++i)
        book.answered("m", true, 1 + i); // so 95 of 100 come within 855 ms
    const std::int64_t slow = book.slowMs("m").value_or(0);
    QVERIFY2(slow >= 855 && slow <= 1050, std::to_string(slow).c_str());
    for (int i = 0; i < 30; ++i)
        book.answered("quick", true, i == 7 ? 60'000 : 1); // one in thirty is no more than 5 of 100
    QVERIFY(book.slowMs("quick").value_or(0) <= 2);
}

void TstModelBook::thePastFades()
{
    ModelBook book;
    for (int i = 0; i < 900; ++i)
        book.answered("m", true, 10'000);
    for (int i = 0; i < 20'000; ++i)
        book.answered("m", true, 100);
    QVERIFY(book.slowMs("m").value_or(0) < 150);
}

void TstModelBook::forgetsTheModelsAskedLongestAgo()
{
    ModelBook book;
    for (int model = 0; model < 100; ++model)
        book.answered("m" + std::to_string(model), true, 5);
    QVERIFY(!book.hasAnswered("m0", true));
    QVERIFY(book.hasAnswered("m99", true));
    QVERIFY(!book.hasAnswered("m99", false));
}

void TstModelBook::otherCallsDoNotCountAsTime()
{
    ModelBook book;
    for (int i = 0; i < 100; ++i)
        book.answered("m", false, 5);
    QVERIFY(!book.slowMs("m"));
    QVERIFY(book.hasAnswered("m", false));
    QVERIFY(!book.hasAnswered("m", true));
}

void TstModelBook::atMostEveryTenthGetsAShare()
{
    Share share;
    QVERIFY(!share.take());
    int taken = 0;
    for (int i = 0; i < 10'000; ++i) {
        share.request();
        taken += share.take() ? 1 : 0;
        QVERIFY(taken * 10 <= i + 1);
    }
    QVERIFY(taken >= 900);
}

QTEST_APPLESS_MAIN(TstModelBook)
#include "tst_modelbook.moc"
