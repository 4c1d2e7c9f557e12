#include <QTest>

#include "gateway/store/sealer.h"

using namespace Gateway;

class TstSealer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opensWhatItSealed_data();
    void opensWhatItSealed();
    void sealsAnewEachTime();
    void everyByteCounts();
    void aTextBelongsToItsPlace_data();
    void aTextBelongsToItsPlace();
    void anotherKeyOpensNothing();
    void readsMasterKeys_data();
    void readsMasterKeys();
    void refusesWhatIsNoKey_data();
    void refusesWhatIsNoKey();
    void writesAKeyAsItReadsIt();
};

namespace {

std::string codeOf(const Result<Secret> &result)
{
    return result ? std::string("opened") : result.error().code;
}

} // namespace

void TstSealer::opensWhatItSealed_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("a key") << QByteArray("AIzaSyEXAMPLE0123456789");
    QTest::newRow("any bytes") << QByteArray("\0\xff\x01", 3);
    QTest::newRow("long") << QByteArray(100'000, 'x');
}

void TstSealer::opensWhatItSealed()
{
    QFETCH(QByteArray, text);
    const Sealer sealer(MasterKey::random());
    const std::string sealed = sealer.seal("keys", "row", text.toStdString());
    if (!text.isEmpty())
        QVERIFY(sealed.find(text.toStdString()) == std::string::npos);
    QCOMPARE(sealer.open("keys", "row", sealed).value().reveal(), text.toStdString());
}

void TstSealer::sealsAnewEachTime()
{
    const Sealer sealer(MasterKey::random());
    QVERIFY(sealer.seal("keys", "row", "same") != sealer.seal("keys", "row", "same"));
}

void TstSealer::everyByteCounts()
{
    const Sealer sealer(MasterKey::random());
    const std::string sealed = sealer.seal("keys", "row", "AIzaSyEXAMPLE");
    for (std::size_t at = 0; at < sealed.size(); ++at) {
        std::string changed = sealed;
        changed[at] = static_cast<char>(changed[at] ^ 0x10);
        QCOMPARE(codeOf(sealer.open("keys", "row", changed)), std::string("seal_broken"));
        QCOMPARE(codeOf(sealer.open("keys", "row", sealed.substr(0, at))), std::string("seal_broken"));
    }
    QCOMPARE(codeOf(sealer.open("keys", "row", sealed + '\0')), std::string("seal_broken"));
}

void TstSealer::aTextBelongsToItsPlace_data()
{
    QTest::addColumn<QByteArray>("table");
    QTest::addColumn<QByteArray>("row");
    QTest::newRow("another row") << QByteArray("keys") << QByteArray("row2");
    QTest::newRow("another table") << QByteArray("settings") << QByteArray("row1");
    QTest::newRow("the same letters in all") << QByteArray("keysr") << QByteArray("ow1");
}

void TstSealer::aTextBelongsToItsPlace()
{
    QFETCH(QByteArray, table);
    QFETCH(QByteArray, row);
    const Sealer sealer(MasterKey::random());
    const std::string sealed = sealer.seal("keys", "row1", "AIzaSyEXAMPLE");
    const Result<Secret> opened = sealer.open(table.toStdString(), row.toStdString(), sealed);
    QCOMPARE(codeOf(opened), std::string("seal_broken"));
    QVERIFY(opened.error().text.find("AIza") == std::string::npos);
}

void TstSealer::anotherKeyOpensNothing()
{
    const std::string sealed = Sealer(MasterKey::random()).seal("keys", "row", "AIzaSyEXAMPLE");
    QCOMPARE(codeOf(Sealer(MasterKey::random()).open("keys", "row", sealed)), std::string("seal_broken"));
}

void TstSealer::readsMasterKeys_data()
{
    QTest::addColumn<QByteArray>("text");
    const QByteArray bytes = QByteArray(31, '\xfb') + '\x3f';
    QTest::newRow("hex") << bytes.toHex();
    QTest::newRow("hex in capitals") << bytes.toHex().toUpper();
    QTest::newRow("base64") << bytes.toBase64();
    QTest::newRow("without padding") << bytes.toBase64(QByteArray::OmitTrailingEquals);
    QTest::newRow("for URLs") << bytes.toBase64(QByteArray::Base64UrlEncoding);
    QTest::newRow("blanks around") << " " + bytes.toBase64() + "\r\n";
}

void TstSealer::readsMasterKeys()
{
    QFETCH(QByteArray, text);
    const Result<MasterKey> key = MasterKey::parse(text.toStdString(), "GATEWAY_MASTER_KEY");
    QVERIFY2(key, text.constData());
    const QByteArray found(reinterpret_cast<const char *>(key->data()), MasterKey::BYTES);
    QCOMPARE(found, QByteArray(31, '\xfb') + '\x3f');
}

void TstSealer::refusesWhatIsNoKey_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("a passphrase") << QByteArray("correct horse battery staple");
    QTest::newRow("too short") << QByteArray(16, 'x').toBase64();
    QTest::newRow("too long") << QByteArray(33, 'x').toBase64();
    QTest::newRow("63 digits") << QByteArray(63, 'a');
    QTest::newRow("two keys in a line")
        << QByteArray(32, 'x').toBase64() + " " + QByteArray(32, 'y').toBase64();
}

void TstSealer::refusesWhatIsNoKey()
{
    QFETCH(QByteArray, text);
    const Result<MasterKey> key = MasterKey::parse(text.toStdString(), "GATEWAY_MASTER_KEY");
    QVERIFY(!key);
    QCOMPARE(key.error().code, std::string("master_key_invalid"));
    QVERIFY(key.error().text.find("GATEWAY_MASTER_KEY") != std::string::npos);
    QVERIFY(text.isEmpty() || key.error().text.find(text.toStdString()) == std::string::npos);
}

void TstSealer::writesAKeyAsItReadsIt()
{
    const MasterKey key = MasterKey::random();
    const std::string lines = "\n" + key.text().reveal() + "\n" + MasterKey::random().text().reveal() + "\n";
    const auto keys = MasterKey::parseLines(lines, "a file");
    QCOMPARE(keys.value().size(), std::size_t{2});
    QCOMPARE(keys->front().text().reveal(), key.text().reveal());
}

QTEST_APPLESS_MAIN(TstSealer)
#include "tst_sealer.moc"
