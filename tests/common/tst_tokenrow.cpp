#include <QTest>

#include "gateway/common/tokenrow.h"

using namespace Gateway;

class TstTokenRow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theDigestIsBlake2b();
    void aNewTokenIsSecretAndHinted();
    void aShortTextHasNoHint();
    void soundSettingsAreTaken();
    void wrongSettingsNameTheField_data();
    void wrongSettingsNameTheField();
};

namespace {

TokenSettings named(std::string name)
{
    TokenSettings settings;
    settings.name = std::move(name);
    return settings;
}

} // namespace

void TstTokenRow::theDigestIsBlake2b()
{
    // b2sum -l 256 of "abc"
    const TokenDigest digest = tokenDigest("abc");
    const QByteArray hex =
        QByteArray(reinterpret_cast<const char *>(digest.data()), static_cast<qsizetype>(digest.size()))
            .toHex();
    QCOMPARE(hex, QByteArray("bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319"));
}

void TstTokenRow::aNewTokenIsSecretAndHinted()
{
    const NewToken one = makeAccessToken(named("team"), 1'788'264'000'000);
    const NewToken other = makeAccessToken(named("team"), 1'788'264'000'000);
    const std::string &text = one.secret.reveal();
    QVERIFY(text.starts_with("gb-"));
    QVERIFY(text.size() >= 40);
    QVERIFY(text != other.secret.reveal());
    QCOMPARE(one.row.hint, text.substr(text.size() - 4));
    QCOMPARE(one.row.digest, tokenDigest(text));
    QCOMPARE(one.row.createdMs, std::int64_t{1'788'264'000'000});
    QCOMPARE(one.row.settings.name, std::string("team"));
    QCOMPARE(one.row.owner, tokenFingerprint(text));
    QVERIFY(one.row.owner != other.row.owner);
}

void TstTokenRow::aShortTextHasNoHint()
{
    QCOMPARE(tokenRow(Secret("12345678901"), named("a"), 0).hint, std::string());
    QCOMPARE(tokenRow(Secret("123456789012"), named("a"), 0).hint, std::string("9012"));
}

void TstTokenRow::soundSettingsAreTaken()
{
    TokenSettings settings = named("team");
    settings.networks = {"10.0.0.0/8", "::1"};
    settings.limits.dayTokens = 5;
    settings.parameters = "thinking=low; headers=\"X-Team: a\"";
    QVERIFY(checkTokenSettings(settings));
}

void TstTokenRow::wrongSettingsNameTheField_data()
{
    QTest::addColumn<QString>("field");
    QTest::newRow("no name") << "name";
    QTest::newRow("long name") << "name";
    QTest::newRow("expiry") << "expires";
    QTest::newRow("limit") << "limits";
    QTest::newRow("network") << "networks";
    QTest::newRow("parameters") << "parameters";
    QTest::newRow("long parameters") << "parameters";
}

void TstTokenRow::wrongSettingsNameTheField()
{
    QFETCH(QString, field);
    TokenSettings settings = named("team");
    const QByteArray row = QTest::currentDataTag();
    if (row == "no name")
        settings.name = "  ";
    else if (row == "long name")
        settings.name = std::string(201, 'x');
    else if (row == "expiry")
        settings.expiresMs = -1;
    else if (row == "limit")
        settings.limits.monthMicroUsd = -1;
    else if (row == "network")
        settings.networks = {"10.0.0.0/8", "10.0.0.0/99"};
    else if (row == "parameters")
        settings.parameters = "search; loud";
    else
        settings.parameters = "system_before=\"" + std::string(20'000, 'x') + '"';
    const Result<void> checked = checkTokenSettings(settings);
    QVERIFY(!checked);
    QCOMPARE(checked.error().status, 400);
    QCOMPARE(QString::fromStdString(checked.error().param), field);
}

QTEST_APPLESS_MAIN(TstTokenRow)
#include "tst_tokenrow.moc"
