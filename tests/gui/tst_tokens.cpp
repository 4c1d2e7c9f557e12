#include <QTest>

#include "ui/tokens.h"

using namespace Ui;

class TstTokens : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textsCanBeRead_data();
    void textsCanBeRead();
    void signsCanBeSeen_data();
    void signsCanBeSeen();
    void palettesKnowWhetherTheyAreDark();
    void contrastIsThatOfTheGuideline();

private:
    static void addThemes();
};

namespace {

const Tokens &tokensOf(const QString &theme)
{
    return theme == u"dark" ? darkTokens() : lightTokens();
}

} // namespace

void TstTokens::addThemes()
{
    QTest::addColumn<QString>("theme");
    QTest::newRow("light") << QStringLiteral("light");
    QTest::newRow("dark") << QStringLiteral("dark");
}

void TstTokens::textsCanBeRead_data()
{
    addThemes();
}

void TstTokens::textsCanBeRead()
{
    QFETCH(QString, theme);
    const Tokens &tokens = tokensOf(theme);
    for (const Role ink : {&Tokens::text, &Tokens::text2, &Tokens::text3}) {
        for (const Role ground : {&Tokens::window, &Tokens::side, &Tokens::surface, &Tokens::raised})
            QVERIFY(contrast(tokens.*ink, tokens.*ground) >= 4.5);
    }
    QVERIFY(contrast(tokens.okText, tokens.okBg) >= 4.5);
    QVERIFY(contrast(tokens.warnText, tokens.warnBg) >= 4.5);
    QVERIFY(contrast(tokens.badText, tokens.badBg) >= 4.5);
    QVERIFY(contrast(tokens.idleText, tokens.idleBg) >= 4.5);
    QVERIFY(contrast(tokens.accentText, tokens.selection) >= 4.5);
    for (const Role ground : {&Tokens::accent, &Tokens::accentHover, &Tokens::accentPressed})
        QVERIFY(contrast(tokens.onAccent, tokens.*ground) >= 4.5);
}

void TstTokens::signsCanBeSeen_data()
{
    addThemes();
}

void TstTokens::signsCanBeSeen()
{
    QFETCH(QString, theme);
    const Tokens &tokens = tokensOf(theme);
    for (const Role sign : {&Tokens::ok, &Tokens::warn, &Tokens::bad, &Tokens::idle, &Tokens::focus})
        QVERIFY(contrast(tokens.*sign, tokens.surface) >= 3.0);
}

void TstTokens::palettesKnowWhetherTheyAreDark()
{
    QVERIFY(isDark(paletteOf(darkTokens())));
    QVERIFY(!isDark(paletteOf(lightTokens())));
}

void TstTokens::contrastIsThatOfTheGuideline()
{
    QCOMPARE(qRound(contrast(Qt::black, Qt::white) * 100), 2100);
    QCOMPARE(qRound(contrast(Qt::white, Qt::white) * 100), 100);
    QCOMPARE(qRound(contrast(QColor(0x77, 0x77, 0x77), Qt::white) * 100), 448);
}

QTEST_APPLESS_MAIN(TstTokens)
#include "tst_tokens.moc"
