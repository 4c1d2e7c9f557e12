#include <algorithm>
#include <memory>

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QItemSelectionModel>
#include <QSignalSpy>
#include <QTest>

#include "samplecontrol.h"
#include "ui/pages/keys/keymodel.h"
#include "ui/pages/keys/keywords.h"
#include "ui/widgets/celldelegate.h"

using namespace Gateway;
using namespace Ui;
using namespace Qt::StringLiterals;

namespace {

constexpr int MANY = 100'000;

KeyInfo keyNumber(KeyId id)
{
    KeyInfo key;
    key.id = id;
    key.masked = "AIza…" + std::to_string(1000 + id % 9000);
    key.settings.label = "Key " + std::to_string(id);
    key.settings.project = "project-" + std::to_string(id % 50);
    key.settings.note = id % 1000 == 7 ? "Bought in spring" : "";
    key.status = static_cast<KeyStatus>(id % 4);
    key.calls = id * 7919 % 1000;
    key.lastUsedMs = SampleControl::now() - id * 31 % 100'000;
    return key;
}

std::unique_ptr<SampleControl> controlWith(int count)
{
    auto control = std::make_unique<SampleControl>();
    for (int id = 1; id <= count; ++id)
        control->keyRows.push_back(keyNumber(id));
    return control;
}

QStringList names(const KeyModel &model)
{
    QStringList texts;
    for (int row = 0; row < model.rowCount(); ++row)
        texts += model.index(row, KeyModel::Key).data().toString();
    return texts;
}

/// The shortest of three runs, for other programs run on this computer too.
template <typename Work>
qint64 shortestMs(Work work)
{
    qint64 shortest = std::numeric_limits<qint64>::max();
    for (int run = 0; run < 3; ++run) {
        QElapsedTimer timer;
        timer.start();
        work(run);
        shortest = std::min(shortest, timer.elapsed());
    }
    return shortest;
}

} // namespace

class TstKeyModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holdsTheRulesOfModels();
    void tellsOnlyTheRowsThatChanged();
    void keepsRowsWhenAllAreReadAnew();
    void keepsAChangedRowInItsPlace();
    void letsARowGoThatFitsNoMore();
    void sorts_data();
    void sorts();
    void filters_data();
    void filters();
    void keepsUpWithManyKeys();
    void asksForHistoriesOfVisibleRowsOnce();
    void sumsTheDayOfAllWhenSortedByIt();
    void saysARowInASentence();
    void shortensErrors_data();
    void shortensErrors();
    void tellsThatTheListDidNotCome();
};

void TstKeyModel::holdsTheRulesOfModels()
{
    const auto control = sampleControl();
    KeyModel model(*control);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QTRY_COMPARE(model.rowCount(), 42);
    KeyFilter filter;
    filter.search = u"studio"_s;
    model.setFilter(filter);
    QCOMPARE(model.rowCount(), 3);
    model.setFilter({});
    model.sort(KeyModel::Key, Qt::DescendingOrder);
    model.look(0, 20);
    control->keys().remove({3, 4, 5, 9}, {});
    QTRY_COMPARE(model.rowCount(), 38);
    control->keys().restore({4, 9}, {});
    QTRY_COMPARE(model.rowCount(), 40);
    control->keys().remove({1, 2}, {});
    control->keys().restore({3}, {});
    QTRY_COMPARE(model.rowCount(), 39);
    QVERIFY(model.rowOf(3) >= 0);
    QCOMPARE(model.rowOf(2), -1);
}

void TstKeyModel::tellsOnlyTheRowsThatChanged()
{
    const auto control = sampleControl();
    KeyModel model(*control);
    QTRY_COMPARE(model.rowCount(), 42);
    model.sort(KeyModel::Box);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    QSignalSpy layouts(&model, &QAbstractItemModel::layoutChanged);
    QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    KeyPatch patch;
    patch.label = "Renamed";
    control->keys().patch({2, 3, 7}, patch, {});
    QTRY_COMPARE(changes.size(), 2);
    QCOMPARE(changes[0][0].toModelIndex().row(), 1);
    QCOMPARE(changes[0][1].toModelIndex().row(), 2);
    QCOMPARE(changes[1][0].toModelIndex().row(), 6);
    QCOMPARE(changes[1][1].toModelIndex().row(), 6);
    QCOMPARE(resets.size() + layouts.size(), 0);
    QCOMPARE(model.index(6, KeyModel::Key).data().toString(), u"Renamed"_s);
}

void TstKeyModel::keepsRowsWhenAllAreReadAnew()
{
    const auto control = sampleControl();
    KeyModel model(*control);
    QTRY_COMPARE(model.rowCount(), 42);
    const QPersistentModelIndex kept = model.index(model.rowOf(20), KeyModel::Key);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    control->keyRows.erase(control->keyRows.begin() + 4);
    control->keyRows.push_back(keyNumber(99));
    Q_EMIT control->keysChanged({});
    QTRY_VERIFY(model.find(99));
    QVERIFY(!model.find(5));
    QCOMPARE(model.rowCount(), 42);
    QCOMPARE(resets.size(), 0);
    QVERIFY(kept.isValid());
    QCOMPARE(model.keyAt(kept.row())->id, 20);
}

void TstKeyModel::keepsAChangedRowInItsPlace()
{
    const auto control = controlWith(5);
    KeyModel model(*control);
    model.sort(KeyModel::Key);
    QTRY_COMPARE(model.rowCount(), 5);
    KeyPatch patch;
    patch.label = "Zebra";
    control->keys().patch({1}, patch, {});
    QTRY_COMPARE(names(model).first(), u"Zebra"_s);
    model.sort(KeyModel::Key);
    QCOMPARE(names(model).last(), u"Zebra"_s);
}

void TstKeyModel::letsARowGoThatFitsNoMore()
{
    const auto control = sampleControl();
    KeyModel model(*control);
    QTRY_COMPARE(model.rowCount(), 42);
    KeyFilter filter;
    filter.status = KeyStatus::Sidelined;
    model.setFilter(filter);
    QCOMPARE(model.rowCount(), 2);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    control->keys().lift({8}, {}, {});
    QTRY_COMPARE(model.rowCount(), 1);
    QCOMPARE(model.count(KeyStatus::Sidelined), 1);
    QCOMPARE(model.keyAt(0)->id, 11);
    QCOMPARE(resets.size(), 0);
}

void TstKeyModel::sorts_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<int>("order");
    QTest::addColumn<QStringList>("expected");
    const int up = Qt::AscendingOrder;
    const int down = Qt::DescendingOrder;
    QTest::newRow("added") << int(KeyModel::Box) << up << QStringList{u"key 10"_s, u"Key 9"_s, u"alpha"_s};
    QTest::newRow("name") << int(KeyModel::Key) << up << QStringList{u"alpha"_s, u"Key 9"_s, u"key 10"_s};
    QTest::newRow("name down") << int(KeyModel::Key) << down
                               << QStringList{u"key 10"_s, u"Key 9"_s, u"alpha"_s};
    QTest::newRow("status") << int(KeyModel::Status) << up
                            << QStringList{u"alpha"_s, u"Key 9"_s, u"key 10"_s};
    QTest::newRow("quota") << int(KeyModel::Quota) << down
                           << QStringList{u"Key 9"_s, u"alpha"_s, u"key 10"_s};
    QTest::newRow("used") << int(KeyModel::LastUsed) << down
                          << QStringList{u"Key 9"_s, u"key 10"_s, u"alpha"_s};
    QTest::newRow("project") << int(KeyModel::Project) << up
                             << QStringList{u"alpha"_s, u"key 10"_s, u"Key 9"_s};
}

void TstKeyModel::sorts()
{
    QFETCH(int, column);
    QFETCH(int, order);
    QFETCH(QStringList, expected);
    SampleControl control;
    const auto add = [&](const char *label, const char *project, KeyStatus status, double minute, double day,
                         std::int64_t used) {
        KeyInfo key = keyNumber(static_cast<KeyId>(control.keyRows.size()) + 1);
        key.settings.label = label;
        key.settings.project = project;
        key.status = status;
        key.minuteShare = minute;
        key.dayShare = day;
        key.lastUsedMs = used;
        control.keyRows.push_back(key);
    };
    add("key 10", "lab", KeyStatus::Sidelined, -1, -1, 200);
    add("Key 9", "work", KeyStatus::Resting, 0.1, 1.0, 1000);
    add("alpha", "", KeyStatus::Usable, 0.4, 0.2, 30);
    KeyModel model(control);
    QTRY_COMPARE(model.rowCount(), 3);
    model.sort(column, static_cast<Qt::SortOrder>(order));
    QCOMPARE(names(model), expected);
}

void TstKeyModel::filters_data()
{
    QTest::addColumn<KeyFilter>("filter");
    QTest::addColumn<QList<qint64>>("expected");
    const auto with = [](auto set) {
        KeyFilter filter;
        set(filter);
        return filter;
    };
    QTest::newRow("all") << KeyFilter() << QList<qint64>{1, 2, 3};
    QTest::newRow("label, without case")
        << with([](KeyFilter &filter) { filter.search = u" MAIN "_s; }) << QList<qint64>{1};
    QTest::newRow("masked") << with([](KeyFilter &filter) { filter.search = u"x9qk"_s; }) << QList<qint64>{2};
    QTest::newRow("note") << with([](KeyFilter &filter) { filter.search = u"zählt"_s; }) << QList<qint64>{3};
    QTest::newRow("tag text") << with([](KeyFilter &filter) { filter.search = u"night"_s; })
                              << QList<qint64>{1};
    QTest::newRow("no line across") << with([](KeyFilter &filter) { filter.search = u"mainAIza"_s; })
                                    << QList<qint64>{};
    QTest::newRow("status") << with([](KeyFilter &filter) { filter.status = KeyStatus::Resting; })
                            << QList<qint64>{2};
    QTest::newRow("project") << with([](KeyFilter &filter) { filter.project = u"lab"_s; })
                             << QList<qint64>{1, 3};
    QTest::newRow("tag") << with([](KeyFilter &filter) { filter.tag = u"night"_s; }) << QList<qint64>{1};
    QTest::newRow("part of a tag") << with([](KeyFilter &filter) { filter.tag = u"nigh"_s; })
                                   << QList<qint64>{};
    QTest::newRow("model") << with([](KeyFilter &filter) { filter.model = u"gemini-2.5-pro"_s; })
                           << QList<qint64>{1, 2};
    QTest::newRow("failures") << with([](KeyFilter &filter) { filter.minFailures = 2; }) << QList<qint64>{2};
    QTest::newRow("two at once") << with([](KeyFilter &filter) {
        filter.project = u"lab"_s;
        filter.search = u"main"_s;
    }) << QList<qint64>{1};
}

void TstKeyModel::filters()
{
    QFETCH(KeyFilter, filter);
    QFETCH(QList<qint64>, expected);
    SampleControl control;
    for (KeyId id = 1; id <= 3; ++id) {
        KeyInfo key = keyNumber(id);
        key.settings = {};
        key.masked = "AIza…ab" + std::to_string(id);
        key.status = KeyStatus::Usable;
        control.keyRows.push_back(key);
    }
    control.keyRows[0].settings.label = "Studio main";
    control.keyRows[0].settings.project = control.keyRows[2].settings.project = "lab";
    control.keyRows[0].settings.tags = {"night"};
    control.keyRows[1].masked = "AIza…x9Qk";
    control.keyRows[1].status = KeyStatus::Resting;
    control.keyRows[1].failures = 2;
    control.keyRows[2].settings.note = "Die Größe ZÄHLT";
    control.keyRows[2].settings.deniedModels = {"gemini-2.5-*"};
    KeyModel model(control);
    model.sort(KeyModel::Box);
    QTRY_COMPARE(model.rowCount(), 3);
    model.setFilter(filter);
    QList<qint64> found;
    for (int row = 0; row < model.rowCount(); ++row)
        found += model.keyAt(row)->id;
    QCOMPARE(found, expected);
}

void TstKeyModel::keepsUpWithManyKeys()
{
    const auto control = controlWith(MANY);
    KeyModel model(*control);
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), MANY, 20'000);
    QItemSelectionModel selection(&model); // which wants to be told where rows went
    selection.select(QItemSelection(model.index(0, 0), model.index(MANY - 1, KeyModel::Columns - 1)),
                     QItemSelectionModel::Select);

    const QStringList searches{u"key 77"_s, u"spring"_s, u"1"_s};
    const qint64 filtering = shortestMs([&](int run) {
        KeyFilter filter;
        filter.search = searches[run];
        model.setFilter(filter);
    });
    QVERIFY2(filtering <= 1000, qPrintable(u"filtered in %1 ms"_s.arg(filtering)));
    KeyFilter filter;
    filter.search = u"spring"_s;
    model.setFilter(filter);
    QCOMPARE(model.rowCount(), 100);
    model.setFilter({});

    const qint64 sorting =
        shortestMs([&](int run) { model.sort(run % 2 == 0 ? KeyModel::Key : KeyModel::LastUsed); });
    QVERIFY2(sorting <= 5000, qPrintable(u"sorted in %1 ms"_s.arg(sorting)));
    const qint64 painting = shortestMs([&](int) {
        for (int row = 0; row < 100; ++row) {
            for (int column = 0; column < KeyModel::Columns; ++column)
                model.index(row * 997, column).data();
        }
    });
    QVERIFY2(painting <= 500, qPrintable(u"100 rows read in %1 ms"_s.arg(painting)));
    qInfo() << "filter" << filtering << "ms, sort" << sorting << "ms, 100 rows" << painting << "ms";
}

void TstKeyModel::asksForHistoriesOfVisibleRowsOnce()
{
    const auto control = sampleControl();
    KeyModel model(*control);
    QTRY_COMPARE(model.rowCount(), 42);
    QVERIFY(!control->calls.contains(u"keys.history"_s));
    model.look(0, 9);
    QTRY_VERIFY(model.histories().cells(1));
    QCOMPARE(model.histories().cells(1)->size(), std::size_t{KeyHistories::CELLS});
    QVERIFY(!model.histories().cells(20));
    QCOMPARE(control->calls.count(u"keys.history"_s), 1);
    model.look(0, 9);
    QCOMPARE(control->calls.count(u"keys.history"_s), 1);
    model.look(5, 14);
    QTRY_VERIFY(model.histories().cells(15));
    QCOMPARE(control->calls.count(u"keys.history"_s), 2);
    const QString calls = model.index(model.rowOf(1), KeyModel::Day).data().toString();
    QVERIFY2(calls.contains(u','), qPrintable(calls)); // 2,4xx in 24 hours
}

void TstKeyModel::sumsTheDayOfAllWhenSortedByIt()
{
    const auto control = sampleControl();
    control->histories.clear();
    for (const KeyId id : {4, 17, 30})
        control->histories[id] = {id, 0, 0, {id}, {0}};
    KeyModel model(*control);
    model.sort(KeyModel::Day, Qt::DescendingOrder);
    QTRY_COMPARE(model.rowCount(), 42);
    QTRY_COMPARE(model.keyAt(0)->id, 30);
    QCOMPARE(model.keyAt(1)->id, 17);
    QCOMPARE(model.keyAt(2)->id, 4);
    QCOMPARE(model.index(0, KeyModel::Day).data().toString(), u"30"_s);
    QCOMPARE(model.index(3, KeyModel::Day).data().toString(), u"0"_s);
}

void TstKeyModel::saysARowInASentence()
{
    const auto control = sampleControl();
    KeyModel model(*control);
    QTRY_COMPARE(model.rowCount(), 42);
    const auto spoken = [&](KeyId id, int column) {
        return model.index(model.rowOf(id), column).data(Qt::AccessibleTextRole).toString();
    };
    const QString resting = spoken(3, KeyModel::Key);
    QVERIFY2(resting.startsWith(u"Studio 03, resting, back in 0:"_s), qPrintable(resting));
    QVERIFY2(resting.contains(u"minute 100 %, day 79 %"_s), qPrintable(resting));
    QCOMPARE(spoken(12, KeyModel::Status), u"Demo, disabled, by you"_s);
    QItemSelectionModel selection(&model);
    model.setSelection(&selection);
    const QModelIndex box = model.index(4, KeyModel::Box);
    QCOMPARE(box.data(Qt::CheckStateRole).toInt(), int(Qt::Unchecked));
    selection.select(box, QItemSelectionModel::Select | QItemSelectionModel::Rows);
    QCOMPARE(box.data(Qt::CheckStateRole).toInt(), int(Qt::Checked));
}

void TstKeyModel::shortensErrors_data()
{
    QTest::addColumn<QString>("error");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<bool>("isKeyFault");
    QTest::newRow("none") << QString() << u"–"_s << false;
    QTest::newRow("quota") << u"RESOURCE_EXHAUSTED: You exceeded your current quota."_s << u"429 quota met"_s
                           << false;
    QTest::newRow("with a number") << u"400 API_KEY_INVALID: API key not valid."_s << u"400 invalid key"_s
                                   << true;
    QTest::newRow("blocked") << u"API_KEY_SERVICE_BLOCKED: Requests are blocked."_s << u"403 key blocked"_s
                             << true;
    QTest::newRow("a word only in the message") << u"Something else: not RESOURCE_EXHAUSTED"_s
                                                << u"Something else: not RESOURCE_EXHAUSTED"_s << false;
}

void TstKeyModel::shortensErrors()
{
    QFETCH(QString, error);
    QFETCH(QString, expected);
    QFETCH(bool, isKeyFault);
    QCOMPARE(KeyWords::shortError(error.toStdString()), expected);
    QCOMPARE(KeyWords::isKeyFault(error.toStdString()), isKeyFault);
}

void TstKeyModel::tellsThatTheListDidNotCome()
{
    const auto control = sampleControl();
    control->failure = {503, "unreachable", "The server does not answer.", {}, 0};
    KeyModel model(*control);
    QSignalSpy failures(&model, &KeyModel::loadFailed);
    QTRY_COMPARE(failures.size(), 1);
    QVERIFY(!model.isLoaded());
    QCOMPARE(model.failure(), u"The server does not answer."_s);
    model.reload();
    QTRY_COMPARE(model.rowCount(), 42);
    QVERIFY(model.failure().isEmpty());
}

QTEST_MAIN(TstKeyModel)
#include "tst_keymodel.moc"
