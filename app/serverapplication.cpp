#include "app/serverapplication.h"

#include <string>
#include <utility>

#include "app/launch.h"
#include "app/process.h"
#include "app/signalwatch.h"
#include "gateway/control/control.h"
#include "gateway/gatewayservice.h"

namespace Gateway {

ServerApplication::ServerApplication(int &argc, char **argv, CommandLine line)
    : QCoreApplication(argc, argv)
    , m_line(std::move(line))
{
}

ServerApplication::~ServerApplication() = default;

int ServerApplication::run()
{
    SignalWatch signalWatch;
    connect(&signalWatch, &SignalWatch::stopRequested, this, &ServerApplication::stop);

    const auto showToken = [](const std::string &token) {
        printOut("AUTH_TOKEN was not set. This one was made and stored; it is shown this once:\n  " + token +
                 '\n');
    };
    auto launched = launchGateway(m_line, Face::Server, m_clock, m_log, showToken);
    if (!launched) {
        printError(launched.error().text + '\n');
        return launched.error().code;
    }
    m_lock = std::move(launched->lock);
    m_serverFile = std::move(launched->serverFile);
    m_service = std::move(launched->service);
    const GatewayStatus status = m_service->control().status();
    printOut("Serving on " + m_service->address() + " with " + std::to_string(status.keysUsable) + " of " +
             std::to_string(status.keysTotal) + " keys usable\n");
    if (status.keysTotal == 0)
        printOut("There is no key yet: set GEMINI_API_KEYS and start again.\n");
    const int code = exec();
    m_serverFile.reset();
    m_service.reset();
    return code;
}

void ServerApplication::stop(int count)
{
    if (count > 1) {
        quit();
        return;
    }
    printOut("Stopping: running answers may end (a second signal stops at once)\n");
    m_service->stop([] { quit(); });
}

} // namespace Gateway
