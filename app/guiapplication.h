#pragma once

#include <memory>
#include <string>
#include <vector>

#include <QApplication>

#include "app/autostart.h"
#include "app/commandline.h"
#include "app/datafolder.h"
#include "gateway/common/clock.h"
#include "gateway/control/control.h"
#include "gateway/telemetry/logging.h"
#include "ui/desktop.h"
#include "ui/notices.h"
#include "ui/preferences.h"

class QTranslator;

namespace Ui {
class MainWindow;
class Theme;
class Tray;
} // namespace Ui

namespace Gateway {

class GatewayService;
struct LaunchFailure;
class SingleInstance;

/// The program with its windows: the gateway in this process, a window and, where there is one, the tray.
class GuiApplication final : public QApplication, private Ui::Desktop
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(GuiApplication)

public:
    GuiApplication(int &argc, char **argv, CommandLine line);
    ~GuiApplication() override;

    /// Serves until the user quits or a signal comes; the exit code.
    int run();

private:
    bool startsAtLogin() const override;
    Result<void> setStartsAtLogin(bool starts) override;
    QString dataFolder() const override;
    bool hasTray() const override;
    std::vector<Ui::Library> libraries() const override;
    void backUp(const QString &file, std::function<void(const QString &)> done) override;
    void readDatabase(const QString &file, std::function<void(Result<QByteArray>)> done) override;
    void restartGateway() override;

    void loadTranslations();
    bool isSecond();
    void makeWindows();
    void makeTray();
    void startGateway();
    void followControl();
    void showFailure(const LaunchFailure &failure);
    void usePort(int port);
    void showStatus(const GatewayStatus &status);
    void countProblems();
    void pause(std::int64_t forMs);
    void tellOfTrayOnce();
    void stop(int count);

    CommandLine m_line;
    SystemClock m_clock;
    LogRing m_logRing;
    Logging m_log{m_clock, m_logRing, LogLevel::Info};
    Ui::Preferences m_preferences;
    Autostart m_autostart = Autostart::ofUser();
    Ui::Notices m_notices;
    std::string m_database; ///< Its URL.
    QString m_dataFolder;
    std::vector<QTranslator *> m_translators;
    DataLock m_lock;
    std::unique_ptr<SingleInstance> m_instance;
    std::unique_ptr<ServerFile> m_serverFile;
    std::unique_ptr<GatewayService> m_service;
    std::unique_ptr<Ui::Theme> m_theme;
    std::unique_ptr<Ui::MainWindow> m_window;
    std::unique_ptr<Ui::Tray> m_tray;
    int m_stops = 0;
};

} // namespace Gateway
