#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QFile>
#include <QScrollBar>
#include <QSignalSpy>

#include "samplewindow.h"
#include "ui/pages/requests/requestexport.h"
#include "ui/pages/requests/requestmodel.h"
#include "ui/pages/requests/requestpane.h"
#include "ui/pages/requests/requestspage.h"
#include "ui/widgets/codeview.h"
#include "ui/widgets/dialog.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/tableview.h"

using namespace Gateway;
using namespace Ui;
using namespace Qt::StringLiterals;

namespace {

RequestView requestOf(const char *model, int status)
{
    RequestView request;
    request.id = "new";
    request.timeMs = SampleControl::now();
    request.modelAsked = request.modelUsed = model;
    request.status = status;
    if (status >= 400)
        request.error = "UNAVAILABLE: overloaded";
    return request;
}

/// A log of a million requests, made as they are asked for.
class LongLog final : public Control, private RecordCommands
{
public:
    static constexpr std::int64_t COUNT = 1'000'000;

    GatewayStatus status() const override { return {}; }
    KeyCommands &keys() override { return m_keys; }
    TokenCommands &tokens() override { return m_tokens; }
    SettingCommands &settings() override { return m_settings; }
    RecordCommands &records() override { return *this; }
    ServingCommands &serving() override { return m_serving; }

private:
    void requests(RequestQuery query, Reply<RequestViewPage> reply) override
    {
        RequestViewPage page;
        const bool isForward = query.after > 0;
        std::int64_t seq = isForward ? std::min(COUNT, query.after + query.limit)
                                     : (query.before ? query.before - 1 : COUNT);
        const std::int64_t last =
            isForward ? query.after + 1 : std::max<std::int64_t>(1, seq - query.limit + 1);
        for (; seq >= last; --seq) {
            RequestView request;
            request.seq = seq;
            request.timeMs = seq;
            request.status = 200;
            page.requests.push_back(request);
        }
        page.next = isForward ? (page.requests.front().seq < COUNT ? page.requests.front().seq : 0)
                              : (last > 1 ? last : 0);
        reply(std::move(page));
    }

    KeyCommands m_keys;
    TokenCommands m_tokens;
    SettingCommands m_settings;
    ServingCommands m_serving;
};

} // namespace

class TstRequestsPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheRulesOfModels();
    void scrollsThroughAMillion();
    void putsNewOnesOnTopWhileTheTopIsSeen();
    void matchesAsTheStoreDoes();
    void filtersByChipsAndSearch();
    void opensDetailsAndSteps();
    void saysThatBodiesAreNotKept();
    void pausesTheList();
    void deletesWhatIsSelected();
    void showsEmptyStates();
    void goesToAKeyAndASpan();
    void exportsCsvAndJsonLines();
    void foldsItsListsWhereItIsNarrow();
    void thePaneCoversTheListWhereItIsNarrow();
};

void TstRequestsPage::keepsTheRulesOfModels()
{
    SampleParts sample;
    RequestModel model(*sample.control);
    const QAbstractItemModelTester tester(&model);
    model.reload();
    QTRY_VERIFY(model.rowCount() >= 200);
    while (model.rowCount() < 800) {
        model.fetchMore({});
        QTest::qWait(1);
    }
    QCOMPARE(model.rowCount(), 800);
    sample.control->record({requestOf("gemini-2.5-pro", 200)});
    QTRY_COMPARE(model.rowCount(), 801);
    model.forget({800, 5});
    QCOMPARE(model.rowCount(), 799);
    model.setFilter({.failedOnly = true});
    QTRY_VERIFY(model.rowCount() > 0 && model.rowCount() < 200);
}

void TstRequestsPage::scrollsThroughAMillion()
{
    LongLog log;
    RequestModel model(log);
    model.reload();
    QTRY_VERIFY(model.rowCount() > 0);
    // Down for a while: rows far above go, and the list never grows beyond its bound.
    int steps = 0;
    while (steps < 60) {
        model.fetchMore({});
        QTRY_VERIFY(!model.isLoading());
        QVERIFY(model.rowCount() <= 6200);
        ++steps;
    }
    const std::int64_t oldest = model.request(model.rowCount() - 1)->seq;
    QCOMPARE(oldest, LongLog::COUNT - 61 * 200 + 1);
    QVERIFY(model.isTopDropped());
    // And up again to the very first, with none missing.
    while (model.isTopDropped()) {
        const std::int64_t top = model.request(0)->seq;
        model.fetchNewer();
        QTRY_VERIFY(!model.isLoading());
        QVERIFY(model.request(0)->seq > top);
        QVERIFY(model.rowCount() <= 6200);
    }
    QCOMPARE(model.request(0)->seq, LongLog::COUNT);
    for (int row = 1; row < model.rowCount(); ++row)
        QCOMPARE(model.request(row)->seq, model.request(row - 1)->seq - 1);
    QVERIFY(model.canFetchMore({}));
}

void TstRequestsPage::putsNewOnesOnTopWhileTheTopIsSeen()
{
    SampleParts sample;
    RequestsPage page(sample.parts());
    showPage(page);
    auto *table = page.findChild<TableView *>();
    QTRY_VERIFY(table->model()->rowCount() >= 200);
    const int rows = table->model()->rowCount();
    sample.control->record({requestOf("gemini-2.5-pro", 200)});
    QTRY_COMPARE(table->model()->rowCount(), rows + 1);
    // Scrolled down, what is looked at stays and the new ones are counted.
    table->verticalScrollBar()->setValue(500);
    sample.control->record({requestOf("gemini-2.5-pro", 200), requestOf("gemini-2.5-pro", 200)});
    QCOMPARE(table->model()->rowCount(), rows + 1);
    QCOMPARE(table->verticalScrollBar()->value(), 500);
    QVERIFY(buttonOf(page, u"2 new"_s));
    buttonOf(page, u"2 new"_s)->click();
    QTRY_VERIFY(!buttonOf(page, u"2 new"_s));
    QTRY_COMPARE(table->model()->index(0, 0).row(), 0);
}

void TstRequestsPage::matchesAsTheStoreDoes()
{
    const RequestView good = requestOf("gemini-2.5-pro", 200);
    const RequestView bad = requestOf("gemini-2.5-flash", 503);
    QVERIFY(matches(RequestFilter{}, good));
    QVERIFY(!matches(RequestFilter{.failedOnly = true}, good));
    QVERIFY(matches(RequestFilter{.failedOnly = true}, bad));
    QVERIFY(matches(RequestFilter{.statusFrom = 500, .statusTo = 599}, bad));
    QVERIFY(!matches(RequestFilter{.model = "gemini-2.5-pro"}, bad));
    QVERIFY(matches(RequestFilter{.errorText = "OVERLOADED"}, bad));
    QVERIFY(!matches(RequestFilter{.retriedOnly = true}, bad));
    QVERIFY(!matches(RequestFilter{.untilMs = SampleControl::now()}, bad));
}

void TstRequestsPage::filtersByChipsAndSearch()
{
    SampleParts sample;
    RequestsPage page(sample.parts());
    showPage(page);
    auto *model = page.findChild<RequestModel *>();
    QTRY_VERIFY(model->rowCount() >= 200);
    buttonOf(page, u"Failed"_s)->click();
    QVERIFY(model->filter().failedOnly);
    QTRY_VERIFY(model->rowCount() > 0);
    for (int row = 0; row < model->rowCount(); ++row)
        QVERIFY(model->request(row)->status >= 400);
    page.focusSearch();
    QTest::keyClicks(page.findChild<SearchField *>(), u"overloaded"_s);
    QTRY_COMPARE(QString::fromStdString(model->filter().errorText), u"overloaded"_s);
    QTRY_VERIFY(model->rowCount() > 0);
    QCOMPARE(model->request(0)->status, 503);
    QVERIFY(page.escape());
    QVERIFY(model->filter().errorText.empty());
}

void TstRequestsPage::opensDetailsAndSteps()
{
    SampleParts sample;
    RequestsPage page(sample.parts());
    showPage(page);
    auto *table = page.findChild<TableView *>();
    QTRY_VERIFY(table->model()->rowCount() >= 200);
    table->setCurrentIndex(table->model()->index(2, 0));
    QTest::keyClick(table, Qt::Key_Return);
    const auto *pane = page.findChild<RequestPane *>();
    QVERIFY(pane->isVisible());
    QTRY_VERIFY(hasText(*pane, u"429 RESOURCE_EXHAUSTED"_s));
    QTRY_VERIFY(hasText(*pane, u"1  Studio 03"_s));
    QVERIFY(hasText(*pane, u"claude-sonnet-4-5"_s));
    QVERIFY(pane->findChild<CodeView *>()->toPlainText().contains(u"\"max_tokens\": 8192"_s));
    buttonOf(page, u"Older request"_s)->click();
    QCOMPARE(table->currentIndex().row(), 3);
    QVERIFY(page.escape());
    QVERIFY(!pane->isVisible());
}

void TstRequestsPage::saysThatBodiesAreNotKept()
{
    SampleParts sample;
    RequestsPage page(sample.parts());
    showPage(page);
    auto *table = page.findChild<TableView *>();
    QTRY_VERIFY(table->model()->rowCount() >= 200);
    table->setCurrentIndex(table->model()->index(0, 0));
    QTest::keyClick(table, Qt::Key_Return);
    QTRY_VERIFY(hasText(page, u"Headers and bodies are not kept."_s));
    buttonOf(page, u"Open setting"_s)->click();
    QCOMPARE(sample.shell.targets.back().page, PageId::Settings);
    QCOMPARE(sample.shell.targets.back().filter, u"RECORD_BODIES"_s);
}

void TstRequestsPage::pausesTheList()
{
    SampleParts sample;
    RequestsPage page(sample.parts());
    showPage(page);
    auto *model = page.findChild<RequestModel *>();
    QTRY_VERIFY(model->rowCount() >= 200);
    buttonOf(page, u"Pause list"_s)->click();
    sample.control->record({requestOf("gemini-2.5-pro", 200)});
    QCOMPARE(model->waiting(), 1);
    QVERIFY(hasText(page, u"List paused"_s));
    buttonOf(page, u"Resume list"_s)->click();
    QTRY_COMPARE(QString::fromStdString(model->rowCount() ? model->request(0)->id : ""), u"new"_s);
}

void TstRequestsPage::deletesWhatIsSelected()
{
    SampleParts sample;
    RequestsPage page(sample.parts());
    showPage(page);
    auto *table = page.findChild<TableView *>();
    QTRY_VERIFY(table->model()->rowCount() >= 200);
    table->selectRow(0);
    table->selectionModel()->select(table->model()->index(1, 0),
                                    QItemSelectionModel::Select | QItemSelectionModel::Rows);
    QVERIFY(hasText(page, u"2 selected"_s));
    buttonOf(page, u"Delete"_s)->click();
    auto *question = page.findChild<Dialog *>();
    QVERIFY(question);
    QVERIFY(!sample.control->calls.contains(u"records.delete 800,799"_s));
    buttonOf(*question, u"Delete"_s)->click();
    QTRY_VERIFY(sample.control->calls.contains(u"records.delete 800,799"_s));
    QTRY_COMPARE(page.findChild<RequestModel *>()->request(0)->seq, 798);
}

void TstRequestsPage::showsEmptyStates()
{
    SampleParts sample;
    sample.control->requestRows.clear();
    RequestsPage page(sample.parts());
    showPage(page);
    QTRY_VERIFY(hasText(page, u"Nothing has come in yet"_s));
    QVERIFY(hasText(page, u"http://127.0.0.1:4364"_s));
    buttonOf(page, u"Failed"_s)->click();
    QTRY_VERIFY(hasText(page, u"No request matches the filters"_s));
    buttonOf(page, u"Clear filters"_s)->click();
    QTRY_VERIFY(hasText(page, u"Nothing has come in yet"_s));
    sample.control->failure = {500, "store", "The database cannot be read.", {}, 0};
    page.refresh();
    QTRY_VERIFY(hasText(page, u"The database cannot be read."_s));
}

void TstRequestsPage::goesToAKeyAndASpan()
{
    SampleParts sample;
    RequestsPage page(sample.parts());
    showPage(page);
    auto *model = page.findChild<RequestModel *>();
    page.goTo({.page = PageId::Requests, .id = 3});
    QTRY_COMPARE(model->filter().keyId, 3);
    QTRY_VERIFY(buttonOf(page, u"Remove the filter Key Studio 03"_s));
    page.goTo({.page = PageId::Requests, .fromMs = 60'000, .untilMs = 120'000});
    QCOMPARE(model->filter().fromMs, 60'000);
    QCOMPARE(model->filter().untilMs, 120'000);
    buttonOf(page, u"Remove the filter Key Studio 03"_s)->click();
    QTRY_COMPARE(model->filter().keyId, 0);
}

void TstRequestsPage::exportsCsvAndJsonLines()
{
    SampleParts sample;
    sample.control->requestRows[0].error = "=1+1, \"quoted\"";
    const auto exported = [&](const QString &name) {
        const QString path = sample.place.filePath(name);
        auto *writing = new RequestExport(*sample.control, {}, path, nullptr);
        QSignalSpy spy(writing, &RequestExport::finished);
        writing->start();
        if (!spy.wait())
            return QByteArray();
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    const QByteArray csv = exported(u"a.csv"_s);
    QCOMPARE(csv.count("\r\n"), 801);
    QVERIFY(csv.startsWith("time,id,status,"));
    QVERIFY(csv.contains("\"'=1+1, \"\"quoted\"\"\""));
    const QByteArray json = exported(u"a.jsonl"_s);
    QCOMPARE(json.count('\n'), 800);
    QVERIFY(json.contains("\"modelAsked\":\"claude-sonnet-4-5\""));

    auto *refused = new RequestExport(*sample.control, {}, sample.place.filePath(u"none/a.csv"_s), nullptr);
    QSignalSpy spy(refused, &RequestExport::finished);
    refused->start();
    QCOMPARE(spy.count(), 1);
    QVERIFY(!spy.front()[1].toString().isEmpty());
}

void TstRequestsPage::foldsItsListsWhereItIsNarrow()
{
    SampleParts sample;
    RequestsPage page(sample.parts());
    showPage(page, 1032);
    QVERIFY(!buttonOf(page, u"More filters"_s));
    auto *dialect = [&page]() -> QComboBox * {
        for (QComboBox *box : page.findChildren<QComboBox *>()) {
            if (box->accessibleName() == u"Dialect"_s)
                return box;
        }
        return nullptr;
    }();
    QVERIFY(dialect && dialect->isVisible());
    page.resize(844, 700);
    QTRY_VERIFY(buttonOf(page, u"More filters"_s));
    QVERIFY(!dialect->isVisible());
    buttonOf(page, u"More filters"_s)->click();
    QTRY_VERIFY(dialect->isVisible());
    dialect->setCurrentIndex(1);
    Q_EMIT dialect->activated(1);
    QVERIFY(page.findChild<RequestModel *>()->filter().dialect.has_value());
    QCOMPARE(buttonOf(page, u"More filters"_s)->text(), u"1"_s);
    // And back, with what was chosen.
    page.resize(1032, 700);
    QTRY_VERIFY(!buttonOf(page, u"More filters"_s));
    QCOMPARE(dialect->currentIndex(), 1);
    QVERIFY(page.rect().contains(dialect->mapTo(&page, QPoint(0, 0))));
}

void TstRequestsPage::thePaneCoversTheListWhereItIsNarrow()
{
    SampleParts sample;
    RequestsPage page(sample.parts());
    showPage(page, 1032);
    page.goTo(
        {.page = PageId::Requests, .filter = QString::fromStdString(sample.control->requestRows[2].id)});
    const auto *pane = page.findChild<RequestPane *>();
    const auto *table = page.findChild<TableView *>();
    QTRY_VERIFY(pane->isVisible());
    QVERIFY(table->isVisible());
    QTRY_COMPARE(pane->width(), 424);
    page.resize(844, 700);
    QTRY_VERIFY(!table->isVisible());
    QTRY_VERIFY(pane->width() > 800);
    QVERIFY(page.escape());
    QTRY_VERIFY(table->isVisible());
}

QTEST_MAIN(TstRequestsPage)
#include "tst_requestspage.moc"
