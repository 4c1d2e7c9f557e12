#include <QTest>

#include "gateway/control/importexport/import.h"
#include "tests/control/importexport/importkeys.h"

using namespace Gateway;
using namespace TestSupport;

/// CSV and JSON: the same fields in two forms.
class TstTableImport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void csvColumnsAreTaken();
    void otherSeparatorsAndNames();
    void wrongValuesAreToldAndMended();
    void csvRowsAreJudged();
    void csvKeysOutsideTheColumnAreFound();
    void jsonObjectsAreTaken();
    void jsonListsAreTaken();
    void jsonPlacesAreFound();
    void brokenJsonIsText();
};

void TstTableImport::csvColumnsAreTaken()
{
    const std::string text = "label,key,project,tags,weight,priority,note,enabled,allowed_models,tier,rpm\n"
                             "first," +
                             oldKey(1) + ",studio,b;a;b,50,-3,\"a, note\",false,gemini-3*;x,paid,12\n";
    const ImportResult result = readImport(text);
    QCOMPARE(result.format, ImportFormat::Csv);
    QVERIFY(result.warnings.empty());
    QCOMPARE(result.keys.size(), std::size_t{1});
    const ImportedKey &key = result.keys[0];
    KeySettings expected;
    expected.label = "first";
    expected.project = "studio";
    expected.tags = {"a", "b"};
    expected.weight = 50;
    expected.priority = -3;
    expected.note = "a, note";
    expected.enabled = false;
    expected.allowedModels = {"gemini-3*", "x"};
    expected.tier = KeyTier::Paid;
    expected.minuteRequests = 12;
    QCOMPARE(key.settings, expected);
    QCOMPARE(key.secret.reveal(), oldKey(1));
    QCOMPARE(key.place.line, 2);
    QCOMPARE(text.substr(key.place.offset, key.place.length), oldKey(1));
}

void TstTableImport::otherSeparatorsAndNames()
{
    for (const char *separator : {";", "\t"}) {
        const std::string text = std::string("API Key") + separator + "Remark" + separator + "Status\r\n" +
                                 newKey(1) + separator + "mine" + separator + "disabled\r\n";
        const ImportResult result = readImport(text);
        QCOMPARE(result.format, ImportFormat::Csv);
        QCOMPARE(result.keys.size(), std::size_t{1});
        QCOMPARE(result.keys[0].settings.note, std::string("mine"));
        QVERIFY(!result.keys[0].settings.enabled);
    }
}

void TstTableImport::wrongValuesAreToldAndMended()
{
    const ImportResult result = readImport("key,weight,priority,enabled\n" + oldKey(1) + ",0,many,perhaps\n");
    QCOMPARE(result.newKeys().size(), std::size_t{1});
    QCOMPARE(result.keys[0].settings.weight, 1);
    QCOMPARE(result.keys[0].settings.priority, 0);
    QVERIFY(result.keys[0].settings.enabled);
    QCOMPARE(result.warnings.size(), std::size_t{3});
    QCOMPARE(result.warnings[0].line, 2);
}

void TstTableImport::csvRowsAreJudged()
{
    const std::string text =
        "key,label\n" + oldKey(1) + ",a\n" + oldKey(1) + ",b\nAIza…x9Qk,masked\nshort1,c\n,\n";
    const ImportResult result = readImport(text, [](std::string_view) { return false; });
    std::vector<std::string> told;
    for (const ImportedKey &key : result.keys)
        told.push_back(verdictOf(key));
    QCOMPARE(told, (std::vector<std::string>{"new", "twice", "Not a Google key", "Too short"}));
    QCOMPARE(result.keys[1].place.line, 3);
}

void TstTableImport::csvKeysOutsideTheColumnAreFound()
{
    const ImportResult result = readImport("key,note\n" + oldKey(1) + ",see also " + oldKey(2) + "\n");
    QCOMPARE(result.newKeys().size(), std::size_t{2});
}

void TstTableImport::jsonObjectsAreTaken()
{
    const std::string text = R"({"keys":[{"apiKey":")" + oldKey(1) +
                             R"(","label":"first","tags":["b","a"],"weight":50,"enabled":false,"tier":null},
        {"key":")" + newKey(2) +
                             R"(","weight":"heavy"}]})";
    const ImportResult result = readImport(text);
    QCOMPARE(result.format, ImportFormat::Json);
    QCOMPARE(result.keys.size(), std::size_t{2});
    QCOMPARE(result.keys[0].settings.tags, (std::vector<std::string>{"a", "b"}));
    QCOMPARE(result.keys[0].settings.weight, 50);
    QVERIFY(!result.keys[0].settings.enabled);
    QCOMPARE(result.keys[1].secret.reveal(), newKey(2));
    QCOMPARE(result.warnings.size(), std::size_t{1});
    QCOMPARE(result.warnings[0].line, 2);
}

void TstTableImport::jsonListsAreTaken()
{
    const std::string text =
        R"([")" + oldKey(1) + R"(", "gsk_0123456789abcdefghijklmnop", "short", 5, null])";
    const ImportResult result = readImport(text);
    QCOMPARE(result.newKeys().size(), std::size_t{2});
    QVERIFY(result.keys[1].isUnusual);
    QCOMPARE(result.count(ImportVerdict::Malformed), std::size_t{1});
}

void TstTableImport::jsonPlacesAreFound()
{
    const std::string text = "[\n\"" + oldKey(1) + "\",\n\"" + newKey(2) + "\"]";
    const ImportResult result = readImport(text);
    QCOMPARE(result.keys.size(), std::size_t{2});
    QCOMPARE(result.keys[1].place.line, 3);
    QCOMPARE(text.substr(result.keys[1].place.offset, result.keys[1].place.length), newKey(2));
}

void TstTableImport::brokenJsonIsText()
{
    const ImportResult result = readImport(R"({"keys": [")" + oldKey(1) + R"(", )");
    QCOMPARE(result.format, ImportFormat::Text);
    QCOMPARE(result.newKeys().size(), std::size_t{1});
}

QTEST_APPLESS_MAIN(TstTableImport)
#include "tst_tableimport.moc"
