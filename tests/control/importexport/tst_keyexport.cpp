#include <QTest>

#include "gateway/common/passphrasebox.h"
#include "gateway/control/importexport/import.h"
#include "gateway/control/importexport/keyexport.h"
#include "tests/control/importexport/importkeys.h"

using namespace Gateway;
using namespace TestSupport;

class TstKeyExport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatGoesOutComesBack_data();
    void whatGoesOutComesBack();
    void maskedShowsNoKey_data();
    void maskedShowsNoKey();
    void sealedNeedsItsPassphrase();
};

namespace {

std::vector<KeyRow> rows()
{
    std::vector<KeyRow> made(4);
    made[0].secret = Secret(oldKey(1));
    made[1].secret = Secret(newKey(2));
    KeySettings &all = made[1].settings;
    all.label = "=SUM(1), \"quoted\"; 密";
    all.note = "two\nlines\tand a tab";
    all.tags = {"a b", "c"};
    all.project = "studio-1";
    all.priority = -1000;
    all.weight = 10'000;
    all.enabled = false;
    all.allowedModels = {"gemini-3*", "*-embedding-*"};
    all.deniedModels = {"*pro*"};
    all.proxy = "socks5://user:pass@host:1080";
    all.minuteRequests = 15;
    all.minuteTokens = 1'000'000;
    all.dayRequests = 1'500;
    all.tier = KeyTier::Paid;
    all.kind = KeyKind::Vertex;
    all.baseUrl = "https://vertex.example/v1";
    made[2].secret = Secret("gsk_0123456789abcdefghijklmnop");
    made[2].settings.label = "'";
    made[3].secret = Secret(newKey(3));
    made[3].settings.tier = KeyTier::Free;
    made[3].settings.label = " blanks around ";
    return made;
}

std::string exported(bool isCsv, ExportSecrets secrets)
{
    return isCsv ? exportCsv(rows(), secrets) : exportJson(rows(), secrets);
}

} // namespace

void TstKeyExport::whatGoesOutComesBack_data()
{
    QTest::addColumn<bool>("isCsv");
    QTest::newRow("CSV") << true;
    QTest::newRow("JSON") << false;
}

void TstKeyExport::whatGoesOutComesBack()
{
    QFETCH(bool, isCsv);
    const ImportResult result = readImport(exported(isCsv, ExportSecrets::Revealed));
    QCOMPARE(result.format, isCsv ? ImportFormat::Csv : ImportFormat::Json);
    QVERIFY(result.warnings.empty());
    const std::vector<NewKey> keys = result.newKeys();
    QCOMPARE(keys.size(), rows().size());
    for (std::size_t i = 0; i < keys.size(); ++i) {
        QCOMPARE(keys[i].secret.reveal(), rows()[i].secret.reveal());
        QCOMPARE(keys[i].settings, rows()[i].settings);
    }
}

void TstKeyExport::maskedShowsNoKey_data()
{
    whatGoesOutComesBack_data();
}

void TstKeyExport::maskedShowsNoKey()
{
    QFETCH(bool, isCsv);
    const std::string text = exported(isCsv, ExportSecrets::Masked);
    for (const KeyRow &row : rows()) {
        QVERIFY(text.find(row.secret.reveal()) == std::string::npos);
        QVERIFY(text.find(row.secret.masked()) != std::string::npos);
    }
    const ImportResult result = readImport(text);
    QVERIFY(result.newKeys().empty());
    QCOMPARE(result.count(ImportVerdict::Malformed), rows().size());
}

void TstKeyExport::sealedNeedsItsPassphrase()
{
    const std::string text = exported(false, ExportSecrets::Revealed);
    const Result<std::string> sealed = sealWithPassphrase("correct horse", text, PassphraseCost::Interactive);
    QVERIFY(sealed);
    const ImportResult closed = readImport(*sealed);
    QCOMPARE(closed.format, ImportFormat::Sealed);
    QVERIFY(closed.keys.empty());
    const Result<std::string> opened = openWithPassphrase("correct horse", *sealed);
    QVERIFY(opened);
    QCOMPARE(readImport(*opened).newKeys().size(), rows().size());
}

QTEST_APPLESS_MAIN(TstKeyExport)
#include "tst_keyexport.moc"
