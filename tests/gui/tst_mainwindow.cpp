#include <algorithm>

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QLabel>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include "ui/mainwindow.h"
#include "ui/widgets/copybutton.h"

using namespace Gateway;
using namespace Ui;
using namespace Qt::StringLiterals;

namespace {

GatewayStatus serving()
{
    GatewayStatus status;
    status.state = GatewayStatus::State::Serving;
    status.address = "http://127.0.0.1:4364";
    status.keysTotal = 42;
    status.keysUsable = 36;
    status.keysSidelined = 4;
    status.keysDisabled = 2;
    return status;
}

} // namespace

class TstMainWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void showsStateAddressAndKeys();
    void saysWhyItDoesNotServe();
    void saysThatNoKeyIsUsable();
    void copiesTheAddress();
    void copiesTheTokenAsASecret();
    void hidesToTheTrayOrAsks();
    void isReachedByKeyboard();
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
    QPushButton *button(const QString &name) const
    {
        for (QPushButton *candidate : m_window->findChildren<QPushButton *>()) {
            if (candidate->accessibleName() == name || candidate->text() == name)
                return candidate;
        }
        return nullptr;
    }

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<MainWindow> m_window;
};

void TstMainWindow::init()
{
    m_window.reset();
    m_theme = std::make_unique<Theme>(Theme::Choice::Light);
    m_window = std::make_unique<MainWindow>(*m_theme);
}

void TstMainWindow::showsStateAddressAndKeys()
{
    m_window->showStatus(serving());
    QVERIFY(hasText(u"Serving"_s));
    QVERIFY(hasText(u"http://127.0.0.1:4364"_s));
    QVERIFY(hasText(u"http://127.0.0.1:4364/v1"_s));
    QVERIFY(hasText(u"36 of 42 keys usable"_s));
    QVERIFY(!button(u"Try again"_s)->isVisibleTo(m_window.get()));
    QVERIFY(!hasText(u"Access token"_s));
}

void TstMainWindow::saysWhyItDoesNotServe()
{
    GatewayStatus status;
    status.state = GatewayStatus::State::NotServing;
    status.reason = "Port 4364 is taken.";
    m_window->showStatus(status);
    QVERIFY(hasText(u"Not serving"_s));
    QVERIFY(hasText(u"Port 4364 is taken."_s));
    QVERIFY(!hasText(u"http://"_s));
    QSignalSpy spy(m_window.get(), &MainWindow::retryRequested);
    button(u"Try again"_s)->click();
    QCOMPARE(spy.count(), 1);
}

void TstMainWindow::saysThatNoKeyIsUsable()
{
    GatewayStatus status = serving();
    status.keysUsable = 0;
    m_window->showStatus(status);
    QVERIFY(hasText(u"No usable key"_s));
    status.keysTotal = 0;
    m_window->showStatus(status);
    QVERIFY(hasText(u"No key yet"_s));
}

void TstMainWindow::copiesTheAddress()
{
    m_window->showStatus(serving());
    button(u"Copy the gateway's address"_s)->click();
    QCOMPARE(QApplication::clipboard()->text(), u"http://127.0.0.1:4364"_s);
    QVERIFY(button(u"Copied"_s));
    QApplication::clipboard()->clear();
    m_window->copyAddress();
    QCOMPARE(QApplication::clipboard()->text(), u"http://127.0.0.1:4364"_s);
}

void TstMainWindow::copiesTheTokenAsASecret()
{
    m_window->showNewToken(u"gb-token"_s);
    QVERIFY(hasText(u"gb-token"_s));
    button(u"Copy the access token"_s)->click();
    const QMimeData *content = QApplication::clipboard()->mimeData();
    QCOMPARE(content->text(), u"gb-token"_s);
    QCOMPARE(content->data(u"x-kde-passwordManagerHint"_s), QByteArray("secret"));
}

void TstMainWindow::hidesToTheTrayOrAsks()
{
    m_window->show();
    m_window->close();
    QVERIFY(m_window->isVisible());
    auto *box = m_window->findChild<QMessageBox *>();
    QVERIFY(box);
    QSignalSpy quit(m_window.get(), &MainWindow::quitRequested);
    for (QAbstractButton *candidate : box->buttons()) {
        if (box->buttonRole(candidate) == QMessageBox::AcceptRole)
            candidate->click();
    }
    QCOMPARE(quit.count(), 1);

    m_window->setHasTray(true);
    QSignalSpy hidden(m_window.get(), &MainWindow::hiddenToTray);
    m_window->close();
    QVERIFY(!m_window->isVisible());
    QCOMPARE(hidden.count(), 1);
}

void TstMainWindow::isReachedByKeyboard()
{
    m_window->showStatus(serving());
    for (const QPushButton *candidate : m_window->findChildren<QPushButton *>()) {
        QVERIFY(candidate->focusPolicy() & Qt::TabFocus);
        QVERIFY(!candidate->text().isEmpty() || !candidate->accessibleName().isEmpty());
    }
    QStringList shortcuts;
    for (const QAction *action : m_window->findChildren<QAction *>())
        shortcuts += action->shortcut().toString();
    QVERIFY(shortcuts.contains(u"Ctrl+Shift+C"_s));
    QVERIFY(shortcuts.contains(u"Ctrl+Q"_s));
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
    m_window->showStatus(serving());
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    const QPixmap picture = m_window->grab();
    const Tokens &tokens = isDark ? darkTokens() : lightTokens();
    QCOMPARE(picture.toImage().pixelColor(5, m_window->height() / 2), tokens.window);
    QVERIFY(QDir().mkpath(QStringLiteral(GW_PICTURES)));
    QVERIFY(picture.save(QStringLiteral(GW_PICTURES) +
                         (isDark ? "/window-dark.png"_L1 : "/window-light.png"_L1)));
}

QTEST_MAIN(TstMainWindow)
#include "tst_mainwindow.moc"
