#include <algorithm>
#include <memory>

#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QItemSelectionModel>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPointer>
#include <QScrollArea>
#include <QScrollBar>
#include <QSettings>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

#include "samplewindow.h"
#include "ui/pages/keys/addkeysdialog.h"
#include "ui/pages/keys/checkresultmodel.h"
#include "ui/pages/keys/checkresults.h"
#include "ui/pages/keys/exportdialog.h"
#include "ui/pages/keys/keyeditdialog.h"
#include "ui/pages/keys/keymodel.h"
#include "ui/pages/keys/keypane.h"
#include "ui/pages/keys/keyspage.h"
#include "ui/pages/keys/keytools.h"
#include "ui/pages/keys/movedialog.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/selectionbar.h"
#include "ui/widgets/tableheader.h"
#include "ui/widgets/tableview.h"

using namespace Gateway;
using namespace Ui;
using namespace Qt::StringLiterals;

class TstKeysPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void countsKeysAndProjects();
    void filtersByChipsAndSearch();
    void saysWhenThereIsNoKey();
    void saysWhenTheListCannotBeRead();
    void goesWhereItIsTold();
    void removesAndTakesItBack();
    void takesBackWhatItDid_data();
    void takesBackWhatItDid();
    void movesKeysToAProject();
    void keepsTheSelectionThroughAFilter();
    void selectsAllByTheHeader();
    void isUsedByKeyboard();
    void opensThePane();
    void hidesARevealedKeyAgain();
    void renamesInThePane();
    void closesThePaneOfAKeyThatGoes();
    void editsSettings();
    void checksKeys();
    void exportsToAFile();
    void tellsFailures();
    void offersAllActsInTheMenu();
    void escapesStepByStep();
    void remembersColumns();
    void staysUsableWithManyKeys();
    void namesEveryButton();
    void looksSo_data();
    void looksSo();

private:
    void make();
    TableView *table() const { return m_page->findChild<TableView *>(); }
    KeyModel *model() const { return m_page->findChild<KeyModel *>(); }
    KeyPane *pane() const { return m_page->findChild<KeyPane *>(); }
    void select(const QList<KeyId> &ids);
    QList<KeyId> selected() const;
    bool says(const QString &text, const QWidget *where = nullptr) const;
    QAbstractButton *button(const QString &name, const QWidget *where = nullptr) const;
    bool wasCalled(const QString &call) const { return m_control->calls.contains(call); }
    template <typename T>
    T *dialog() const
    {
        for (QWidget *widget : QApplication::topLevelWidgets()) {
            if (auto *found = qobject_cast<T *>(widget); found && found->isVisible())
                return found;
        }
        return nullptr;
    }
    void save(const QString &name, QWidget *widget) const;

    QTemporaryDir m_place; // of what the page remembers
    std::unique_ptr<Theme> m_theme = std::make_unique<Theme>(Theme::Choice::Light);
    std::unique_ptr<SampleControl> m_control;
    SampleShell m_shell;
    std::unique_ptr<KeysPage> m_page;
};

void TstKeysPage::initTestCase()
{
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_place.path());
    QCoreApplication::setOrganizationName(u"tst_keyspage"_s);
}

void TstKeysPage::init()
{
    QSettings().clear();
    m_control = sampleControl();
    m_shell.targets.clear();
    m_shell.toasts.clear();
    m_shell.failures.clear();
    make();
    QTRY_COMPARE(model()->rowCount(), 42);
}

void TstKeysPage::cleanup()
{
    m_page.reset();
    m_control.reset();
}

void TstKeysPage::make()
{
    m_page = std::make_unique<KeysPage>(PageParts{*m_theme, *m_control, m_shell});
    m_page->resize(1032, 772);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
}

void TstKeysPage::select(const QList<KeyId> &ids)
{
    table()->clearSelection();
    for (const KeyId id : ids) {
        const QModelIndex index = model()->index(model()->rowOf(id), KeyModel::Key);
        table()->selectionModel()->setCurrentIndex(index,
                                                   QItemSelectionModel::Select | QItemSelectionModel::Rows);
    }
}

QList<KeyId> TstKeysPage::selected() const
{
    QList<KeyId> ids;
    for (const QModelIndex &index : table()->selectionModel()->selectedRows(KeyModel::Key))
        ids += model()->keyAt(index.row())->id;
    std::sort(ids.begin(), ids.end());
    return ids;
}

bool TstKeysPage::says(const QString &text, const QWidget *where) const
{
    const QWidget *root = where ? where : m_page.get();
    const QList<QLabel *> labels = root->findChildren<QLabel *>();
    return std::any_of(labels.begin(), labels.end(), [&](const QLabel *label) {
        return label->isVisibleTo(root) && label->text().contains(text);
    });
}

QAbstractButton *TstKeysPage::button(const QString &name, const QWidget *where) const
{
    const QWidget *root = where ? where : m_page.get();
    for (QAbstractButton *candidate : root->findChildren<QAbstractButton *>()) {
        if (candidate->isVisibleTo(root) &&
            (candidate->text().remove(u'&') == name || candidate->accessibleName() == name))
            return candidate;
    }
    return nullptr;
}

/// For the eye, into the folder that GW_PICTURES names.
void TstKeysPage::save(const QString &name, QWidget *widget) const
{
    const QString folder = qEnvironmentVariable("GW_PICTURES");
    const QPixmap picture = widget->grab();
    QVERIFY(!picture.isNull());
    if (!folder.isEmpty() && QDir().mkpath(folder))
        QVERIFY(picture.save(folder + u'/' + name + u".png"_s));
}

void TstKeysPage::countsKeysAndProjects()
{
    QVERIFY(says(u"42 key(s) in 5 project(s)"_s));
    m_control->keys().remove({1, 2}, {});
    QTRY_VERIFY(says(u"40 key(s) in 5 project(s)"_s));
}

void TstKeysPage::filtersByChipsAndSearch()
{
    button(u"Sidelined"_s)->click();
    QCOMPARE(model()->rowCount(), 2);
    button(u"All"_s)->click();
    QCOMPARE(model()->rowCount(), 42);
    auto *search = m_page->findChild<SearchField *>();
    m_page->focusSearch();
    QTest::keyClicks(search, u"studoi"_s);
    QTRY_VERIFY(says(u"No key matches “studoi”"_s));
    QVERIFY(says(u"42 key(s) are hidden by them"_s));
    button(u"Clear search and filters"_s)->click();
    QTRY_COMPARE(model()->rowCount(), 42);
    QVERIFY(search->text().isEmpty());
    QVERIFY(table()->isVisible());
}

void TstKeysPage::saysWhenThereIsNoKey()
{
    m_control->keyRows.clear();
    Q_EMIT m_control->keysChanged({});
    QTRY_VERIFY(says(u"No keys yet"_s));
    QVERIFY(!table()->isVisible());
    QVERIFY(button(u"Get a free key"_s));
    button(u"Add keys"_s)->click();
    QTRY_VERIFY(dialog<AddKeysDialog>());
    dialog<AddKeysDialog>()->reject();
}

void TstKeysPage::saysWhenTheListCannotBeRead()
{
    m_page.reset();
    m_control->failure = {503, "unreachable", "The server does not answer.", {}, 0};
    make();
    QTRY_VERIFY(says(u"The server does not answer."_s));
    QTRY_VERIFY(button(u"Try again"_s));
    button(u"Try again"_s)->click();
    QTRY_COMPARE(model()->rowCount(), 42);
    QVERIFY(table()->isVisible());
}

void TstKeysPage::goesWhereItIsTold()
{
    Target target;
    target.page = PageId::Keys;
    target.filter = u"resting"_s;
    m_page->goTo(target);
    QCOMPARE(model()->rowCount(), 2);
    target.filter.clear();
    target.id = 8; // which the filter hides
    m_page->goTo(target);
    QVERIFY(pane()->isVisible());
    QCOMPARE(pane()->keyId(), 8);
    QCOMPARE(model()->keyAt(table()->currentIndex().row())->id, 8);
    target.id = 0;
    target.makesNew = true;
    m_page->goTo(target);
    QTRY_VERIFY(dialog<AddKeysDialog>());
    dialog<AddKeysDialog>()->reject();

    m_page.reset();
    m_page = std::make_unique<KeysPage>(PageParts{*m_theme, *m_control, m_shell});
    target = {};
    target.id = 5;
    m_page->goTo(target); // before the list has come
    m_page->show();
    QTRY_VERIFY(pane()->isVisible());
    QCOMPARE(pane()->keyId(), 5);
}

void TstKeysPage::removesAndTakesItBack()
{
    auto *bar = m_page->findChild<SelectionBar *>();
    QVERIFY(!bar->isVisible());
    select({2, 3, 7});
    QVERIFY(bar->isVisible());
    QVERIFY(says(u"3 selected"_s, bar));
    button(u"Remove"_s, bar)->click();
    QTRY_COMPARE(model()->total(), 39);
    QVERIFY(!bar->isVisible());
    QCOMPARE(m_shell.toasts.size(), std::size_t{1});
    QCOMPARE(m_shell.toasts.front().text, u"3 key(s) removed"_s);
    QCOMPARE(m_shell.toasts.front().actText, u"Undo"_s);
    m_shell.toasts.front().act();
    QTRY_COMPARE(model()->total(), 42);
    QVERIFY(model()->find(3));
}

void TstKeysPage::takesBackWhatItDid_data()
{
    QTest::addColumn<QString>("act");
    QTest::addColumn<QString>("call");
    QTest::addColumn<QString>("toast");
    QTest::addColumn<QString>("undo");
    QTest::newRow("disable") << u"Disable"_s << u"keys.patch 1,2"_s << u"2 key(s) disabled"_s
                             << u"keys.patch 1,2"_s;
    QTest::newRow("use again") << u"Use again"_s << u"keys.lift 1,2"_s << u"2 key(s) are used again"_s
                               << QString();
    QTest::newRow("check") << u"Check"_s << u"keys.check 1,2"_s << QString() << QString();
}

void TstKeysPage::takesBackWhatItDid()
{
    QFETCH(QString, act);
    QFETCH(QString, call);
    QFETCH(QString, toast);
    QFETCH(QString, undo);
    table()->sortByColumn(KeyModel::Box, Qt::AscendingOrder);
    select({1, 2});
    button(act, m_page->findChild<SelectionBar *>())->click();
    QTRY_VERIFY(wasCalled(call));
    if (toast.isEmpty())
        return;
    QTRY_COMPARE(m_shell.toasts.size(), std::size_t{1});
    QCOMPARE(m_shell.toasts.front().text, toast);
    QCOMPARE(m_shell.toasts.front().actText.isEmpty(), undo.isEmpty());
    if (undo.isEmpty())
        return;
    m_control->calls.clear();
    m_shell.toasts.front().act();
    QVERIFY(wasCalled(undo));
    QTRY_COMPARE(model()->find(1)->status, KeyStatus::Usable);
}

void TstKeysPage::movesKeysToAProject()
{
    select({1, 4});
    button(u"Move to project"_s, m_page->findChild<SelectionBar *>())->click();
    auto *move = dialog<MoveDialog>();
    QVERIFY(move);
    move->findChild<QLineEdit *>()->setText(u"elsewhere"_s);
    button(u"Move"_s, move)->click();
    QTRY_COMPARE(model()->find(4)->settings.project, std::string("elsewhere"));
    QTRY_COMPARE(m_shell.toasts.size(), std::size_t{1});
    QCOMPARE(m_shell.toasts.front().text, u"2 key(s) moved to elsewhere"_s);
    m_shell.toasts.front().act();
    QTRY_COMPARE(model()->find(4)->settings.project, std::string("work-lab"));
    QTRY_COMPARE(model()->find(1)->settings.project, std::string("studio-eu"));
}

void TstKeysPage::keepsTheSelectionThroughAFilter()
{
    table()->sortByColumn(KeyModel::Key, Qt::AscendingOrder);
    select({1, 3, 8});
    auto *tools = m_page->findChild<KeyTools *>();
    tools->setStatus(KeyStatus::Resting);
    QCOMPARE(selected(), QList<KeyId>{3}); // nothing is done to keys that are not seen
    tools->setStatus(std::nullopt);
    table()->sortByColumn(KeyModel::Key, Qt::DescendingOrder);
    QCOMPARE(selected(), QList<KeyId>{3});
}

void TstKeysPage::selectsAllByTheHeader()
{
    const auto state = [this] {
        return static_cast<Qt::CheckState>(
            model()->headerData(KeyModel::Box, Qt::Horizontal, Qt::CheckStateRole).toInt());
    };
    const auto press = [this] {
        QTest::mouseClick(m_page->findChild<TableHeader *>()->viewport(), Qt::LeftButton, Qt::NoModifier,
                          QPoint(20, 16));
    };
    QCOMPARE(state(), Qt::Unchecked);
    press();
    QCOMPARE(state(), Qt::Checked);
    QCOMPARE(selected().size(), 42);
    const QRect cell = table()->visualRect(model()->index(1, KeyModel::Box));
    QTest::mouseClick(table()->viewport(), Qt::LeftButton, Qt::NoModifier, cell.center());
    QCOMPARE(selected().size(), 41);
    QCOMPARE(state(), Qt::PartiallyChecked);
    QTest::mouseClick(table()->viewport(), Qt::LeftButton, Qt::NoModifier, cell.center());
    QCOMPARE(selected().size(), 42);
    QTest::mouseDClick(table()->viewport(), Qt::LeftButton, Qt::NoModifier, cell.center());
    QCOMPARE(selected().size(), 41);
    QVERIFY(!pane()->isVisible());
    press();
    QCOMPARE(state(), Qt::Checked);
    press();
    QCOMPARE(state(), Qt::Unchecked);
    QVERIFY(selected().isEmpty());
}

void TstKeysPage::isUsedByKeyboard()
{
    table()->setFocus();
    table()->sortByColumn(KeyModel::Box, Qt::AscendingOrder);
    table()->setCurrentIndex(model()->index(0, KeyModel::Key));
    QCOMPARE(selected(), QList<KeyId>{1});
    QTest::keyClick(table(), Qt::Key_Space);
    QVERIFY(selected().isEmpty());
    QTest::keyClick(table(), Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(selected().size(), 42);
    QTest::keyClick(table(), Qt::Key_Down);
    QCOMPARE(selected(), QList<KeyId>{2});
    QTest::keyClick(table(), Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(selected(), (QList<KeyId>{2, 3}));
    QTest::keyClicks(table(), u"fam"_s);
    QCOMPARE(model()->keyAt(table()->currentIndex().row())->id, 9);
    QTest::keyClick(table(), Qt::Key_Return);
    QVERIFY(pane()->isVisible());
    QCOMPARE(pane()->keyId(), 9);
    table()->setFocus();
    QTest::keyClick(table(), Qt::Key_Up);
    QCOMPARE(pane()->keyId(), 8);
    QTest::keyClick(table(), Qt::Key_Delete);
    QTRY_VERIFY(!model()->find(8));
    QVERIFY(wasCalled(u"keys.remove 8"_s));
}

void TstKeysPage::opensThePane()
{
    m_control->requestRows.front().keyId = 3;
    m_control->requestRows.front().status = 429;
    m_control->requestRows.front().error = "RESOURCE_EXHAUSTED: You exceeded your quota, please wait.";
    Target target;
    target.id = 3;
    m_page->goTo(target);
    QTRY_VERIFY(pane()->isVisible());
    QVERIFY(says(u"back in 0:"_s, pane()));
    QVERIFY(says(u"AIza…p7Lw"_s, pane()));
    QTRY_VERIFY(says(u"429 RESOURCE_EXHAUSTED"_s, pane()));
    QTRY_VERIFY(says(u"You exceeded your quota, please wait."_s, pane()));
    QTRY_VERIFY(says(u"failed"_s, pane()));
    button(u"Check now"_s, pane())->click();
    QTRY_VERIFY(wasCalled(u"keys.check 3"_s));
    button(u"Use again"_s, pane())->click();
    QTRY_VERIFY(wasCalled(u"keys.lift 3"_s));
    QTRY_VERIFY(!says(u"back in 0:"_s, pane()));
}

void TstKeysPage::hidesARevealedKeyAgain()
{
    Target target;
    target.id = 3;
    m_page->goTo(target);
    button(u"Show the key for 30 seconds"_s, pane())->click();
    QTRY_VERIFY(says(u"AIzaSyRevealed"_s, pane()));
    QVERIFY(wasCalled(u"keys.reveal 3"_s));
    target.id = 4;
    m_page->goTo(target);
    QVERIFY(!says(u"AIzaSyRevealed"_s, pane()));
    button(u"Copy the key in full"_s, pane())->click();
    QTRY_VERIFY(m_shell.copied.startsWith(u"AIzaSyRevealed"_s));
    QVERIFY(m_shell.copiedSecret);
}

void TstKeysPage::renamesInThePane()
{
    table()->setFocus();
    table()->setCurrentIndex(model()->index(model()->rowOf(5), KeyModel::Key));
    QTest::keyClick(table(), Qt::Key_F2);
    QVERIFY(pane()->isVisible());
    auto *name = pane()->findChild<QLineEdit *>();
    QVERIFY(name->hasFocus());
    QCOMPARE(name->text(), u"Batch night"_s);
    QTest::keyClicks(name, u"Night shift"_s);
    QTest::keyClick(name, Qt::Key_Return);
    QTRY_COMPARE(model()->nameOf(5), u"Night shift"_s);
    button(u"Rename"_s, pane())->click();
    QTest::keyClicks(name, u"Something"_s);
    QTest::keyClick(name, Qt::Key_Escape);
    QVERIFY(pane()->isVisible());
    QCOMPARE(name->text(), u"Night shift"_s);
    QCOMPARE(m_control->calls.count(u"keys.patch 5"_s), 1);
}

void TstKeysPage::closesThePaneOfAKeyThatGoes()
{
    auto *search = m_page->findChild<SearchField *>();
    search->setText(u"batch 0"_s);
    QTRY_COMPARE(model()->rowCount(), 2);
    Target target;
    target.id = 6;
    m_page->goTo(target);
    QVERIFY(pane()->isVisible());
    m_control->keys().remove({6}, {});
    QTRY_COMPARE(pane()->keyId(), 7); // the pane follows the current row
    m_control->keys().remove({7}, {});
    QTRY_VERIFY(!pane()->isVisible());
}

void TstKeysPage::editsSettings()
{
    m_control->keyRows[2].settings.tags = {"night"};
    m_control->keyRows[2].settings.minuteTokens = 5'000'000'000; // more than the field can say
    KeyEditDialog dialog({*m_theme, *m_control, m_shell}, m_control->keyRows[2], {}, nullptr);
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    QCOMPARE(dialog.patch().label, std::nullopt);
    QCOMPARE(dialog.patch().tier, std::nullopt);
    QCOMPARE(dialog.patch().minuteTokens, std::nullopt);
    for (QLineEdit *field : dialog.findChildren<QLineEdit *>()) {
        if (field->accessibleName() == u"Tags"_s) {
            field->clear();
            QTest::keyClicks(field, u"two words, b ,b,"_s);
        }
    }
    for (QSpinBox *spin : dialog.findChildren<QSpinBox *>()) {
        if (spin->accessibleName() == u"Priority"_s)
            spin->setValue(-4);
    }
    QCOMPARE(dialog.patch().kind, std::nullopt);
    QCOMPARE(dialog.patch().baseUrl, std::nullopt);
    for (QComboBox *box : dialog.findChildren<QComboBox *>()) {
        if (box->accessibleName() == u"Kind"_s)
            box->setCurrentIndex(1);
    }
    const KeyPatch patch = dialog.patch();
    QCOMPARE(patch.kind.value(), KeyKind::Vertex);
    QCOMPARE(patch.tags.value(), (std::vector<std::string>{"b", "two words"}));
    QCOMPARE(patch.priority.value(), -4);
    QCOMPARE(patch.weight, std::nullopt);
    dialog.show();
    m_control->failure = {422, "invalid_value", "\"proxy\" must be a URL.", "proxy", 0};
    dialog.save();
    QTRY_VERIFY(says(u"must be a URL"_s, &dialog));
    dialog.save();
    QTRY_COMPARE(dialog.result(), int(QDialog::Accepted));
}

void TstKeysPage::checksKeys()
{
    select({1, 2, 3});
    m_page->refresh();
    QTRY_VERIFY(says(u"Checking 3 key(s), 0 done"_s));
    CheckProgress progress = m_control->progress;
    progress.done = 2;
    progress.good = 1;
    progress.bad = 1;
    progress.results = {{1, CheckVerdict::Good, {}, {}, 300},
                        {2, CheckVerdict::Refused, "API_KEY_INVALID", "API key not valid.", 200}};
    Q_EMIT static_cast<Control &>(*m_control).checkProgress(progress);
    QVERIFY(says(u"Checking 3 key(s), 2 done"_s));
    button(u"Cancel"_s)->click();
    QTRY_VERIFY(wasCalled(u"keys.cancelCheck"_s));
    progress.done = 3;
    progress.good = 2;
    progress.isRunning = false;
    progress.results = {{3, CheckVerdict::Limited, "RESOURCE_EXHAUSTED", "You exceeded it.", 250}};
    Q_EMIT static_cast<Control &>(*m_control).checkProgress(progress);
    QVERIFY(says(u"3 key(s) checked: 2 work, 1 were refused or gave no clear answer"_s));
    button(u"Show results"_s)->click();
    auto *results = dialog<CheckResults>();
    QVERIFY(results);
    const QAbstractItemModel *rows = results->findChild<TableView *>()->model();
    QCOMPARE(rows->rowCount(), 3);
    QCOMPARE(rows->index(0, CheckResultModel::Key).data().toString(), u"Studio 02"_s);
    QCOMPARE(rows->index(0, CheckResultModel::Words).data().toString(),
             u"API_KEY_INVALID: API key not valid."_s);
    QCOMPARE(rows->index(1, CheckResultModel::Key).data().toString(), u"Studio 03"_s);
    button(u"Remove 1 refused key(s)"_s, results)->click();
    QTRY_VERIFY(wasCalled(u"keys.remove 2"_s));
}

void TstKeysPage::exportsToAFile()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"keys.csv"_s);
    select({1, 2});
    button(u"Export"_s, m_page->findChild<SelectionBar *>())->click();
    QPointer<ExportDialog> exporting = dialog<ExportDialog>();
    QVERIFY(exporting);
    exporting->writeTo(folder.filePath(u"no/such/folder/keys.csv"_s));
    QTRY_VERIFY(says(u"The file cannot be written"_s, exporting));
    button(u"Sealed"_s, exporting)->click();
    QVERIFY(!button(u"Export…"_s, exporting)->isEnabled());
    for (QLineEdit *field : exporting->findChildren<QLineEdit *>())
        field->setText(u"correct horse"_s);
    QVERIFY(button(u"Export…"_s, exporting)->isEnabled());
    button(u"In full"_s, exporting)->click();
    exporting->writeTo(path);
    QTRY_VERIFY(wasCalled(u"keys.export full"_s));
    QTRY_VERIFY(!dialog<ExportDialog>());
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("key\n"));
#ifdef Q_OS_UNIX
    QVERIFY(!(file.permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther)));
#endif
}

void TstKeysPage::tellsFailures()
{
    select({1, 2});
    m_control->failure = {500, "store", "The disk is full.", {}, 0};
    button(u"Remove"_s, m_page->findChild<SelectionBar *>())->click();
    QTRY_COMPARE(m_shell.failures.size(), std::size_t{1});
    QVERIFY(m_shell.toasts.empty());
    QCOMPARE(model()->total(), 42);
}

void TstKeysPage::offersAllActsInTheMenu()
{
    select({3});
    Q_EMIT table()->menuRequested(QPoint(10, 10));
    auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    QVERIFY(menu);
    QStringList texts;
    for (const QAction *action : menu->actions())
        texts += action->text();
    for (const QString &act : {u"Check"_s, u"Rest"_s, u"Use again"_s, u"Disable"_s, u"Rename"_s,
                               u"Copy masked"_s, u"Copy key in full"_s, u"Show requests of this key"_s,
                               u"Reset failures"_s, u"Move to project…"_s, u"Export…"_s, u"Remove"_s})
        QVERIFY2(texts.contains(act), qPrintable(act));
    for (QAction *action : menu->actions()) {
        if (action->text() == u"Show requests of this key"_s)
            action->trigger();
    }
    menu->close();
    QCOMPARE(m_shell.targets.size(), std::size_t{1});
    QCOMPARE(m_shell.targets.front().page, PageId::Requests);
    QCOMPARE(m_shell.targets.front().id, 3);
}

void TstKeysPage::escapesStepByStep()
{
    select({1, 2});
    auto *search = m_page->findChild<SearchField *>();
    search->setText(u"studio"_s);
    QTRY_COMPARE(model()->rowCount(), 3);
    Target target;
    target.id = 1;
    m_page->goTo(target);
    QVERIFY(m_page->escape());
    QVERIFY(!pane()->isVisible());
    QVERIFY(m_page->escape());
    QCOMPARE(model()->rowCount(), 42);
    QVERIFY(!selected().isEmpty());
    QVERIFY(m_page->escape());
    QVERIFY(selected().isEmpty());
    QVERIFY(!m_page->escape());
}

void TstKeysPage::remembersColumns()
{
    button(u"Columns"_s)->click();
    auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    QVERIFY(menu);
    for (QAction *action : menu->actions()) {
        if (action->text() == u"Project"_s)
            action->trigger();
    }
    menu->close();
    QVERIFY(table()->isColumnHidden(KeyModel::Project));
    make();
    QTRY_COMPARE(model()->rowCount(), 42);
    QVERIFY(table()->isColumnHidden(KeyModel::Project));
    QVERIFY(!table()->isColumnHidden(KeyModel::LastUsed));
}

void TstKeysPage::staysUsableWithManyKeys()
{
    constexpr int many = 100'000;
    KeyInfo key = m_control->keyRows[0];
    while (std::ssize(m_control->keyRows) < many) {
        key.id = m_control->keyRows.back().id + 1;
        key.settings.label = "Bulk " + std::to_string(key.id);
        m_control->keyRows.push_back(key);
    }
    model()->reload();
    QTRY_COMPARE_WITH_TIMEOUT(model()->rowCount(), many, 20'000);
    const auto timed = [](auto work) {
        QElapsedTimer timer;
        timer.start();
        work();
        return timer.elapsed();
    };
    const qint64 all = timed([&] { table()->selectAll(); });
    QVERIFY2(all < 2000, qPrintable(u"all selected in %1 ms"_s.arg(all)));
    const qint64 filtering = timed([&] {
        m_page->findChild<KeyTools *>()->setStatus(KeyStatus::Resting);
        m_page->findChild<KeyTools *>()->setStatus(std::nullopt);
        table()->grab();
    });
    QVERIFY2(filtering < 2000, qPrintable(u"filtered and painted in %1 ms"_s.arg(filtering)));
    const qint64 scrolling = timed([&] {
        for (int step = 1; step <= 10; ++step) {
            table()->verticalScrollBar()->setValue(step * 40'000);
            table()->grab();
        }
    });
    QVERIFY2(scrolling < 3000, qPrintable(u"ten pictures in %1 ms"_s.arg(scrolling)));
    qInfo() << "select all" << all << "ms, filter" << filtering << "ms, ten pictures" << scrolling << "ms";
}

void TstKeysPage::namesEveryButton()
{
    Target target;
    target.id = 3;
    m_page->goTo(target);
    select({1, 2, 3});
    for (const QAbstractButton *candidate : m_page->findChildren<QAbstractButton *>()) {
        if (!candidate->isVisibleTo(m_page.get()) || candidate->inherits("QTableCornerButton") ||
            candidate->inherits("QLineEditIconButton")) // told by its action
            continue;
        QVERIFY2(!candidate->text().isEmpty() || !candidate->accessibleName().isEmpty(),
                 candidate->metaObject()->className());
        QVERIFY2(candidate->focusPolicy() & Qt::TabFocus, qPrintable(candidate->accessibleName()));
    }
}

void TstKeysPage::looksSo_data()
{
    QTest::addColumn<bool>("isDark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void TstKeysPage::looksSo()
{
    QFETCH(bool, isDark);
    const QString mode = isDark ? u"-dark"_s : u"-light"_s;
    m_theme->choose(isDark ? Theme::Choice::Dark : Theme::Choice::Light);
    QTRY_VERIFY(model()->histories().cells(model()->keyAt(0)->id));
    select({2, 3, 7});
    QTest::qWait(50);
    save(u"keys"_s + mode, m_page.get());
    table()->clearSelection();
    Target target;
    target.id = 3;
    m_page->goTo(target);
    QTest::qWait(200);
    save(u"keys-pane"_s + mode, m_page.get());
    m_page->escape();
    m_page->resize(844, 600);
    QTest::qWait(150);
    save(u"keys-900"_s + mode, m_page.get());
    m_page->goTo(target);
    QTest::qWait(150);
    save(u"keys-900-pane"_s + mode, m_page.get());
    m_page->makeNew();
    auto *adding = dialog<AddKeysDialog>();
    QVERIFY(adding);
    adding->setText(u"# from the team vault\nAIzaSyC1pN00000000000000000000000000001\n"
                    "AIzaSyC1pN00000000000000000000000000002\nAIzaSyB7x9Qk\nsk-proj-Jw8a"_s);
    QTest::qWait(300);
    save(u"keys-add"_s + mode, adding);
    adding->reject();
    m_control->keyRows[1].settings.label =
        "A very long label that nobody would type by hand but an import brings";
    m_control->keyRows[1].settings.project = "project-with-a-long-name-of-an-organisation";
    m_control->keyRows[3].settings.label.clear();
    m_control->keyRows[4].settings.label = "备用密钥";
    m_control->keyRows[5].failures = 3;
    Q_EMIT m_control->keysChanged({2, 4, 5, 6});
    QTRY_COMPARE(model()->nameOf(5), u"备用密钥"_s);
    m_page->resize(1032, 772);
    select({1, 2});
    m_page->refresh();
    QTRY_VERIFY(says(u"Checking"_s));
    CheckProgress progress = m_control->progress;
    progress.total = 42;
    progress.done = 17;
    progress.good = 16;
    progress.bad = 1;
    progress.results = {
        {8, CheckVerdict::Refused, "API_KEY_INVALID", "API key not valid. Please pass a valid API key.", 200},
        {1, CheckVerdict::Good, {}, {}, 300}};
    Q_EMIT static_cast<Control &>(*m_control).checkProgress(progress);
    button(u"Show the key for 30 seconds"_s, pane())->click();
    QTest::qWait(200);
    save(u"keys-hard"_s + mode, m_page.get());
    for (QScrollArea *area : pane()->findChildren<QScrollArea *>())
        area->verticalScrollBar()->setValue(area->verticalScrollBar()->maximum());
    save(u"keys-pane-end"_s + mode, pane());
    button(u"Show results"_s)->click();
    QVERIFY(dialog<CheckResults>());
    save(u"keys-results"_s + mode, dialog<CheckResults>());
    dialog<CheckResults>()->reject();
    ExportDialog exporting({*m_theme, *m_control, m_shell}, {1, 2}, 2, nullptr);
    exporting.setAttribute(Qt::WA_DeleteOnClose, false);
    exporting.show();
    save(u"keys-export"_s + mode, &exporting);
    KeyEditDialog editing({*m_theme, *m_control, m_shell}, m_control->keyRows[2], {}, nullptr);
    editing.setAttribute(Qt::WA_DeleteOnClose, false);
    editing.show();
    save(u"keys-edit"_s + mode, &editing);
    m_page->escape();
    m_page->resize(1032, 772);
    m_page->findChild<SearchField *>()->setText(u"studoi"_s);
    QTRY_VERIFY(says(u"No key matches"_s));
    save(u"keys-nohit"_s + mode, m_page.get());
    m_control->keyRows.clear();
    Q_EMIT m_control->keysChanged({});
    QTRY_VERIFY(says(u"No keys yet"_s));
    save(u"keys-none"_s + mode, m_page.get());
    const QColor ground = isDark ? darkTokens().window : lightTokens().window;
    QCOMPARE(m_page->window()->palette().color(QPalette::Window), ground);
}

QTEST_MAIN(TstKeysPage)
#include "tst_keyspage.moc"
