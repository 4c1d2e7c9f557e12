#pragma once

#include <memory>

#include <QCoreApplication>

#include "app/commandline.h"
#include "app/datafolder.h"
#include "gateway/common/clock.h"
#include "gateway/telemetry/logging.h"

namespace Gateway {

class GatewayService;

/// The program without windows: the gateway, the process's signals, and lines on the terminal.
class ServerApplication final : public QCoreApplication
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ServerApplication)

public:
    ServerApplication(int &argc, char **argv, CommandLine line);
    ~ServerApplication() override;

    /// Serves until a signal comes; the exit code.
    int run();

private:
    void stop(int count);

    CommandLine m_line;
    SystemClock m_clock;
    LogRing m_logRing;
    Logging m_log{m_clock, m_logRing, LogLevel::Info};
    DataLock m_lock;
    std::unique_ptr<ServerFile> m_serverFile;
    std::unique_ptr<GatewayService> m_service;
};

} // namespace Gateway
