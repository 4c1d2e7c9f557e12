#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QScrollBar>

#include "samplewindow.h"
#include "ui/pages/log/logmodel.h"
#include "ui/pages/log/logpage.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/tableview.h"

using namespace Gateway;
using namespace Ui;
using namespace Qt::StringLiterals;

class TstLogPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheRulesOfModels();
    void holdsTheNewestLinesOnly();
    void filtersAndClears();
    void followsTheEnd();
    void copiesLines();
};

void TstLogPage::keepsTheRulesOfModels()
{
    SampleParts sample;
    LogModel model(*sample.control);
    const QAbstractItemModelTester tester(&model);
    model.reload();
    QTRY_COMPARE(model.rowCount(), 200);
    Q_EMIT sample.control->logAppended({{200, 1, LogLevel::Info, "gateway.pool", "told before"},
                                        {201, 2, LogLevel::Info, "gateway.pool", "new"}});
    QCOMPARE(model.rowCount(), 201);
    QCOMPARE(model.categories(), (QStringList{u"gateway.http"_s, u"gateway.pool"_s, u"gateway.store"_s}));
}

void TstLogPage::holdsTheNewestLinesOnly()
{
    SampleParts sample;
    LogModel model(*sample.control);
    std::vector<LogLine> lines;
    for (std::uint64_t i = 1; i <= LogModel::MOST_LINES + 50; ++i)
        lines.push_back({i, 1, LogLevel::Info, "c", "line " + std::to_string(i)});
    Q_EMIT sample.control->logAppended(lines);
    QCOMPARE(model.rowCount(), static_cast<int>(LogModel::MOST_LINES));
    QCOMPARE(model.index(0, LogModel::Text).data().toString(), u"line 51"_s);
}

void TstLogPage::filtersAndClears()
{
    SampleParts sample;
    Ui::LogPage page(sample.parts());
    showPage(page);
    const auto *model = page.findChild<LogModel *>();
    QTRY_COMPARE(model->rowCount(), 200);
    page.findChild<Segmented *>()->setCurrent(3);
    QCOMPARE(model->rowCount(), 40);
    QTest::keyClicks(page.findChild<SearchField *>(), u"nothing has this"_s);
    QTRY_VERIFY(hasText(page, u"No line matches"_s));
    buttonOf(page, u"Clear filters"_s)->click();
    QTRY_COMPARE(model->rowCount(), 200);
    QVERIFY(hasText(page, u"200 lines"_s));
}

void TstLogPage::followsTheEnd()
{
    SampleParts sample;
    Ui::LogPage page(sample.parts());
    showPage(page);
    const QScrollBar *bar = page.findChild<TableView *>()->verticalScrollBar();
    QTRY_VERIFY(bar->maximum() > 0);
    QTRY_COMPARE(bar->value(), bar->maximum());
    Q_EMIT sample.control->logAppended({{201, 2, LogLevel::Info, "gateway.pool", "new"}});
    QTRY_COMPARE(bar->value(), bar->maximum());
    buttonOf(page, u"Follow"_s)->click();
    const int value = bar->value();
    Q_EMIT sample.control->logAppended({{202, 2, LogLevel::Info, "gateway.pool", "newer"}});
    QTest::qWait(20);
    QCOMPARE(bar->value(), value);
}

void TstLogPage::copiesLines()
{
    SampleParts sample;
    Ui::LogPage page(sample.parts());
    showPage(page);
    auto *table = page.findChild<TableView *>();
    QTRY_COMPARE(table->model()->rowCount(), 200);
    table->selectRow(2);
    buttonOf(page, u"Copy"_s)->click();
    QVERIFY(sample.shell.copied.contains(u"WARNING gateway.pool Key 8 was sidelined"_s));
    QVERIFY(!sample.shell.copied.contains(u'\n'));
}

QTEST_MAIN(TstLogPage)
#include "tst_logpage.moc"
