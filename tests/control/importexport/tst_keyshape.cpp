#include <QTest>

#include "gateway/control/importexport/keyshape.h"
#include "tests/control/importexport/importkeys.h"

using namespace Gateway;
using namespace TestSupport;

class TstKeyShape : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wordsHaveShapes_data();
    void wordsHaveShapes();
    void keysAreFoundInText_data();
    void keysAreFoundInText();
    void keysWithoutABreakAreToldApart();
};

void TstKeyShape::wordsHaveShapes_data()
{
    QTest::addColumn<QByteArray>("word");
    QTest::addColumn<int>("shape");
    const auto row = [](const char *name, const std::string &word, KeyShape shape) {
        QTest::newRow(name) << QByteArray::fromStdString(word) << static_cast<int>(shape);
    };
    row("old form", oldKey(1), KeyShape::Google);
    row("new form", newKey(1), KeyShape::Google);
    row("IQ", "IQ." + newKey(1).substr(3), KeyShape::Google);
    row("new form with a dot inside", "AQ.Ab8RN6Labcdefghij.klmnopqrst1", KeyShape::Google);
    row("old form, one short", oldKey(1).substr(0, 38), KeyShape::TooShort);
    row("old form, longer", oldKey(1) + "abc", KeyShape::Unusual);
    row("another form", "gsk_0123456789abcdefghijklmnop", KeyShape::Unusual);
    row("short", "AQ.short1", KeyShape::TooShort);
    row("very long", std::string(600, 'a') + "1", KeyShape::TooLong);
    row("a long word", "Donaudampfschiffahrtsgesellschaft", KeyShape::Other);
    row("a number", "123456789012345678901234567890", KeyShape::Other);
    row("a URL", "https://example.com/0123456789abcdef", KeyShape::Other);
    row("an address", "somebody.with1longname@example.com", KeyShape::Other);
    row("masked", "AIza…x9Qk", KeyShape::Other);
    row("nothing", "", KeyShape::Other);
}

void TstKeyShape::wordsHaveShapes()
{
    QFETCH(QByteArray, word);
    QTEST(static_cast<int>(keyShape(word.toStdString())), "shape");
}

void TstKeyShape::keysAreFoundInText_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<bool>("expected");
    QTest::newRow("alone") << QByteArray("") << QByteArray("") << true;
    QTest::newRow("sentence") << QByteArray("use ") << QByteArray(". Then") << true;
    QTest::newRow("quotes") << QByteArray("\"") << QByteArray("\",") << true;
    QTest::newRow("assignment") << QByteArray("KEY=") << QByteArray("\n") << true;
    QTest::newRow("URL") << QByteArray("https://x/?key=") << QByteArray("&alt=sse") << true;
    QTest::newRow("underscore before") << QByteArray("key_") << QByteArray("") << true;
    QTest::newRow("Chinese around") << QByteArray("密钥：") << QByteArray("。") << true;
    QTest::newRow("letter before") << QByteArray("x") << QByteArray("") << false;
}

void TstKeyShape::keysAreFoundInText()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QFETCH(bool, expected);
    for (const std::string &key : {oldKey(7), newKey(7)}) {
        std::vector<std::pair<std::string, std::size_t>> found;
        const std::string text = before.toStdString() + key + after.toStdString();
        eachGoogleKey(text,
                      [&](std::string_view word, std::size_t offset) { found.emplace_back(word, offset); });
        QCOMPARE(found.size(), expected ? std::size_t{1} : std::size_t{0});
        if (expected) {
            QCOMPARE(found[0].first, key);
            QCOMPARE(found[0].second, static_cast<std::size_t>(before.size()));
        }
    }
}

void TstKeyShape::keysWithoutABreakAreToldApart()
{
    std::vector<std::string> found;
    eachGoogleKey(oldKey(1) + oldKey(2) + oldKey(3),
                  [&](std::string_view word, std::size_t) { found.emplace_back(word); });
    QCOMPARE(found, (std::vector<std::string>{oldKey(1), oldKey(2), oldKey(3)}));
}

QTEST_APPLESS_MAIN(TstKeyShape)
#include "tst_keyshape.moc"
