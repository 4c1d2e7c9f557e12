#include "ui/mainwindow.h"

#include <QAction>
#include <QActionGroup>
#include <QCloseEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include "ui/clientscard.h"
#include "ui/gatewaycard.h"
#include "ui/keyscard.h"
#include "ui/statusline.h"
#include "ui/widgets/textlabel.h"

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int MARGIN = 24;
constexpr int GAP = 12;

} // namespace

MainWindow::MainWindow(const Theme &theme, QWidget *parent)
    : QMainWindow(parent)
    , m_theme(theme)
    , m_gateway(new GatewayCard(theme))
    , m_keys(new KeysCard(theme))
    , m_clients(new ClientsCard(theme))
    , m_line(new StatusLine(theme))
    , m_themes(new QActionGroup(this))
{
    setWindowTitle(tr("Gemini Balance"));
    setWindowIcon(applicationIcon());
    makeActions();
    makeThemeMenu();

    // Long translations and large fonts scroll rather than being cut.
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(makePage());
    auto *center = new QWidget;
    auto *column = new QVBoxLayout(center);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(scroll, 1);
    column->addWidget(m_line);
    setCentralWidget(center);
    resize(760, 520);

    connect(m_gateway, &GatewayCard::retryRequested, this, &MainWindow::retryRequested);
    showStatus({});
}

QWidget *MainWindow::makePage()
{
    auto *title = new TextLabel(m_theme, TextStyle::Title, &Tokens::text);
    title->setText(tr("Gemini Balance"));
    auto *mark = new QLabel;
    mark->setPixmap(applicationIcon().pixmap(32));
    auto *header = new QHBoxLayout;
    header->setSpacing(GAP);
    header->addWidget(mark);
    header->addWidget(title, 1);

    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(MARGIN, 16, MARGIN, MARGIN);
    column->setSpacing(GAP);
    column->addLayout(header);
    column->addWidget(m_gateway);
    column->addWidget(m_keys);
    column->addWidget(m_clients);
    column->addStretch();
    return page;
}

void MainWindow::makeActions()
{
    QMenu *menu = menuBar()->addMenu(tr("&Gateway"));
    QAction *copy = menu->addAction(tr("&Copy address"), this, &MainWindow::copyAddress);
    copy->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C));
    menu->addSeparator();
    QAction *quit = menu->addAction(tr("&Quit"), this, &MainWindow::quitRequested);
    quit->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Q));
    quit->setMenuRole(QAction::QuitRole);
}

void MainWindow::makeThemeMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&View"))->addMenu(tr("&Theme"));
    const auto add = [this, menu](const QString &text, Theme::Choice choice) {
        QAction *action = menu->addAction(text);
        action->setCheckable(true);
        action->setData(static_cast<int>(choice));
        m_themes->addAction(action);
        connect(action, &QAction::triggered, this, [this, choice] { Q_EMIT themeChosen(choice); });
    };
    add(tr("As the &system is"), Theme::Choice::System);
    add(tr("&Light"), Theme::Choice::Light);
    add(tr("&Dark"), Theme::Choice::Dark);
    showThemeChoice(Theme::Choice::System);
}

void MainWindow::showThemeChoice(Theme::Choice choice)
{
    for (QAction *action : m_themes->actions())
        action->setChecked(action->data().toInt() == static_cast<int>(choice));
}

void MainWindow::showStatus(const Gateway::GatewayStatus &status)
{
    m_gateway->showStatus(status);
    m_keys->showStatus(status);
    m_clients->showAddress(QString::fromStdString(status.address));
    m_line->showStatus(status);
}

void MainWindow::showNewToken(const QString &token)
{
    m_clients->showToken(token);
}

void MainWindow::setHasTray(bool hasTray)
{
    m_hasTray = hasTray;
}

void MainWindow::bringUp()
{
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
}

void MainWindow::copyAddress()
{
    m_gateway->copyAddress();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (m_hasTray) {
        Q_EMIT hiddenToTray();
        QMainWindow::closeEvent(event);
        return;
    }
    event->ignore();
    askWhetherToQuit();
}

void MainWindow::askWhetherToQuit()
{
    auto *box = new QMessageBox(QMessageBox::NoIcon, tr("Quit Gemini Balance?"), tr("Quit Gemini Balance?"),
                                QMessageBox::NoButton, this);
    box->setInformativeText(tr("Clients get no answer once it has quit. Minimised, it goes on serving."));
    const QPushButton *quit = box->addButton(tr("Quit"), QMessageBox::AcceptRole);
    QPushButton *minimise = box->addButton(tr("Minimise"), QMessageBox::ActionRole);
    box->addButton(QMessageBox::Cancel);
    box->setDefaultButton(minimise);
    box->setAttribute(Qt::WA_DeleteOnClose);
    connect(quit, &QAbstractButton::clicked, this, &MainWindow::quitRequested);
    connect(minimise, &QAbstractButton::clicked, this, &QWidget::showMinimized);
    box->open();
}

} // namespace Ui
