#include "app/guiapplication.h"

#include <utility>

#include <QDateTime>
#include <QFileInfo>
#include <QLibraryInfo>
#include <QLocale>
#include <QSystemTrayIcon>
#include <QThreadPool>
#include <QTimer>
#include <QTranslator>

#include "app/configuration.h"
#include "app/foreigndatabase.h"
#include "app/launch.h"
#include "app/libraries.h"
#include "app/process.h"
#include "app/signalwatch.h"
#include "app/singleinstance.h"
#include "gateway/gatewayservice.h"
#include "gateway/store/backup.h"
#include "gateway/store/databaseurl.h"
#include "ui/mainwindow.h"
#include "ui/theme.h"
#include "ui/tray.h"

using namespace Qt::StringLiterals;

namespace Gateway {

namespace {

constexpr QLatin1String TRAY("tray");

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
    if (isSecond())
        return EXIT_DONE;
    makeWindows();
    // The window stands before the keys are read.
    QTimer::singleShot(0, this, &GuiApplication::startGateway);
    const int code = exec();
    m_window->setControl(nullptr);
    m_tray.reset();
    m_window.reset();
    m_serverFile.reset();
    m_service.reset();
    return code;
}

void GuiApplication::loadTranslations()
{
    for (QTranslator *translator : std::exchange(m_translators, {})) {
        removeTranslator(translator);
        delete translator;
    }
    const QString language = m_preferences.language();
    const QLocale locale = language.isEmpty() ? QLocale::system() : QLocale(language);
    QLocale::setDefault(locale);
    const auto load = [this](const QLocale &spoken, const QString &name, const QString &folder) {
        auto *translator = new QTranslator(this);
        m_translators.push_back(translator);
        return translator->load(spoken, name, u"_"_s, folder) && installTranslator(translator);
    };
    load(locale, u"qtbase"_s, QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    // The texts in the sources are English, but for their plural forms.
    const QString ours = u":/translations"_s;
    if (!load(locale, u"gemini-balance"_s, ours))
        load(QLocale(QLocale::English), u"gemini-balance"_s, ours);
}

/// Whether a program with windows works on the database already; it has come up then.
bool GuiApplication::isSecond()
{
    const Result<Settings> settings = loadSettingsWithoutStore(m_line, environmentTexts());
    if (!settings)
        return false; // the start tells why
    const std::string database = databaseUrl(*settings);
    m_database = database;
    m_dataFolder = QFileInfo(QString::fromStdString(database).section(u':', 1)).absolutePath();
    m_instance = std::make_unique<SingleInstance>(database);
    if (m_instance->raiseOther())
        return true;
    m_instance->listen();
    return false;
}

void GuiApplication::makeWindows()
{
    m_theme = std::make_unique<Ui::Theme>(m_preferences.theme());
    m_window = std::make_unique<Ui::MainWindow>(*m_theme, m_preferences, static_cast<Ui::Desktop &>(*this));
    connect(&m_preferences, &Ui::Preferences::themeChanged, m_theme.get(), &Ui::Theme::choose);
    connect(&m_preferences, &Ui::Preferences::languageChanged, this, [this] {
        loadTranslations();
        if (m_tray)
            m_tray->retranslate();
    });
    connect(m_window.get(), &Ui::MainWindow::quitRequested, this, [this] { stop(++m_stops); });
    connect(m_window.get(), &Ui::MainWindow::retryRequested, this, &GuiApplication::startGateway);
    connect(m_window.get(), &Ui::MainWindow::portChosen, this, &GuiApplication::usePort);
    connect(m_window.get(), &Ui::MainWindow::hiddenToTray, this, &GuiApplication::tellOfTrayOnce);
    if (m_instance)
        connect(m_instance.get(), &SingleInstance::raiseRequested, m_window.get(), &Ui::MainWindow::bringUp);
    if (QSystemTrayIcon::isSystemTrayAvailable())
        makeTray();
    if (!m_tray || !m_preferences.startsInTray())
        m_window->QWidget::show();
}

void GuiApplication::makeTray()
{
    m_tray = std::make_unique<Ui::Tray>(*m_theme);
    Ui::MainWindow *window = m_window.get();
    connect(m_tray.get(), &Ui::Tray::openRequested, window, &Ui::MainWindow::bringUp);
    connect(m_tray.get(), &Ui::Tray::toggleRequested, window, [window] {
        if (window->isVisible() && window->isActiveWindow())
            window->hide();
        else
            window->bringUp();
    });
    connect(m_tray.get(), &Ui::Tray::targetRequested, window, &Ui::MainWindow::open);
    connect(m_tray.get(), &Ui::Tray::copyRequested, window, &Ui::MainWindow::copyAddress);
    connect(m_tray.get(), &Ui::Tray::pauseRequested, this, &GuiApplication::pause);
    connect(m_tray.get(), &Ui::Tray::resumeRequested, this, [this] {
        if (m_service)
            m_service->control().serving().resume({});
    });
    connect(m_tray.get(), &Ui::Tray::checkRequested, this, [this] {
        if (m_service)
            m_service->control().keys().check({CheckScope::All, {}}, {});
    });
    connect(m_tray.get(), &Ui::Tray::quitRequested, this, [this] { stop(++m_stops); });
}

void GuiApplication::startGateway()
{
    const auto showToken = [this](const std::string &token) {
        m_window->showNewToken(QString::fromStdString(token));
    };
    auto launched = launchGateway(m_line, Face::Desktop, m_clock, m_log, showToken);
    if (!launched) {
        showFailure(launched.error());
        return;
    }
    m_lock = std::move(launched->lock);
    m_serverFile = std::move(launched->serverFile);
    m_service = std::move(launched->service);
    followControl();
}

void GuiApplication::followControl()
{
    Control &control = m_service->control();
    connect(&control, &Control::statusChanged, m_window.get(),
            [this, &control] { showStatus(control.status()); });
    connect(&control, &Control::keysChanged, m_window.get(), [this] { countProblems(); });
    connect(&control, &Control::modelHealthChanged, m_window.get(), [this] { countProblems(); });
    m_window->setControl(&control);
    showStatus(control.status());
    countProblems();
}

void GuiApplication::showStatus(const GatewayStatus &status)
{
    if (m_tray)
        m_tray->showStatus(status);
    const auto notice = m_notices.next(status, QDateTime::currentMSecsSinceEpoch());
    if (notice && m_tray && m_preferences.isNoticeOn(notice->kind))
        m_tray->tell(notice->title, notice->text, true);
}

void GuiApplication::countProblems()
{
    if (!m_tray || !m_service)
        return;
    m_service->control().serving().problems({this, [this](Result<std::vector<Problem>> problems) {
                                                 if (m_tray)
                                                     m_tray->showProblems(
                                                         problems ? static_cast<int>(problems->size()) : 0);
                                             }});
}

void GuiApplication::showFailure(const LaunchFailure &failure)
{
    m_window->showFailure({QString::fromStdString(failure.text), failure.port,
                           QString::fromStdString(failure.holder), failure.freePort});
    GatewayStatus status;
    status.state = GatewayStatus::State::NotServing;
    status.reason = failure.text;
    showStatus(status);
}

void GuiApplication::usePort(int port)
{
    if (const Result<void> chosen = choosePort(m_line, port, m_clock); chosen)
        startGateway();
    else
        showFailure({chosen.error().text});
}

void GuiApplication::pause(std::int64_t forMs)
{
    if (m_service)
        m_service->control().serving().pause(forMs > 0 ? m_clock.nowMs() + forMs : 0, {});
}

void GuiApplication::tellOfTrayOnce()
{
    if (!m_tray || m_preferences.wasTold(TRAY))
        return;
    m_tray->tell(applicationDisplayName(), tr("Gemini Balance goes on serving in the tray."), false);
    m_preferences.setTold(TRAY);
}

bool GuiApplication::startsAtLogin() const
{
    return m_autostart.isOn();
}

Result<void> GuiApplication::setStartsAtLogin(bool starts)
{
    return m_autostart.set(starts);
}

QString GuiApplication::dataFolder() const
{
    return m_dataFolder;
}

bool GuiApplication::hasTray() const
{
    return m_tray != nullptr;
}

std::vector<Ui::Library> GuiApplication::libraries() const
{
    std::vector<Ui::Library> shown;
    for (const Library &library : Gateway::libraries())
        shown.push_back({QString::fromStdString(library.name), QString::fromStdString(library.version),
                         QString::fromStdString(library.licence), QString::fromStdString(library.url)});
    return shown;
}

/// In a thread of its own: a large store takes seconds.
void GuiApplication::backUp(const QString &file, std::function<void(const QString &)> done)
{
    QThreadPool::globalInstance()->start([this, file = file.toStdString(), done = std::move(done)] {
        const Result<std::string> path = databasePath(m_database);
        const Result<void> copied = path ? backUpDatabase(*path, file) : Result<void>(fail(path.error()));
        const QString failure = copied ? QString() : QString::fromStdString(copied.error().text);
        QMetaObject::invokeMethod(
            this, [done, failure] { done(failure); }, Qt::QueuedConnection);
    });
}

void GuiApplication::readDatabase(const QString &file, std::function<void(Result<QByteArray>)> done)
{
    QThreadPool::globalInstance()->start([this, file = file.toStdString(), done = std::move(done)] {
        const Result<std::string> text = foreignDatabaseText(file);
        Result<QByteArray> read =
            text ? Result<QByteArray>(QByteArray::fromStdString(*text)) : fail(text.error());
        QMetaObject::invokeMethod(
            this, [done, read = std::move(read)] { done(read); }, Qt::QueuedConnection);
    });
}

void GuiApplication::restartGateway()
{
    if (!m_service)
        return;
    m_service->stop([this] {
        m_window->setControl(nullptr);
        m_serverFile.reset();
        m_service.reset();
        m_lock = {};
        startGateway();
    });
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
