#include <algorithm>

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>

#include "samplecontrol.h"
#include "sampledesktop.h"
#include "ui/frame/navigationitem.h"
#include "ui/frame/quitquestion.h"
#include "ui/frame/shell.h"
#include "ui/mainwindow.h"
#include "ui/preferences.h"

using namespace Gateway;
using namespace Ui;
using namespace Qt::StringLiterals;

class TstMainWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void showsStateAddressAndKeys();
    void saysWhyItDoesNotServe();
    void offersAFreePort();
    void goesThroughThePagesByKeys();
    void foldsTheSideBarWhenNarrow();
    void tellsOfChangesThatWaitForARestart();
    void copiesTheNewTokenAsASecret();
    void pausesAndResumes();
    void hidesToTheTrayOrAsks();
    void speaksAnotherLanguageAtOnce();
    void losesItsGatewayAndGetsAnother();
    void namesEveryControl();
    void looksSo_data();
    void looksSo();

private:
    bool hasText(const QString &text) const
    {
        const QList<QLabel *> labels = m_window->findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(), [&](const QLabel *label) {
            return label->isVisibleTo(m_window.get()) && label->text().contains(text);
        });
    }
    QAbstractButton *button(const QString &name) const
    {
        for (QAbstractButton *candidate : m_window->findChildren<QAbstractButton *>()) {
            if (candidate->isVisibleTo(m_window.get()) &&
                (candidate->accessibleName() == name || candidate->text() == name))
                return candidate;
        }
        return nullptr;
    }

    QTemporaryDir m_place;
    SampleDesktop m_desktop;
    std::unique_ptr<Preferences> m_preferences;
    std::unique_ptr<SampleControl> m_control;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<MainWindow> m_window;
};

void TstMainWindow::initTestCase()
{
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_place.path());
}

void TstMainWindow::init()
{
    m_desktop = {};
    m_preferences = std::make_unique<Preferences>();
    m_control = sampleControl();
    m_theme = std::make_unique<Theme>(Theme::Choice::Light);
    m_window = std::make_unique<MainWindow>(*m_theme, *m_preferences, m_desktop);
    m_window->setControl(m_control.get());
    m_window->QWidget::show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

void TstMainWindow::cleanup()
{
    m_window.reset();
}

void TstMainWindow::showsStateAddressAndKeys()
{
    QVERIFY(hasText(u"Serving"_s));
    QVERIFY(hasText(u"http://127.0.0.1:4364"_s));
    QVERIFY(hasText(u"39 of 42 keys usable"_s));
    QVERIFY(hasText(u"2 in flight"_s));
}

void TstMainWindow::saysWhyItDoesNotServe()
{
    QTRY_COMPARE(button(u"Overview"_s)->accessibleDescription(), u"3"_s);
    m_window->setControl(nullptr);
    m_window->showFailure({u"The store is locked."_s});
    QVERIFY(hasText(u"Not serving"_s));
    QVERIFY(hasText(u"The store is locked."_s));
    QTRY_VERIFY(
        button(u"Overview"_s)->accessibleDescription().isEmpty()); // problems of a gateway that is gone
    QVERIFY(hasText(u"The pages come once the gateway has started."_s) && !hasText(u"Starting…"_s));
    QSignalSpy spy(m_window.get(), &MainWindow::retryRequested);
    QTRY_VERIFY(button(u"Try again"_s));
    button(u"Try again"_s)->click();
    QCOMPARE(spy.count(), 1);
    m_window->setControl(m_control.get());
    QVERIFY(!button(u"Try again"_s));
}

void TstMainWindow::offersAFreePort()
{
    m_window->setControl(nullptr);
    m_window->showFailure({u"Port 4364 is taken."_s, 4364, u"ollama (process 8812)"_s, 4365});
    QVERIFY(hasText(u"The gateway cannot listen on port 4364"_s));
    QVERIFY(hasText(u"ollama (process 8812)"_s));
    QSignalSpy chosen(m_window.get(), &MainWindow::portChosen);
    QTRY_VERIFY(button(u"Use port 4365"_s));
    button(u"Use port 4365"_s)->click();
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen[0][0].toInt(), 4365);
    // Without a free one the button to try again is left.
    m_window->showFailure({u"Port 4366 is taken."_s, 4366});
    QTRY_VERIFY(hasText(u"The gateway cannot listen on port 4366"_s));
    QTRY_VERIFY(button(u"Try again"_s) && !button(u"Use port 4365"_s));
}

void TstMainWindow::goesThroughThePagesByKeys()
{
    QTest::keyClick(m_window.get(), Qt::Key_Comma, Qt::ControlModifier);
    QVERIFY(button(u"Settings"_s)->isChecked());
    QTest::keyClick(m_window.get(), Qt::Key_1, Qt::ControlModifier);
    QVERIFY(button(u"Overview"_s)->isChecked());
    QVERIFY(hasText(u"per minute, last 60 min"_s));
    // F6 goes round the areas and comes back.
    QTest::keyClick(m_window.get(), Qt::Key_F6);
    QWidget *first = QApplication::focusWidget();
    QVERIFY(first);
    QTest::keyClick(m_window.get(), Qt::Key_F6);
    QVERIFY(QApplication::focusWidget() != first);
}

void TstMainWindow::foldsTheSideBarWhenNarrow()
{
    m_window->resize(1240, 800);
    const auto *item = m_window->findChild<NavigationItem *>();
    QTRY_VERIFY(item->width() > 180);
    m_window->resize(900, 700);
    QTRY_VERIFY(item->width() < 60);
    QVERIFY(item->toolTip().contains(u"Overview"_s));
}

void TstMainWindow::tellsOfChangesThatWaitForARestart()
{
    QVERIFY(!button(u"Restart gateway"_s));
    m_control->gatewayStatus.restartsPending = 2;
    Q_EMIT m_control->statusChanged();
    QTRY_VERIFY(button(u"Restart gateway"_s));
    button(u"Restart gateway"_s)->click();
    QCOMPARE(m_desktop.restarts, 1);
    m_control->gatewayStatus.restartsPending = 0;
    Q_EMIT m_control->statusChanged();
    QVERIFY(!button(u"Restart gateway"_s));
}

void TstMainWindow::copiesTheNewTokenAsASecret()
{
    m_window->showNewToken(u"gb-token"_s);
    QVERIFY(!hasText(u"gb-token"_s));
    QTRY_VERIFY(button(u"Copy the token"_s));
    button(u"Copy the token"_s)->click();
    const QMimeData *content = QApplication::clipboard()->mimeData();
    QCOMPARE(content->text(), u"gb-token"_s);
    QCOMPARE(content->data(u"x-kde-passwordManagerHint"_s), QByteArray("secret"));
    QVERIFY(!button(u"Copy the token"_s));
}

void TstMainWindow::pausesAndResumes()
{
    QTest::keyClick(m_window.get(), Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(hasText(u"Paused"_s));
    QTest::keyClick(m_window.get(), Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(!hasText(u"Paused"_s));
    QVERIFY(m_control->calls.contains(u"serving.pause"_s));
    QVERIFY(m_control->calls.contains(u"serving.resume"_s));
}

void TstMainWindow::hidesToTheTrayOrAsks()
{
    m_desktop.hasTrayIcon = false;
    m_window->close();
    QVERIFY(m_window->isVisible());
    auto *question = m_window->findChild<QuitQuestion *>();
    QVERIFY(question);
    QSignalSpy quit(m_window.get(), &MainWindow::quitRequested);
    for (QPushButton *candidate : question->findChildren<QPushButton *>()) {
        if (candidate->text() == u"Quit"_s)
            candidate->click();
    }
    QCOMPARE(quit.count(), 1);

    m_desktop.hasTrayIcon = true;
    QSignalSpy hidden(m_window.get(), &MainWindow::hiddenToTray);
    m_window->close();
    QVERIFY(!m_window->isVisible());
    QCOMPARE(hidden.count(), 1);
}

void TstMainWindow::speaksAnotherLanguageAtOnce()
{
    QTranslator translator;
    QVERIFY(translator.load(QLocale(u"zh_CN"_s), u"gemini-balance"_s, u"_"_s, u":/translations"_s));
    QTest::keyClick(m_window.get(), Qt::Key_Comma, Qt::ControlModifier);
    QApplication::installTranslator(&translator);
    QTRY_VERIFY(!button(u"Settings"_s));
    // It stays on the page it was on.
    const QString settings = QCoreApplication::translate("Pages", "Settings");
    QVERIFY(settings != u"Settings"_s);
    QTRY_VERIFY(button(settings) && button(settings)->isChecked());
    QApplication::removeTranslator(&translator);
    QTRY_VERIFY(button(u"Settings"_s));
}

void TstMainWindow::losesItsGatewayAndGetsAnother()
{
    m_window->setControl(nullptr);
    m_control = sampleControl();
    m_control->gatewayStatus.address = "http://127.0.0.1:5000";
    m_window->setControl(m_control.get());
    QVERIFY(hasText(u"http://127.0.0.1:5000"_s));
    m_window->copyAddress();
    QCOMPARE(QApplication::clipboard()->text(), u"http://127.0.0.1:5000"_s);
}

void TstMainWindow::namesEveryControl()
{
    for (const PageRow &row : pageTable()) {
        m_window->open({.page = row.id});
        QTest::qWait(50);
        for (const QWidget *widget : m_window->findChildren<QWidget *>()) {
            if (!widget->isVisible() || !(widget->focusPolicy() & Qt::TabFocus))
                continue;
            const auto *pressed = qobject_cast<const QAbstractButton *>(widget);
            const bool isNamed =
                !widget->accessibleName().isEmpty() || (pressed && !pressed->text().isEmpty());
            // Parts that Qt makes within its own widgets are read through them; scroll areas hold named ones.
            const QWidget *parent = widget->parentWidget();
            const bool isPart =
                parent && (parent->inherits("QAbstractSpinBox") || parent->inherits("QComboBox"));
            QVERIFY2(isNamed || isPart || widget->inherits("QScrollArea") || widget->inherits("QSplitter"),
                     qPrintable(row.name + u": "_s + QLatin1String(widget->metaObject()->className())));
        }
    }
}

void TstMainWindow::looksSo_data()
{
    QTest::addColumn<bool>("isDark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void TstMainWindow::looksSo()
{
    QFETCH(bool, isDark);
    m_theme->choose(isDark ? Theme::Choice::Dark : Theme::Choice::Light);
    QTest::qWait(50); // the palette goes to the widgets through the loop
    const QImage picture = m_window->grab().toImage();
    const Tokens &tokens = isDark ? darkTokens() : lightTokens();
    QCOMPARE(picture.pixelColor(4, m_window->height() / 2), tokens.side);
    const auto *sideBar = m_window->findChild<NavigationItem *>()->parentWidget();
    QCOMPARE(picture.pixelColor(sideBar->width() + 4, m_window->height() / 2), tokens.window);
}

QTEST_MAIN(TstMainWindow)
#include "tst_mainwindow.moc"
