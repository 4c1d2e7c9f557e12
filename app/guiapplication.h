#pragma once

#include <memory>
#include <string>

#include <QApplication>

#include "app/commandline.h"
#include "app/datafolder.h"
#include "gateway/common/clock.h"
#include "gateway/telemetry/logging.h"

class QTranslator;

namespace Ui {
class MainWindow;
class Theme;
class Tray;
} // namespace Ui

namespace Gateway {

class GatewayService;

/// The program with its windows: the gateway in this process, a window and, where there is one, the tray.
class GuiApplication final : public QApplication
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(GuiApplication)

public:
    GuiApplication(int &argc, char **argv, CommandLine line);
    ~GuiApplication() override;

    /// Serves until the user quits or a signal comes; the exit code.
    int run();

private:
    void loadTranslations();
    void makeWindows();
    void startGateway();
    void showFailure(const std::string &text);
    void tellOfTrayOnce();
    void stop(int count);

    CommandLine m_line;
    SystemClock m_clock;
    LogRing m_logRing;
    Logging m_log{m_clock, m_logRing, LogLevel::Info};
    DataLock m_lock;
    std::unique_ptr<ServerFile> m_serverFile;
    std::unique_ptr<GatewayService> m_service;
    std::unique_ptr<Ui::Theme> m_theme;
    std::unique_ptr<Ui::MainWindow> m_window;
    std::unique_ptr<Ui::Tray> m_tray;
    int m_stops = 0;
};

} // namespace Gateway
