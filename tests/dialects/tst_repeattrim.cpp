#include <QTest>

#include "gateway/dialects/repeattrim.h"

using namespace Gateway;

/// What a model repeats when it is asked to go on.
class TstRepeatTrim : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void trims_data();
    void trims();
    void holdsNothingThatCannotBeARepeat();
};

void TstRepeatTrim::trims_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<QByteArray>("told");
    const QByteArray sentence = "The quick brown fox jumps over the lazy dog.";
    QTest::newRow("nothing is repeated") << sentence << QByteArray(" And then?") << QByteArray(" And then?");
    QTest::newRow("the last sentence")
        << "So: " + sentence << sentence + " And then?" << QByteArray(" And then?");
    QTest::newRow("only a repeat") << sentence << sentence << QByteArray();
    QTest::newRow("a long part of the end")
        << sentence << QByteArray("fox jumps over the lazy dog. And") << QByteArray(" And");
    QTest::newRow("a short part of the end may be meant")
        << sentence << QByteArray("lazy dog. lazy dog.") << QByteArray("lazy dog. lazy dog.");
    QTest::newRow("not quite the end")
        << sentence << sentence.chopped(1) + "! More" << sentence.chopped(1) + "! More";
    QTest::newRow("the beginning, not the end")
        << sentence + " More text followed it then." << sentence << sentence;
    QTest::newRow("ruled lines are meant")
        << QByteArray(80, '-') << QByteArray(80, '-') + "\nx" << QByteArray(80, '-') + "\nx";
    QTest::newRow("Chinese") << QByteArray("前文。他说今天的天气真的非常好，我们走吧")
                             << QByteArray("他说今天的天气真的非常好，我们走吧。好的")
                             << QByteArray("。好的");
    QTest::newRow("nothing before") << QByteArray() << sentence << sentence;
    QTest::newRow("nothing after") << sentence << QByteArray() << QByteArray();
}

void TstRepeatTrim::trims()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QFETCH(QByteArray, told);
    for (qsizetype step = 1; step <= after.size() + 1; step += step < 8 ? 1 : 9) {
        RepeatTrim trim(before.toStdString());
        std::string out;
        for (qsizetype at = 0; at < after.size(); at += step)
            out += trim.feed(after.mid(at, step).toStdString());
        out += trim.finish();
        QCOMPARE(QByteArray::fromStdString(out), told);
    }
}

void TstRepeatTrim::holdsNothingThatCannotBeARepeat()
{
    RepeatTrim trim("The quick brown fox jumps over the lazy dog.");
    QCOMPARE(trim.feed("the"), std::string()); // "the lazy dog." could follow
    QCOMPARE(trim.feed(" cat"), std::string("the cat"));
    QCOMPARE(trim.feed(" sat"), std::string(" sat"));
    QCOMPARE(trim.finish(), std::string());
}

QTEST_GUILESS_MAIN(TstRepeatTrim)
#include "tst_repeattrim.moc"
