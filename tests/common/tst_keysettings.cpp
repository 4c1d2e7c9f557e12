#include <QTest>

#include "gateway/common/keysettings.h"
#include "gateway/common/quota.h"

using namespace Gateway;

class TstKeySettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyModelIsAllowedByDefault();
    void onlyNamedModelsAreAllowed();
    void whatIsDeniedWins();
    void aCallWithoutModelIsAllowed();
    void aProjectIsItsKeysScope();
};

void TstKeySettings::everyModelIsAllowedByDefault()
{
    QVERIFY(isModelAllowed({}, "gemini-3.6-flash"));
}

void TstKeySettings::onlyNamedModelsAreAllowed()
{
    KeySettings settings;
    settings.allowedModels = {"gemini-3.6-flash", "*-embedding-*"};
    QVERIFY(isModelAllowed(settings, "gemini-3.6-flash"));
    QVERIFY(isModelAllowed(settings, "gemini-embedding-001"));
    QVERIFY(!isModelAllowed(settings, "gemini-3.6-flash-lite"));
}

void TstKeySettings::whatIsDeniedWins()
{
    KeySettings settings;
    settings.allowedModels = {"gemini-*"};
    settings.deniedModels = {"*pro*"};
    QVERIFY(isModelAllowed(settings, "gemini-3.6-flash"));
    QVERIFY(!isModelAllowed(settings, "gemini-3.1-pro-preview"));
}

void TstKeySettings::aCallWithoutModelIsAllowed()
{
    KeySettings settings;
    settings.allowedModels = {"gemini-3.6-flash"};
    QVERIFY(isModelAllowed(settings, ""));
}

void TstKeySettings::aProjectIsItsKeysScope()
{
    QCOMPARE(quotaScope("studio", 4), std::string("studio"));
    QCOMPARE(quotaScope("", 4), std::string("#4"));
}

QTEST_GUILESS_MAIN(TstKeySettings)
#include "tst_keysettings.moc"
