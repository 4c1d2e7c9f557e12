#include <QTest>

#include "gateway/common/passphrasebox.h"

using namespace Gateway;

class TstPassphraseBox : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opensWhatItSealed_data();
    void opensWhatItSealed();
    void sealsAnewEachTime();
    void aWrongPassphraseOpensNothing();
    void everyByteCounts();
    void refusesWhatIsNotSealed_data();
    void refusesWhatIsNotSealed();
    void refusesANewerSeal();
    void needsAPassphrase();
};

namespace {

constexpr PassphraseCost QUICK = PassphraseCost::Interactive;
constexpr std::size_t VERSION_AT = 8;

std::string codeOf(const Result<std::string> &result)
{
    return result ? std::string("opened") : result.error().code;
}

} // namespace

void TstPassphraseBox::opensWhatItSealed_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<int>("cost");
    QTest::newRow("nothing") << QByteArray() << 0;
    QTest::newRow("text") << QByteArray("AIzaSyEXAMPLE,label") << 0;
    QTest::newRow("any bytes") << QByteArray("\0\xff\0", 3) << 0;
    QTest::newRow("a megabyte") << QByteArray(1 << 20, 'x') << 0;
    QTest::newRow("the dearer way") << QByteArray("text") << 1;
}

void TstPassphraseBox::opensWhatItSealed()
{
    QFETCH(QByteArray, content);
    QFETCH(int, cost);
    const auto sealed =
        sealWithPassphrase("open sesame", content.toStdString(),
                           cost == 0 ? PassphraseCost::Interactive : PassphraseCost::Moderate);
    QVERIFY(sealed);
    QVERIFY(isSealedWithPassphrase(*sealed));
    if (!content.isEmpty())
        QVERIFY(sealed->find(content.toStdString()) == std::string::npos);
    QCOMPARE(openWithPassphrase("open sesame", *sealed).value(), content.toStdString());
}

void TstPassphraseBox::sealsAnewEachTime()
{
    QVERIFY(sealWithPassphrase("p", "same", QUICK).value() != sealWithPassphrase("p", "same", QUICK).value());
}

void TstPassphraseBox::aWrongPassphraseOpensNothing()
{
    const auto sealed = sealWithPassphrase("right", "content", QUICK);
    QCOMPARE(codeOf(openWithPassphrase("wrong", *sealed)), std::string("wrong_passphrase"));
    QCOMPARE(codeOf(openWithPassphrase("", *sealed)), std::string("wrong_passphrase"));
}

/// The header counts as much as what is sealed: its salt, nonce and the rest.
void TstPassphraseBox::everyByteCounts()
{
    const std::string sealed = sealWithPassphrase("p", "content", QUICK).value();
    for (std::size_t at = VERSION_AT + 3; at < sealed.size(); at += 13) {
        std::string changed = sealed;
        changed[at] = static_cast<char>(changed[at] ^ 1);
        QCOMPARE(codeOf(openWithPassphrase("p", changed)), std::string("wrong_passphrase"));
    }
    QCOMPARE(codeOf(openWithPassphrase("p", sealed.substr(0, sealed.size() - 1))),
             std::string("wrong_passphrase"));
    QCOMPARE(codeOf(openWithPassphrase("p", sealed + "x")), std::string("wrong_passphrase"));
}

void TstPassphraseBox::refusesWhatIsNotSealed_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("a list of keys") << QByteArray("AIzaSyEXAMPLE\nAIzaSyEXAMPLE2\n").repeated(10);
    QTest::newRow("the first bytes alone") << QByteArray("GwSealed");
    QTest::newRow("a cut header") << QByteArray("GwSealed\x01\x10\x02rest of it");
    // A file from elsewhere must not make this machine use all its memory.
    QTest::newRow("a cost beyond reason") << QByteArray("GwSealed\x01\x30\x02") + QByteArray(100, 'x');
    QTest::newRow("passes beyond reason") << QByteArray("GwSealed\x01\x10\xff") + QByteArray(100, 'x');
}

void TstPassphraseBox::refusesWhatIsNotSealed()
{
    QFETCH(QByteArray, bytes);
    QCOMPARE(codeOf(openWithPassphrase("p", bytes.toStdString())), std::string("not_sealed"));
}

void TstPassphraseBox::refusesANewerSeal()
{
    std::string sealed = sealWithPassphrase("p", "content", QUICK).value();
    sealed[VERSION_AT] = 2;
    QCOMPARE(codeOf(openWithPassphrase("p", sealed)), std::string("newer_seal"));
}

void TstPassphraseBox::needsAPassphrase()
{
    QCOMPARE(codeOf(sealWithPassphrase("", "content", QUICK)), std::string("empty_passphrase"));
}

QTEST_APPLESS_MAIN(TstPassphraseBox)
#include "tst_passphrasebox.moc"
