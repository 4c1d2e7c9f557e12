#include <QTest>

#include "gateway/common/modelkinds.h"

using namespace Gateway;

Q_DECLARE_METATYPE(Gateway::ModelKind)

class TstModelKinds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsWhatAModelIsFor_data();
    void knowsWhatAModelIsFor();
    void readsTheVersion_data();
    void readsTheVersion();
    void prefersTheBetter_data();
    void prefersTheBetter();
    void namesKinds();
};

void TstModelKinds::knowsWhatAModelIsFor_data()
{
    QTest::addColumn<ModelKind>("kind");
    QTest::newRow("gemini-3.8-flash") << ModelKind::Flash;
    QTest::newRow("gemini-2.5-flash-preview-09-2025") << ModelKind::Flash;
    QTest::newRow("gemini-3.5-flash-lite") << ModelKind::FlashLite;
    QTest::newRow("gemini-3.1-pro-preview") << ModelKind::Pro;
    QTest::newRow("gemini-pro-latest") << ModelKind::Pro;
    QTest::newRow("gemini-3.1-flash-image") << ModelKind::Image;
    QTest::newRow("gemini-2.5-flash-preview-tts") << ModelKind::Speech;
    QTest::newRow("gemini-embedding-001") << ModelKind::Embedding;
    QTest::newRow("text-embedding-004") << ModelKind::Embedding;
    QTest::newRow("gemini-2.5-flash-native-audio-latest") << ModelKind::Other;
    QTest::newRow("gemini-3.8-live") << ModelKind::Other;
    QTest::newRow("gemini-omni-flash") << ModelKind::Other;
    QTest::newRow("gemini-robotics-er-1.5-preview") << ModelKind::Other;
    QTest::newRow("gemma-3-27b-it") << ModelKind::Other;
    QTest::newRow("gpt-5-pro") << ModelKind::Other;
}

void TstModelKinds::knowsWhatAModelIsFor()
{
    QFETCH(ModelKind, kind);
    QCOMPARE(modelKind(QTest::currentDataTag()), kind);
}

void TstModelKinds::readsTheVersion_data()
{
    QTest::addColumn<int>("major");
    QTest::addColumn<int>("minor");
    QTest::addColumn<bool>("stable");
    QTest::newRow("gemini-3.6-flash") << 3 << 6 << true;
    QTest::newRow("gemini-3-pro-preview") << 3 << 0 << false;
    QTest::newRow("gemini-flash-latest") << 0 << 0 << true;
    QTest::newRow("gemini-2.5-flash-preview-09-2025") << 2 << 5 << false;
    QTest::newRow("gemini-embedding-exp-03-07") << 0 << 0 << false;
    QTest::newRow("gemini-embedding-001") << 1 << 0 << true;
    QTest::newRow("gemini-embedding-2") << 2 << 0 << true;
    QTest::newRow("gemini-2.0-flash-001") << 2 << 0 << true;
    QTest::newRow("gemini") << 0 << 0 << true;
    QTest::newRow("gemini-") << 0 << 0 << true;
    QTest::newRow("gemini-20261001") << 0 << 0 << true;
}

void TstModelKinds::readsTheVersion()
{
    const ModelAge age = modelAge(QTest::currentDataTag());
    QTEST(age.major, "major");
    QTEST(age.minor, "minor");
    QTEST(age.stable, "stable");
}

void TstModelKinds::prefersTheBetter_data()
{
    QTest::addColumn<std::string>("better");
    QTest::addColumn<std::string>("worse");
    const auto row = [](const char *better, const char *worse) {
        QTest::addRow("%s over %s", better, worse) << std::string(better) << std::string(worse);
    };
    row("gemini-3.8-flash", "gemini-3.6-flash");
    row("gemini-3.10-flash", "gemini-3.9-flash");
    row("gemini-3.6-flash", "gemini-3.8-flash-preview");
    row("gemini-3.1-pro-preview", "gemini-2.5-pro");
    row("gemini-3.1-pro-preview", "gemini-3.1-pro-preview-customtools");
    row("gemini-2.5-flash", "gemini-flash-latest");
    row("gemini-embedding-2", "gemini-embedding-001");
    row("gemini-embedding-001", "text-embedding-004");
    row("gemini-embedding-001", "gemini-embedding-exp-03-07");
}

void TstModelKinds::prefersTheBetter()
{
    QFETCH(std::string, better);
    QFETCH(std::string, worse);
    QVERIFY(isBetterModel(better, worse));
    QVERIFY(!isBetterModel(worse, better));
    QVERIFY(!isBetterModel(better, better));
}

void TstModelKinds::namesKinds()
{
    QVERIFY(kindOfTarget("@flash-lite") == ModelKind::FlashLite);
    QVERIFY(!kindOfTarget("flash"));
    QVERIFY(!kindOfTarget("@other"));
    QCOMPARE(latestName(ModelKind::Pro), std::string_view("gemini-pro-latest"));
    QVERIFY(latestName(ModelKind::Other).empty());
}

QTEST_APPLESS_MAIN(TstModelKinds)
#include "tst_modelkinds.moc"
