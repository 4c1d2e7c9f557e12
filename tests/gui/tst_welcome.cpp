#include <QClipboard>
#include <QGuiApplication>
#include <QPlainTextEdit>
#include <QPushButton>

#include "samplewindow.h"
#include "ui/mainwindow.h"
#include "ui/welcome/welcomedialog.h"

using namespace Gateway;
using namespace Ui;
using namespace Qt::StringLiterals;

class TstWelcome : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goesFromKeysToAClient();
    void canBeSkippedAndGoneBack();
    void tellsWhatIsRefused();
    void comesOnceAndOnlyWithoutKeys();
};

void TstWelcome::goesFromKeysToAClient()
{
    SampleParts sample;
    sample.control->keyRows.clear();
    QGuiApplication::clipboard()->clear();
    WelcomeDialog dialog(sample.parts(), nullptr);
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.open();
    auto *act = qobject_cast<QPushButton *>(buttonOf(dialog, u"Add keys"_s));
    QVERIFY(act && !act->isEnabled());
    dialog.findChild<QPlainTextEdit *>()->setPlainText(
        u"AIzaSyA00000000000000000000000000000001\nAIzaSyA00000000000000000000000000000002\nAIzaShort\n"_s);
    QTRY_VERIFY(act->isEnabled());
    QVERIFY(act->text().contains(u'2') || act->text().contains(u"%n"_s));
    act->click();
    QTRY_COMPARE(sample.control->keyRows.size(), 2U);
    QTRY_VERIFY(sample.control->calls.contains(u"keys.check 1,2"_s));

    QTRY_VERIFY(buttonOf(dialog, u"Create token"_s));
    buttonOf(dialog, u"Create token"_s)->click();
    QTRY_VERIFY(hasText(dialog, u"gb-issued-token-for-tests-f00d"_s));
    buttonOf(dialog, u"Next"_s)->click();
    QTRY_VERIFY(hasText(dialog, u"http://127.0.0.1:4364/v1"_s));
    QVERIFY(hasText(dialog, u"gb-issued-token-for-tests-f00d"_s));
    buttonOf(dialog, u"Set up a known client…"_s)->click();
    QCOMPARE(sample.shell.targets.back().page, PageId::Clients);
    QVERIFY(!dialog.isVisible());
}

void TstWelcome::canBeSkippedAndGoneBack()
{
    SampleParts sample;
    WelcomeDialog dialog(sample.parts(), nullptr);
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.open();
    dialog.findChild<QPlainTextEdit *>()->setPlainText(u"AIza something"_s);
    buttonOf(dialog, u"Skip for now"_s)->click();
    buttonOf(dialog, u"Back"_s)->click();
    QCOMPARE(dialog.findChild<QPlainTextEdit *>()->toPlainText(), u"AIza something"_s);
    buttonOf(dialog, u"Skip for now"_s)->click();
    buttonOf(dialog, u"Skip for now"_s)->click();
    QVERIFY(hasText(dialog, u"none yet"_s));
    buttonOf(dialog, u"Open Gemini Balance"_s)->click();
    QVERIFY(!dialog.isVisible());
}

void TstWelcome::tellsWhatIsRefused()
{
    SampleParts sample;
    WelcomeDialog dialog(sample.parts(), nullptr);
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.open();
    buttonOf(dialog, u"Skip for now"_s)->click();
    sample.control->failure = {409, "known_name", "There is a token of that name.", "name", 0};
    buttonOf(dialog, u"Create token"_s)->click();
    QTRY_VERIFY(hasText(dialog, u"There is a token of that name."_s));
    QVERIFY(buttonOf(dialog, u"Create token"_s)->isEnabled());
}

void TstWelcome::comesOnceAndOnlyWithoutKeys()
{
    SampleParts sample;
    MainWindow window(sample.theme, *sample.preferences, sample.desktop);
    window.setControl(sample.control.get());
    QVERIFY(!window.findChild<WelcomeDialog *>());
    sample.control->gatewayStatus.keysTotal = 0;
    window.setControl(sample.control.get());
    QVERIFY(window.findChild<WelcomeDialog *>());
    window.setControl(nullptr);
    QVERIFY(!window.findChild<WelcomeDialog *>());
    window.setControl(sample.control.get());
    QVERIFY(!window.findChild<WelcomeDialog *>());
}

QTEST_MAIN(TstWelcome)
#include "tst_welcome.moc"
