#include "ui/mainwindow.h"

#include <utility>

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QCloseEvent>
#include <QDialog>
#include <QHBoxLayout>
#include <QMimeData>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

#include "ui/desktop.h"
#include "ui/frame/banner.h"
#include "ui/frame/quitquestion.h"
#include "ui/frame/sidebar.h"
#include "ui/frame/statusbar.h"
#include "ui/frame/toast.h"
#include "ui/preferences.h"
#include "ui/text/format.h"
#include "ui/welcome/welcomedialog.h"
#include "ui/widgets/button.h"
#include "ui/widgets/emptystate.h"

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int FOLD_BELOW = 1000;
constexpr int CLIPBOARD_MS = 30'000;
constexpr int PROBLEMS_MS = 500;

} // namespace

MainWindow::MainWindow(const Theme &theme, Preferences &preferences, Desktop &desktop, QWidget *parent)
    : QMainWindow(parent)
    , m_theme(theme)
    , m_preferences(preferences)
    , m_desktop(desktop)
    , m_problemTimer(new QTimer(this))
{
    setWindowTitle(u"Gemini Balance"_s);
    setWindowIcon(applicationIcon());
    setMinimumSize(760, 520);
    resize(1240, 800);
    restoreGeometry(preferences.geometry());
    m_problemTimer->setSingleShot(true);
    m_problemTimer->setInterval(PROBLEMS_MS);
    connect(m_problemTimer, &QTimer::timeout, this, &MainWindow::showProblems);
    build();
    makeActions();
}

MainWindow::~MainWindow()
{
    m_preferences.setGeometry(saveGeometry());
}

/// Makes everything within anew: at first, and when the language is another one.
void MainWindow::build()
{
    m_pages.clear();
    m_rows = pageTable();
    m_sideBar = new SideBar(m_theme);
    m_stack = new QStackedWidget;
    m_banner = new Banner(m_theme);
    m_tokenBanner = new Banner(m_theme);
    m_statusBar = new StatusBar(m_theme);
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const bool isSettings = m_rows[i].id == PageId::Settings;
        const QKeySequence keys = isSettings ? QKeySequence(Qt::CTRL | Qt::Key_Comma)
                                             : QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_1 + i));
        m_sideBar->addPage(m_rows[i].id, m_rows[i].iconName, m_rows[i].name,
                           keys.toString(QKeySequence::NativeText), isSettings);
    }
    m_starting = new EmptyState(m_theme, u"clock"_s, tr("Starting…"), tr("The keys are read."));
    m_stack->addWidget(m_starting);

    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_tokenBanner);
    column->addWidget(m_banner);
    column->addWidget(m_stack, 1);
    m_toast = new Toast(m_theme, content);
    auto *center = new QWidget;
    auto *upper = new QHBoxLayout;
    upper->setSpacing(0);
    upper->addWidget(m_sideBar);
    upper->addWidget(content, 1);
    auto *whole = new QVBoxLayout(center);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->setSpacing(0);
    whole->addLayout(upper, 1);
    whole->addWidget(m_statusBar);
    setCentralWidget(center);
    connect(m_sideBar, &SideBar::chosen, this, [this](PageId id) { show(id); });
    connect(m_statusBar, &StatusBar::clicked, this, [this] { show(PageId::Overview); });
    fold();
    show(m_current);
    showStatus();
    if (!m_newToken.isEmpty())
        showNewToken(m_newToken);
}

QAction *MainWindow::addKey(const QKeySequence &keys, std::function<void()> act)
{
    auto *action = new QAction(this);
    action->setShortcut(keys);
    connect(action, &QAction::triggered, this, std::move(act));
    addAction(action);
    return action;
}

void MainWindow::makeActions()
{
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const PageId id = m_rows[i].id;
        addKey(id == PageId::Settings ? QKeySequence(Qt::CTRL | Qt::Key_Comma)
                                      : QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_1 + i)),
               [this, id] { show(id); });
    }
    const auto onPage = [this](void (Page::*act)()) {
        return [this, act] {
            if (Page *current = page(m_current))
                (current->*act)();
        };
    };
    addKey(QKeySequence::Find, onPage(&Page::focusSearch));
    addKey(Qt::CTRL | Qt::Key_N, onPage(&Page::makeNew));
    addKey(Qt::Key_F5, onPage(&Page::refresh));
    addKey(Qt::CTRL | Qt::SHIFT | Qt::Key_P, [this] { togglePause(); });
    addKey(Qt::CTRL | Qt::SHIFT | Qt::Key_C, [this] { copyAddress(); });
    addKey(Qt::CTRL | Qt::Key_Z, [this] { m_toast->act(); });
    addKey(Qt::Key_F6, [this] { moveFocus(1); });
    addKey(Qt::SHIFT | Qt::Key_F6, [this] { moveFocus(-1); });
    addKey(Qt::CTRL | Qt::Key_W, [this] { close(); });
    addKey(Qt::CTRL | Qt::Key_Q, [this] { Q_EMIT quitRequested(); });
}

void MainWindow::setControl(Gateway::Control *control)
{
    if (m_control)
        m_control->disconnect(this);
    // Dialogs of the window itself look at the gateway too.
    qDeleteAll(findChildren<QDialog *>(QString(), Qt::FindDirectChildrenOnly));
    for (const auto &[id, page] : std::exchange(m_pages, {}))
        delete page;
    m_control = control;
    m_failure = {};
    if (control) {
        connect(control, &Gateway::Control::statusChanged, this, &MainWindow::showStatus);
        connect(control, &Gateway::Control::requestsRecorded, this,
                [this](const std::vector<Gateway::RequestView> &batch) {
                    m_statusBar->countRequests(std::ssize(batch));
                });
        const auto later = [this] {
            if (!m_problemTimer->isActive())
                m_problemTimer->start();
        };
        connect(control, &Gateway::Control::keysChanged, this, later);
        connect(control, &Gateway::Control::modelHealthChanged, this, later);
        connect(control, &Gateway::Control::tokensChanged, this, later);
        connect(control, &Gateway::Control::settingsChanged, this, later);
        later();
    } else {
        m_sideBar->setBadge(PageId::Overview, {}, PillKind::Warn);
    }
    show(m_current);
    showStatus();
    welcomeOnce();
}

/// Who has no key yet is led through the first steps, once.
void MainWindow::welcomeOnce()
{
    const QString told = u"welcome"_s;
    if (!m_control || m_control->status().keysTotal > 0 || m_preferences.wasTold(told))
        return;
    m_preferences.setTold(told);
    auto *dialog = new WelcomeDialog(PageParts{m_theme, *m_control, *this, &m_preferences, &m_desktop}, this);
    dialog->open();
}

void MainWindow::showFailure(const StartFailure &failure)
{
    m_failure = failure;
    showStatus();
}

void MainWindow::showNewToken(const QString &token)
{
    m_newToken = token;
    if (!m_tokenBanner->showCause(
            token, Banner::Kind::Warn, tr("This is the administrator's access token"),
            tr("It lets a client use the gateway and change it. It is shown this once.")))
        return;
    const Button *copyIt = m_tokenBanner->addButton(tr("Copy the token"));
    connect(copyIt, &QAbstractButton::clicked, this, [this] {
        copy(m_newToken, true);
        m_newToken.clear();
        m_tokenBanner->clear();
    });
}

Page *MainWindow::page(PageId id)
{
    if (const auto found = m_pages.find(id); found != m_pages.end())
        return found->second;
    if (!m_control)
        return nullptr;
    for (const PageRow &row : m_rows) {
        if (row.id != id)
            continue;
        Page *made = row.make(PageParts{m_theme, *m_control, *this, &m_preferences, &m_desktop});
        m_stack->addWidget(made);
        m_pages[id] = made;
        return made;
    }
    return nullptr;
}

void MainWindow::show(PageId id)
{
    m_current = id;
    m_sideBar->setCurrent(id);
    Page *shown = page(id);
    m_stack->setCurrentWidget(shown ? static_cast<QWidget *>(shown) : m_starting);
}

void MainWindow::go(const Target &target)
{
    show(target.page);
    if (Page *shown = page(target.page))
        shown->goTo(target);
    bringUp();
}

void MainWindow::toast(ToastText text)
{
    m_toast->showText(std::move(text));
}

void MainWindow::toastFailure(const Gateway::Error &error)
{
    m_toast->showText({u"error"_s, QString::fromStdString(error.text), {}, {}});
}

void MainWindow::copy(const QString &text, bool isSecret)
{
    auto *content = new QMimeData;
    content->setText(text);
    if (isSecret) {
        content->setData(u"x-kde-passwordManagerHint"_s, "secret");
        clearClipboardLater(text);
    }
    QGuiApplication::clipboard()->setMimeData(content);
    m_toast->showText(
        {u"copy"_s, isSecret ? tr("Copied. The clipboard is cleared in 30 s.") : tr("Copied"), {}, {}});
}

void MainWindow::clearClipboardLater(const QString &secret)
{
    QTimer::singleShot(CLIPBOARD_MS, this, [secret] {
        QClipboard *clipboard = QGuiApplication::clipboard();
        if (clipboard->text() == secret)
            clipboard->clear();
    });
}

void MainWindow::showStatus()
{
    Gateway::GatewayStatus status;
    if (m_control)
        status = m_control->status();
    if (!m_failure.text.isEmpty()) {
        status.state = Gateway::GatewayStatus::State::NotServing;
        status.reason = m_failure.text.toStdString();
    }
    if (status.state == Gateway::GatewayStatus::State::NotServing)
        m_starting->setTexts(tr("Not serving"), tr("The pages come once the gateway has started."));
    else
        m_starting->setTexts(tr("Starting…"), tr("The keys are read."));
    m_statusBar->showStatus(status);
    m_sideBar->setBadge(PageId::Keys, status.keysTotal > 0 ? countText(status.keysTotal) : QString(),
                        PillKind::Idle);
    showBanners(status);
}

/// False while it is shown already, or was hidden by the user.
bool MainWindow::showFailureBanner(const QString &reason)
{
    if (m_failure.port == 0)
        return m_banner->showCause(reason, Banner::Kind::Danger, tr("The gateway does not serve"), reason);
    const QString text = m_failure.holder.isEmpty()
                             ? tr("Another program holds it. Clients get no answer until this is mended.")
                             : tr("Another program holds it: %1. Clients get no answer until this is mended.")
                                   .arg(m_failure.holder);
    if (!m_banner->showCause(reason, Banner::Kind::Danger,
                             tr("The gateway cannot listen on port %1").arg(m_failure.port), text))
        return false;
    if (m_failure.freePort > 0)
        connect(m_banner->addButton(tr("Use port %1").arg(m_failure.freePort)), &QAbstractButton::clicked,
                this, [this, port = m_failure.freePort] { Q_EMIT portChosen(port); });
    return true;
}

void MainWindow::showBanners(const Gateway::GatewayStatus &status)
{
    if (status.state == Gateway::GatewayStatus::State::NotServing) {
        if (!showFailureBanner(QString::fromStdString(status.reason)))
            return;
        connect(m_banner->addButton(tr("Try again")), &QAbstractButton::clicked, this,
                &MainWindow::retryRequested);
        return;
    }
    if (status.restartsPending > 0) {
        const QString cause = u"restart %1"_s.arg(status.restartsPending);
        if (!m_banner->showCause(
                cause, Banner::Kind::Warn,
                tr("%n changes take effect after a restart of the gateway.", nullptr, status.restartsPending),
                {}))
            return;
        connect(m_banner->addButton(tr("Restart gateway")), &QAbstractButton::clicked, this,
                [this] { m_desktop.restartGateway(); });
        return;
    }
    m_banner->clear();
}

void MainWindow::showProblems()
{
    if (!m_control)
        return;
    m_control->serving().problems(
        {this, [this](Gateway::Result<std::vector<Gateway::Problem>> problems) {
             const auto count = problems ? std::ssize(*problems) : 0;
             m_sideBar->setBadge(PageId::Overview, count > 0 ? countText(count) : QString(), PillKind::Warn);
         }});
}

void MainWindow::bringUp()
{
    setWindowState(windowState() & ~Qt::WindowMinimized);
    QMainWindow::show();
    raise();
    activateWindow();
}

void MainWindow::copyAddress()
{
    if (m_control && !m_control->status().address.empty())
        copy(QString::fromStdString(m_control->status().address), false);
}

void MainWindow::togglePause()
{
    if (!m_control)
        return;
    const Gateway::Reply<Gateway::GatewayStatus> told{this,
                                                      [this](Gateway::Result<Gateway::GatewayStatus> answer) {
                                                          if (!answer)
                                                              toastFailure(answer.error());
                                                      }};
    if (m_control->status().state == Gateway::GatewayStatus::State::Paused)
        m_control->serving().resume(told);
    else
        m_control->serving().pause(0, told);
}

void MainWindow::moveFocus(int step)
{
    QList<QWidget *> areas{m_sideBar};
    if (const Page *current = page(m_current))
        areas += current->areas();
    qsizetype at = 0;
    for (qsizetype i = 0; i < areas.size(); ++i) {
        if (areas[i] == QApplication::focusWidget() || areas[i]->isAncestorOf(QApplication::focusWidget()))
            at = i;
    }
    for (qsizetype tries = 0; tries < areas.size(); ++tries) {
        at = (at + step + areas.size()) % areas.size();
        if (areas[at]->isVisible())
            break;
    }
    if (areas[at] == m_sideBar)
        m_sideBar->takeFocus();
    else if (areas[at]->focusPolicy() != Qt::NoFocus)
        areas[at]->setFocus(Qt::TabFocusReason);
    else if (QWidget *first = areas[at]->nextInFocusChain())
        first->setFocus(Qt::TabFocusReason);
}

void MainWindow::fold()
{
    m_sideBar->setFolded(width() < FOLD_BELOW);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    m_preferences.setGeometry(saveGeometry());
    if (m_desktop.hasTray()) {
        Q_EMIT hiddenToTray();
        QMainWindow::closeEvent(event);
        return;
    }
    event->ignore();
    askWhetherToQuit();
}

void MainWindow::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange && m_sideBar) {
        // Later: this may come from a widget of the very pages that go.
        QMetaObject::invokeMethod(this, &MainWindow::build, Qt::QueuedConnection);
    }
    QMainWindow::changeEvent(event);
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    fold();
    m_toast->place();
}

void MainWindow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        Page *current = page(m_current);
        if (current && current->escape())
            return;
    }
    QMainWindow::keyPressEvent(event);
}

void MainWindow::askWhetherToQuit()
{
    auto *question = new QuitQuestion(m_theme, this);
    connect(question, &QuitQuestion::quitChosen, this, &MainWindow::quitRequested);
    connect(question, &QuitQuestion::minimiseChosen, this, &QWidget::showMinimized);
    question->open();
}

} // namespace Ui
