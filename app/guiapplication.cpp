#include "app/guiapplication.h"

#include <utility>

#include <QLibraryInfo>
#include <QLocale>
#include <QSettings>
#include <QSystemTrayIcon>
#include <QTimer>
#include <QTranslator>

#include "app/launch.h"
#include "app/signalwatch.h"
#include "gateway/control/control.h"
#include "gateway/gatewayservice.h"
#include "ui/mainwindow.h"
#include "ui/theme.h"
#include "ui/tray.h"

using namespace Qt::StringLiterals;

namespace Gateway {

namespace {

// Taste of the windows alone; the gateway's settings are in its store.
constexpr QLatin1String GEOMETRY("window/geometry");
constexpr QLatin1String THEME("window/theme");
constexpr QLatin1String TOLD_OF_TRAY("window/toldOfTray");

QString nameOf(Ui::Theme::Choice choice)
{
    switch (choice) {
    case Ui::Theme::Choice::Light:
        return u"light"_s;
    case Ui::Theme::Choice::Dark:
        return u"dark"_s;
    case Ui::Theme::Choice::System:
        break;
    }
    return u"system"_s;
}

Ui::Theme::Choice themeOf(const QString &name)
{
    for (const Ui::Theme::Choice choice : {Ui::Theme::Choice::Light, Ui::Theme::Choice::Dark}) {
        if (name == nameOf(choice))
            return choice;
    }
    return Ui::Theme::Choice::System;
}

} // namespace

GuiApplication::GuiApplication(int &argc, char **argv, CommandLine line)
    : QApplication(argc, argv)
    , m_line(std::move(line))
{
    setApplicationName(u"gemini-balance"_s);
    setOrganizationName(u"gemini-balance"_s);
    setApplicationDisplayName(u"Gemini Balance"_s);
    setDesktopFileName(u"gemini-balance"_s);
    setQuitOnLastWindowClosed(false);
    loadTranslations();
}

GuiApplication::~GuiApplication() = default;

int GuiApplication::run()
{
    SignalWatch signalWatch;
    connect(&signalWatch, &SignalWatch::stopRequested, this, [this] { stop(++m_stops); });
    makeWindows();
    // The window stands before the keys are read.
    QTimer::singleShot(0, this, &GuiApplication::startGateway);
    const int code = exec();
    QSettings().setValue(GEOMETRY, m_window->saveGeometry());
    m_tray.reset();
    m_window.reset();
    m_serverFile.reset();
    m_service.reset();
    return code;
}

void GuiApplication::loadTranslations()
{
    const auto load = [this](const QString &name, const QString &folder) {
        auto *translator = new QTranslator(this);
        if (translator->load(QLocale(), name, u"_"_s, folder))
            installTranslator(translator);
    };
    load(u"qtbase"_s, QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    load(u"gemini-balance"_s, u":/translations"_s);
}

void GuiApplication::makeWindows()
{
    const Ui::Theme::Choice choice = themeOf(QSettings().value(THEME).toString());
    m_theme = std::make_unique<Ui::Theme>(choice);
    m_window = std::make_unique<Ui::MainWindow>(*m_theme);
    m_window->showThemeChoice(choice);
    connect(m_window.get(), &Ui::MainWindow::themeChosen, this, [this](Ui::Theme::Choice chosen) {
        m_theme->choose(chosen);
        QSettings().setValue(THEME, nameOf(chosen));
    });
    m_window->restoreGeometry(QSettings().value(GEOMETRY).toByteArray());
    connect(m_window.get(), &Ui::MainWindow::quitRequested, this, [this] { stop(++m_stops); });
    connect(m_window.get(), &Ui::MainWindow::retryRequested, this, &GuiApplication::startGateway);
    connect(m_window.get(), &Ui::MainWindow::hiddenToTray, this, &GuiApplication::tellOfTrayOnce);
    if (QSystemTrayIcon::isSystemTrayAvailable()) {
        m_tray = std::make_unique<Ui::Tray>(*m_theme);
        connect(m_tray.get(), &Ui::Tray::openRequested, m_window.get(), &Ui::MainWindow::bringUp);
        connect(m_tray.get(), &Ui::Tray::copyRequested, m_window.get(), &Ui::MainWindow::copyAddress);
        connect(m_tray.get(), &Ui::Tray::quitRequested, this, [this] { stop(++m_stops); });
        m_window->setHasTray(true);
    }
    m_window->show();
}

void GuiApplication::startGateway()
{
    const auto showToken = [this](const std::string &token) {
        m_window->showNewToken(QString::fromStdString(token));
    };
    auto launched = launchGateway(m_line, Face::Desktop, m_clock, m_log, showToken);
    if (!launched) {
        showFailure(launched.error().text);
        return;
    }
    m_lock = std::move(launched->lock);
    m_serverFile = std::move(launched->serverFile);
    m_service = std::move(launched->service);
    Control &control = m_service->control();
    const auto showStatus = [this, &control] {
        const GatewayStatus status = control.status();
        m_window->showStatus(status);
        if (m_tray)
            m_tray->showStatus(status);
    };
    connect(&control, &Control::statusChanged, m_window.get(), showStatus);
    showStatus();
}

void GuiApplication::showFailure(const std::string &text)
{
    GatewayStatus status;
    status.state = GatewayStatus::State::NotServing;
    status.reason = text;
    m_window->showStatus(status);
    if (m_tray)
        m_tray->showStatus(status);
}

void GuiApplication::tellOfTrayOnce()
{
    QSettings settings;
    if (settings.value(TOLD_OF_TRAY).toBool())
        return;
    m_tray->tell(tr("Gemini Balance goes on serving in the tray."));
    settings.setValue(TOLD_OF_TRAY, true);
}

void GuiApplication::stop(int count)
{
    // exit(), since quit() asks the window first, and that may ask the user once more.
    if (count > 1 || !m_service) {
        exit(EXIT_DONE);
        return;
    }
    m_service->stop([] { exit(EXIT_DONE); });
}

} // namespace Gateway
