#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QTest>

#include "samplewindow.h"
#include "ui/pages/overview/hourchart.h"
#include "ui/pages/overview/overviewpage.h"
#include "ui/pages/overview/periodfigures.h"
#include "ui/pages/overview/problemscard.h"
#include "ui/pages/overview/timechart.h"
#include "ui/widgets/celldelegate.h"
#include "ui/widgets/charttable.h"

using namespace Gateway;
using namespace Ui;
using namespace Qt::StringLiterals;

class TstOverviewPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void tellsChangesWithTheirMood();
    void showsWhatNeedsAHand();
    void saysThatAllIsWell();
    void saysWhyFiguresCannotBeRead();
    void leadsToRequestsOfAMinute();
    void chartsLatencyAndTokens();
    void tellsTheChartAsATable();
    void saysPartlyServing();
    void pausesForAWhile();
};

void TstOverviewPage::tellsChangesWithTheirMood()
{
    UsageStats stats;
    stats.total.sums = {
        .requests = 100, .failed = 1, .inputTokens = 41'000'000, .durationP95 = 4800, .firstByteP50 = 620};
    stats.before.sums = {
        .requests = 80, .failed = 4, .inputTokens = 41'000'000, .durationP95 = 5400, .firstByteP50 = -1};
    const auto figures = periodFigures(stats);
    QCOMPARE(figures[0].value, u"100"_s);
    QCOMPARE(figures[0].change, u"+25 %"_s);
    QCOMPARE(figures[0].mood, 0);
    QCOMPARE(figures[1].value, u"99.0"_s);
    QCOMPARE(figures[1].change, u"+4.0"_s);
    QCOMPARE(figures[1].mood, 1);
    // Faster is better.
    QCOMPARE(figures[2].change, u"−11 %"_s);
    QCOMPARE(figures[2].mood, 1);
    QCOMPARE(figures[3].change, QString());
    QCOMPARE(figures[4].value + figures[4].unit, u"41.0M"_s);
    QCOMPARE(periodFigures({})[1].value, u"–"_s);
    QCOMPARE(periodFigures({})[2].value, u"–"_s);
}

void TstOverviewPage::showsWhatNeedsAHand()
{
    SampleParts sample;
    for (int i = 0; i < 4; ++i)
        sample.control->problemRows.push_back({"model_overloaded", "gemini-" + std::to_string(i), 2, {}});
    OverviewPage page(sample.parts());
    showPage(page);
    QTRY_VERIFY(hasText(page, u"2 keys were refused by Google"_s) || hasText(page, u"%n keys"_s));
    QVERIFY(!hasText(page, u"gemini-3 is overloaded"_s));
    buttonOf(page, u"Show all 7"_s)->click();
    QTRY_VERIFY(hasText(page, u"gemini-3 is overloaded"_s));
    buttonOf(page, u"Show token"_s)->click();
    QCOMPARE(sample.shell.targets.back().page, PageId::Clients);
    QCOMPARE(sample.shell.targets.back().id, 3);
}

void TstOverviewPage::saysThatAllIsWell()
{
    SampleParts sample;
    sample.control->problemRows.clear();
    OverviewPage page(sample.parts());
    showPage(page);
    QTRY_VERIFY(hasText(page, u"All is well. Nothing needs a hand."_s));
}

void TstOverviewPage::saysWhyFiguresCannotBeRead()
{
    SampleParts sample;
    sample.control->failure = {500, "store", "The disk is gone.", {}, 0};
    OverviewPage page(sample.parts());
    showPage(page);
    QTRY_VERIFY(hasText(page, u"Figures cannot be read: The disk is gone."_s));
    QTRY_VERIFY(buttonOf(page, u"Try again"_s));
    buttonOf(page, u"Try again"_s)->click();
    QTRY_VERIFY(!hasText(page, u"Figures cannot be read"_s));
}

void TstOverviewPage::leadsToRequestsOfAMinute()
{
    SampleParts sample;
    OverviewPage page(sample.parts());
    showPage(page);
    auto *chart = page.findChild<TimeChart *>();
    chart->setFocus();
    QTest::qWait(50);
    QTest::keyClick(chart, Qt::Key_Left);
    QTest::keyClick(chart, Qt::Key_Left);
    QTest::keyClick(chart, Qt::Key_Return);
    QCOMPARE(sample.shell.targets.back().page, PageId::Requests);
    QCOMPARE(sample.shell.targets.back().untilMs - sample.shell.targets.back().fromMs, 60'000);
}

void TstOverviewPage::chartsLatencyAndTokens()
{
    SampleParts sample;
    OverviewPage page(sample.parts());
    showPage(page);
    const auto *hour = page.findChild<HourChart *>();
    QTRY_VERIFY(hasText(*hour, u"Answered"_s));
    buttonOf(*hour, u"Latency"_s)->click();
    QTRY_VERIFY(hasText(*hour, u"p95"_s) && !hasText(*hour, u"Answered"_s));
    const auto *chart = page.findChild<TimeChart *>();
    QVERIFY(chart->accessibleDescription().contains(u"p95: 4.80 s"_s));
    buttonOf(*hour, u"Tokens"_s)->click();
    QTRY_VERIFY(hasText(*hour, u"gemini-2.5-pro"_s));
    QTRY_VERIFY(!hasText(*hour, u"p95"_s));
}

void TstOverviewPage::tellsTheChartAsATable()
{
    SampleParts sample;
    OverviewPage page(sample.parts());
    showPage(page);
    QTRY_VERIFY(hasText(page, u"Answered"_s));
    QTest::keyClick(&page, Qt::Key_T, Qt::ControlModifier);
    auto *table = page.findChild<ChartTable *>();
    QTRY_VERIFY(table && table->isVisible());
    const auto *model = table->findChild<ChartTableModel *>();
    const QAbstractItemModelTester tester(const_cast<ChartTableModel *>(model));
    QCOMPARE(model->rowCount(), 60);
    QCOMPARE(model->columnCount(), 3);
    const ChartData &shown = page.findChild<TimeChart *>()->shown();
    QCOMPARE(model->index(0, 1).data().toString(), shown.text(shown.series[0].values.back()));
    QVERIFY(!model->index(0, 0).data(CellDelegate::IsFigure).toBool());
    QVERIFY(model->index(0, 1).data(CellDelegate::IsFigure).toBool());
    QCOMPARE(model->index(59, 2).data().toString(), shown.text(shown.series[1].values.front()));
    buttonOf(*table, u"Copy"_s)->click();
    const QStringList lines = QApplication::clipboard()->text().split(u'\n');
    QCOMPARE(lines.size(), 62);
    QCOMPARE(lines[0], u"Time\tAnswered\tFailed"_s);
    buttonOf(*table, u"Close"_s)->click();
    QTRY_VERIFY(!page.findChild<ChartTable *>());
}

void TstOverviewPage::saysPartlyServing()
{
    SampleParts sample;
    sample.control->modelRows[1].keysUsable = 0;
    sample.control->modelRows[1].keysResting = 36;
    OverviewPage page(sample.parts());
    showPage(page);
    QTRY_VERIFY(hasText(page, u"Partly serving"_s));
    QVERIFY(hasText(page, u"No usable key for gemini-2.5-pro now."_s));
}

void TstOverviewPage::pausesForAWhile()
{
    SampleParts sample;
    sample.control->gatewayStatus.state = GatewayStatus::State::Paused;
    OverviewPage page(sample.parts());
    showPage(page);
    QVERIFY(!buttonOf(page, u"Pause"_s));
    buttonOf(page, u"Resume"_s)->click();
    QTRY_VERIFY(sample.control->calls.contains(u"serving.resume"_s));
    QTRY_VERIFY(buttonOf(page, u"Pause"_s));
}

QTEST_MAIN(TstOverviewPage)
#include "tst_overviewpage.moc"
