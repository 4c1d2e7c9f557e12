#include <QTest>

#include "gateway/control/importexport/import.h"
#include "tests/control/importexport/importkeys.h"

using namespace Gateway;
using namespace TestSupport;

class TstTextImport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aListIsToldLineByLine();
    void placesPointIntoTheText();
    void runningTextGivesOnlyItsKeys();
    void listsTakeManyForms_data();
    void listsTakeManyForms();
    void unusualKeysNeedALineOfTheirOwn();
    void aCutKeyIsToldWhereverItStands();
    void wordsInAListAreFaults();
    void nothingComesOfNothing_data();
    void nothingComesOfNothing();
    void anyTextKeepsItsKeys();
};

void TstTextImport::aListIsToldLineByLine()
{
    const std::string unusual = "gsk_0123456789abcdefghijklmnop";
    const std::string text = oldKey(1) + "\n" + newKey(2) + "\r\n\n" + oldKey(1) + "\nAIzaTooShort1\n" +
                             unusual + "\nhello\n" + oldKey(3) + "\nno key here\n";
    const ImportResult result = readImport(text, [](std::string_view key) { return key == newKey(2); });
    QCOMPARE(result.format, ImportFormat::Text);
    const std::vector<std::pair<int, std::string>> expected{{1, "new"},   {2, "known"},
                                                            {4, "twice"}, {5, "Too short"},
                                                            {6, "new"},   {7, "Not a Google key"},
                                                            {8, "new"},   {9, "Not a Google key"}};
    std::vector<std::pair<int, std::string>> told;
    for (const ImportedKey &key : result.keys)
        told.emplace_back(key.place.line, verdictOf(key));
    QCOMPARE(told, expected);
    QVERIFY(result.keys[4].isUnusual);
    QVERIFY(!result.keys[0].isUnusual);
    QCOMPARE(result.count(ImportVerdict::New), std::size_t{3});
    const std::vector<NewKey> fresh = result.newKeys();
    QCOMPARE(fresh.size(), std::size_t{3});
    QCOMPARE(fresh[1].secret.reveal(), unusual);
}

void TstTextImport::placesPointIntoTheText()
{
    const std::string text =
        "\xef\xbb\xbf- " + oldKey(1) + ",\n\tkey2 = \"" + newKey(2) + "\";\n" + "hello\n";
    const ImportResult result = readImport(text);
    QVERIFY(result.keys.size() >= 2);
    for (const ImportedKey &key : result.keys)
        QCOMPARE(text.substr(key.place.offset, key.place.length), key.secret.reveal());
}

void TstTextImport::runningTextGivesOnlyItsKeys()
{
    const std::string text = "Dear all, please take the key " + oldKey(1) +
                             " from now on,\nand for the tests this one: " + newKey(2) +
                             ".\nThe old request id was 0123456789abcdefghijklmnop by the way.\n";
    const ImportResult result = readImport(text);
    QCOMPARE(result.keys.size(), std::size_t{2});
    QCOMPARE(result.keys[0].secret.reveal(), oldKey(1));
    QCOMPARE(result.keys[1].secret.reveal(), newKey(2));
    QCOMPARE(result.keys[1].place.line, 2);
}

void TstTextImport::listsTakeManyForms_data()
{
    QTest::addColumn<QByteArray>("line");
    for (const char *line : {"%1", "  %1  ", "- %1", "* %1", "12. %1", "3) %1", "\"%1\",", "'%1'", "[\"%1\"]",
                             "%1;", "API_KEY_1=%1", "export GEMINI_API_KEY=\"%1\"", "key: %1", "Bearer %1",
                             "%1 # mine", "# %1", "<td>%1</td>", "curl 'https://x/?key=%1&y=1'", "`%1`"})
        QTest::newRow(line) << QByteArray(line);
}

void TstTextImport::listsTakeManyForms()
{
    QFETCH(QByteArray, line);
    for (const std::string &key : {oldKey(4), newKey(5)}) {
        const QByteArray text = QByteArray(line).replace("%1", QByteArray::fromStdString(key));
        const ImportResult result = readImport(text.toStdString());
        QCOMPARE(result.count(ImportVerdict::New), std::size_t{1});
        QCOMPARE(result.newKeys()[0].secret.reveal(), key);
    }
}

void TstTextImport::unusualKeysNeedALineOfTheirOwn()
{
    const std::string unusual = "gsk_0123456789abcdefghijklmnop";
    const std::string other = "xyz-0123456789-abcdefghij-klmn";
    QCOMPARE(readImport(unusual).newKeys().size(), std::size_t{1});
    QCOMPARE(readImport(unusual + ", " + other).newKeys().size(), std::size_t{2});
    QCOMPARE(readImport("my_api_key=" + unusual).newKeys().size(), std::size_t{1});
    QVERIFY(readImport("the id is " + unusual).newKeys().empty());
    QVERIFY(readImport("password=" + unusual).newKeys().empty());
}

void TstTextImport::aCutKeyIsToldWhereverItStands()
{
    const std::string text = "the first is " + oldKey(1) + ", the second AIzaSyCutShort\n" +
                             "the third, with a letter too many: " + oldKey(2) + "x\n";
    const ImportResult result = readImport(text);
    QCOMPARE(result.keys.size(), std::size_t{3});
    QVERIFY(result.keys[1].fault == ImportFault::TooShort);
    QCOMPARE(result.keys[1].place.line, 1);
    QVERIFY(result.keys[2].isUnusual);
    QCOMPARE(result.keys[2].place.line, 2);
}

void TstTextImport::wordsInAListAreFaults()
{
    const ImportResult list = readImport(oldKey(1) + "\n" + oldKey(2) + "\nthis is no key\n");
    QCOMPARE(list.keys.size(), std::size_t{3});
    QCOMPARE(verdictOf(list.keys[2]), std::string("Not a Google key"));
    QCOMPARE(list.keys[2].place.line, 3);
}

void TstTextImport::nothingComesOfNothing_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("blanks") << QByteArray(" \n\t\r\n");
    QTest::newRow("mark only") << QByteArray("\xef\xbb\xbf");
    QTest::newRow("zeros") << QByteArray("\0\0\n\0", 4);
    QTest::newRow("comment") << QByteArray("# nothing\n// here");
    QTest::newRow("empty list") << QByteArray("[]");
    QTest::newRow("empty object") << QByteArray("{}");
    QTest::newRow("a database") << QByteArray("SQLite format 3\0 and more", 26);
}

void TstTextImport::nothingComesOfNothing()
{
    QFETCH(QByteArray, text);
    QVERIFY(readImport(text.toStdString()).newKeys().empty());
}

void TstTextImport::anyTextKeepsItsKeys()
{
    static constexpr std::string_view PIECES[] = {"\n",
                                                  "\r\n",
                                                  " ",
                                                  "\t",
                                                  ",",
                                                  ";",
                                                  "\"",
                                                  "'",
                                                  "\"\"",
                                                  "{",
                                                  "}",
                                                  "[",
                                                  "]",
                                                  ":",
                                                  "=",
                                                  "#",
                                                  "\\",
                                                  "\\\"",
                                                  "`",
                                                  "(",
                                                  ")",
                                                  "key",
                                                  "label,key\n",
                                                  "{\"keys\":[",
                                                  "API_KEYS=",
                                                  "ALLOWED_TOKENS=[",
                                                  "INSERT INTO `t_settings` VALUES (",
                                                  "AIza",
                                                  "AQ.",
                                                  "IQ.",
                                                  "\xef\xbb\xbf",
                                                  "\xff",
                                                  "密",
                                                  "NULL",
                                                  "0123456789abcdefghijklmnop",
                                                  "\0x"};
    QRandomGenerator random(42);
    for (int round = 0; round < 3'000; ++round) {
        std::string text;
        std::vector<std::string> keys;
        const int size = random.bounded(60);
        for (int i = 0; i < size; ++i) {
            if (random.bounded(8) != 0) {
                text += PIECES[static_cast<std::size_t>(random.bounded(static_cast<int>(std::size(PIECES))))];
                continue;
            }
            keys.push_back(random.bounded(2) ? oldKey(random.generate()) : newKey(random.generate()));
            text += ' ' + keys.back() + ' ';
        }
        const ImportResult result = readImport(text);
        for (const std::string &key : keys) {
            const bool isThere =
                std::any_of(result.keys.begin(), result.keys.end(),
                            [&key](const ImportedKey &found) {
                                return found.verdict == ImportVerdict::New && found.secret.reveal() == key;
                            }) ||
                std::any_of(result.tokens.begin(), result.tokens.end(),
                            [&key](const ImportedToken &found) { return found.secret.equals(key); });
            QVERIFY2(isThere, text.c_str());
        }
    }
}

QTEST_APPLESS_MAIN(TstTextImport)
#include "tst_textimport.moc"
