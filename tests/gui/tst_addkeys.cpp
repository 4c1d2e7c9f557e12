#include <memory>

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QElapsedTimer>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QStringEncoder>
#include <QTemporaryDir>
#include <QTest>

#include "samplewindow.h"
#include "ui/pages/keys/addkeysdialog.h"
#include "ui/widgets/switch.h"

using namespace Gateway;
using namespace Ui;
using namespace Qt::StringLiterals;

namespace {

QString key(int number)
{
    return u"AIzaSyTest%1"_s.arg(number, 29, 10, QChar(u'0'));
}

} // namespace

class TstAddKeys : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_dialog.reset(); }
    void showsWhatItFound();
    void addsOnlyWhatIsNew();
    void addsByCtrlEnter();
    void marksTheTextOfARow();
    void tellsWhatGoogleSays();
    void goesOnWithoutTheDialog();
    void tellsAFailure();
    void offersTheClipboard();
    void readsFiles_data();
    void readsFiles();
    void readsAnotherGatewaysDatabase();
    void takesOverWithoutAnyKey();
    void asksForThePassphrase();
    void takesTenThousandLines();

private:
    template <typename T>
    T *part(const QString &name) const
    {
        for (T *candidate : m_dialog->findChildren<T *>()) {
            if (candidate->accessibleName() == name)
                return candidate;
        }
        return nullptr;
    }
    QAbstractButton *addButton() const
    {
        for (QAbstractButton *button : m_dialog->findChildren<QAbstractButton *>()) {
            if (auto *push = qobject_cast<QPushButton *>(button); push && push->isDefault())
                return button;
        }
        return nullptr;
    }
    bool says(const QString &text) const
    {
        for (const QLabel *label : m_dialog->findChildren<QLabel *>()) {
            if (label->isVisibleTo(m_dialog.get()) && label->text().contains(text))
                return true;
        }
        return false;
    }
    QListView *list() const { return m_dialog->findChild<QListView *>(); }
    QString word(int row) const
    {
        return list()->model()->index(row, 0).data(AddedKeys::WordRole).toString();
    }

    std::unique_ptr<Theme> m_theme = std::make_unique<Theme>(Theme::Choice::Light);
    std::unique_ptr<SampleControl> m_control;
    SampleShell m_shell;
    SampleDesktop m_desktop;
    std::unique_ptr<AddKeysDialog> m_dialog;
};

void TstAddKeys::init()
{
    QApplication::clipboard()->clear();
    m_control = sampleControl();
    m_shell.targets.clear();
    m_shell.toasts.clear();
    m_shell.failures.clear();
    m_dialog = std::make_unique<AddKeysDialog>(PageParts{*m_theme, *m_control, m_shell, nullptr, &m_desktop},
                                               QStringList{u"private"_s, u"studio-eu"_s}, nullptr);
    m_dialog->setAttribute(Qt::WA_DeleteOnClose, false);
    m_dialog->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_dialog.get()));
}

void TstAddKeys::showsWhatItFound()
{
    QVERIFY(!addButton()->isEnabled());
    m_dialog->setText(key(1) + u'\n' + key(2) + u"\nAIzaSyB7x9Qk\nsk-proj-Jw8a\n"_s);
    QTRY_COMPARE(list()->model()->rowCount(), 4);
    QCOMPARE(m_control->calls.count(u"keys.preview"_s), 1);
    QCOMPARE(word(0), u"New"_s);
    QCOMPARE(word(2), u"Too short"_s);
    QCOMPARE(word(3), u"Not a Google key"_s);
    QCOMPARE(list()->model()->index(1, 0).data().toString(), u"Key 2"_s);
    QCOMPARE(list()->model()->index(3, 0).data().toString(), u"Line 4"_s);
    QCOMPARE(addButton()->text(), u"Add 2 key(s)"_s);
    QVERIFY(addButton()->isEnabled());
    QVERIFY(says(u"Malformed lines are skipped."_s));
    m_dialog->setText(u"nothing"_s);
    QTRY_VERIFY(!addButton()->isEnabled());
}

void TstAddKeys::addsOnlyWhatIsNew()
{
    part<QComboBox>(u"Project"_s)->setCurrentText(u"new-lab"_s);
    part<QLineEdit>(u"Label pattern"_s)->setText(u"Lab {n}"_s);
    m_dialog->findChild<Switch *>()->setChecked(false);
    m_dialog->setText(key(1) + u"\nnonsense\n"_s + key(2));
    QTRY_VERIFY(addButton()->isEnabled());
    QSignalSpy added(m_dialog.get(), &AddKeysDialog::added);
    addButton()->click();
    QTRY_COMPARE(m_dialog->result(), int(QDialog::Accepted));
    QCOMPARE(added.size(), 1);
    QCOMPARE(m_control->keyRows.size(), std::size_t{44});
    QCOMPARE(m_control->keyRows.back().settings.project, std::string("new-lab"));
    QCOMPARE(m_control->keyRows.back().settings.label, std::string("Lab 2"));
    QVERIFY(!m_control->calls.join(u' ').contains(u"keys.check"_s));
    QCOMPARE(m_shell.toasts.size(), std::size_t{1});
    QCOMPARE(m_shell.toasts.front().text, u"2 key(s) added"_s);
    m_shell.toasts.front().act();
    QCOMPARE(m_control->keyRows.size(), std::size_t{42});
}

void TstAddKeys::addsByCtrlEnter()
{
    m_dialog->setText(key(1));
    QTRY_VERIFY(addButton()->isEnabled());
    QTest::keyClick(part<QPlainTextEdit>(u"Paste keys, one or many"_s), Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(m_control->keyRows.size(), std::size_t{43});
}

void TstAddKeys::marksTheTextOfARow()
{
    m_dialog->setText(u"größe ✓ 🙂\n"_s + key(7) + u'\n' + key(8));
    QTRY_COMPARE(list()->model()->rowCount(), 3);
    list()->setCurrentIndex(list()->model()->index(1, 0));
    const auto *editor = part<QPlainTextEdit>(u"Paste keys, one or many"_s);
    QCOMPARE(editor->textCursor().selectedText(), key(7));
    list()->setCurrentIndex(list()->model()->index(2, 0));
    QCOMPARE(editor->textCursor().selectedText(), key(8));
}

void TstAddKeys::tellsWhatGoogleSays()
{
    m_dialog->setText(key(1) + u'\n' + key(2));
    QTRY_VERIFY(addButton()->isEnabled());
    QSignalSpy started(m_dialog.get(), &AddKeysDialog::checkStarted);
    addButton()->click();
    QTRY_COMPARE(started.size(), 1);
    QVERIFY(m_control->calls.contains(u"keys.check 43,44"_s));
    QCOMPARE(word(0), u"Checking…"_s);
    QCOMPARE(addButton()->text(), u"Close"_s);
    CheckProgress progress = m_control->progress;
    progress.done = 1;
    progress.good = 1;
    progress.results = {{43, CheckVerdict::Good, {}, {}, 210}};
    Q_EMIT static_cast<Control &>(*m_control).checkProgress(progress);
    QCOMPARE(word(0), u"Works"_s);
    QCOMPARE(word(1), u"Checking…"_s);
    QVERIFY(says(u"1 of 2 key(s) checked"_s));
    progress.done = 2;
    progress.bad = 1;
    progress.isRunning = false;
    progress.results = {{44, CheckVerdict::Refused, "API_KEY_INVALID", "API key not valid.", 180}};
    Q_EMIT static_cast<Control &>(*m_control).checkProgress(progress);
    QCOMPARE(word(1), u"Refused"_s);
    QVERIFY(list()->model()->index(1, 0).data(Qt::ToolTipRole).toString().contains(u"API key not valid."_s));
    QVERIFY(says(u"1 of 2 key(s) work."_s));
    addButton()->click();
    QCOMPARE(m_dialog->result(), int(QDialog::Accepted));
}

void TstAddKeys::goesOnWithoutTheDialog()
{
    m_dialog->setText(key(1));
    QTRY_VERIFY(addButton()->isEnabled());
    addButton()->click();
    QTRY_COMPARE(addButton()->text(), u"Close"_s);
    addButton()->click();
    QVERIFY(!m_control->calls.contains(u"keys.cancelCheck"_s));
}

void TstAddKeys::tellsAFailure()
{
    m_dialog->setText(key(1));
    QTRY_VERIFY(addButton()->isEnabled());
    m_control->failure = {500, "store", "The disk is full.", {}, 0};
    addButton()->click();
    QTRY_VERIFY(says(u"The disk is full."_s));
    QVERIFY(addButton()->isEnabled()); // to be tried again
    QCOMPARE(m_control->keyRows.size(), std::size_t{42});
}

void TstAddKeys::offersTheClipboard()
{
    QVERIFY(!holdsKey(u"https://example.org/AIza"_s));
    QVERIFY(holdsKey(u"GEMINI_API_KEY="_s + key(3)));
    QApplication::clipboard()->setText(u"GEMINI_API_KEY="_s + key(3));
    AddKeysDialog dialog({*m_theme, *m_control, m_shell}, {}, nullptr);
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    bool isOffered = false;
    for (const QLabel *label : dialog.findChildren<QLabel *>()) {
        isOffered = isOffered || label->text().contains(u"The clipboard holds a key"_s);
        QVERIFY(!label->text().contains(key(3)));
    }
    QVERIFY(isOffered);
    for (QAbstractButton *button : dialog.findChildren<QAbstractButton *>()) {
        if (button->text() == u"From clipboard"_s)
            button->click();
    }
    QVERIFY(dialog.findChild<QPlainTextEdit *>()->toPlainText().contains(key(3)));
}

void TstAddKeys::readsFiles_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("editor");
    QTest::addColumn<QString>("message");
    const QString text = u"name,key\nlab,"_s + key(5);
    QTest::newRow("text") << text.toUtf8() << text << QString();
    QStringEncoder encoder(QStringConverter::Utf16LE, QStringConverter::Flag::WriteBom);
    QTest::newRow("UTF-16") << QByteArray(encoder(text)) << text << QString();
    QTest::newRow("picture") << QByteArray("\x89PNG\r\n\x1a\n\0\0", 10) << QString()
                             << u"neither text nor a sealed export"_s;
}

void TstAddKeys::readsFiles()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, editor);
    QFETCH(QString, message);
    QTemporaryDir folder;
    QFile file(folder.filePath(u"keys.csv"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
    file.close();
    m_dialog->openFile(file.fileName());
    QCOMPARE(part<QPlainTextEdit>(u"Paste keys, one or many"_s)->toPlainText(), editor);
    QVERIFY(message.isEmpty() || says(message));
    m_dialog->openFile(folder.filePath(u"none"_s));
    QVERIFY(says(u"The file cannot be read"_s));
}

void TstAddKeys::readsAnotherGatewaysDatabase()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(u"default_db"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray("SQLite format 3\0rest", 20));
    file.close();
    m_desktop.databaseText = fail(400, "not_foreign_database", "It has the tables of neither.");
    m_dialog->openFile(file.fileName());
    QVERIFY(says(u"It has the tables of neither."_s));

    m_desktop.databaseText = key(7).toUtf8();
    m_control->others = {{FindKind::Setting, "MAX_RETRIES", "5", FindVerdict::New, {}},
                         {FindKind::Token, "team", "…x9Qk", FindVerdict::New, {}},
                         {FindKind::Setting, "PORT", "8000", FindVerdict::Locked, {}}};
    m_dialog->openFile(file.fileName());
    QCOMPARE(m_desktop.databases.size(), 2);
    QTRY_VERIFY(buttonOf(*m_dialog, u"Add 1 key(s)"_s));
    QVERIFY(hasText(*m_dialog, u"default_db, 20 bytes"_s));
    QVERIFY(hasText(*m_dialog, u"Take over 2 more"_s));
    QVERIFY(part<Switch>(u"Take over what else was found"_s)->isChecked());
    buttonOf(*m_dialog, u"Add 1 key(s)"_s)->click();
    QTRY_COMPARE(m_shell.toasts.size(), std::size_t{1});
    QCOMPARE(m_shell.toasts[0].text, u"1 key(s) added, 2 more taken over"_s);
    QVERIFY(m_control->lastAdd.withOthers);
}

void TstAddKeys::takesOverWithoutAnyKey()
{
    m_control->others = {{FindKind::Setting, "MAX_RETRIES", "5", FindVerdict::New, {}}};
    m_dialog->setText(u"MAX_RETRIES=5"_s);
    QTRY_VERIFY(buttonOf(*m_dialog, u"Take over"_s));
    QVERIFY(buttonOf(*m_dialog, u"Take over"_s)->isEnabled());
    part<Switch>(u"Take over what else was found"_s)->click();
    QVERIFY(!buttonOf(*m_dialog, u"Add keys"_s)->isEnabled());
}

void TstAddKeys::asksForThePassphrase()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(u"gemini-keys.csv.sealed"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray("GwSealed\1\2\3\0\xff", 13));
    file.close();
    m_dialog->openFile(file.fileName());
    auto *passphrase = part<QLineEdit>(u"Passphrase of the sealed export"_s);
    QVERIFY(passphrase->isVisible());
    QCOMPARE(passphrase->echoMode(), QLineEdit::Password);
    QTest::qWait(200);
    QVERIFY(!m_control->calls.contains(u"keys.preview"_s)); // nothing to be read yet
    passphrase->setText(u"correct horse"_s);
    QTRY_VERIFY(m_control->calls.contains(u"keys.preview"_s));
    m_dialog->setText({});
    QVERIFY(!passphrase->isVisible());
    QVERIFY(passphrase->text().isEmpty());
}

void TstAddKeys::takesTenThousandLines()
{
    QStringList lines;
    for (int i = 0; i < 10'000; ++i)
        lines += key(i);
    QElapsedTimer timer;
    timer.start();
    m_dialog->setText(lines.join(u'\n'));
    QTRY_COMPARE_WITH_TIMEOUT(list()->model()->rowCount(), 10'000, 20'000);
    timer.restart();
    QTest::keyClick(part<QPlainTextEdit>(u"Paste keys, one or many"_s), Qt::Key_A);
    list()->scrollToBottom();
    list()->grab();
    const qint64 took = timer.elapsed();
    QVERIFY2(took < 2000, qPrintable(u"a stroke and a picture took %1 ms"_s.arg(took)));
}

QTEST_MAIN(TstAddKeys)
#include "tst_addkeys.moc"
