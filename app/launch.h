#pragma once

#include <functional>
#include <memory>
#include <string>

#include <tl/expected.hpp>

#include "app/commandline.h"
#include "app/datafolder.h"
#include "gateway/common/clock.h"
#include "gateway/settings/settings.h"

namespace Gateway {

class GatewayService;
class Logging;

/// Exit codes of the program.
enum ExitCode : int { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_PORT_TAKEN = 2 };

enum class Face : std::uint8_t { Desktop, Server };

/// The gateway as this process runs it.
struct Launched
{
    std::unique_ptr<GatewayService> service;
    SettingsPtr settings;
    std::size_t newKeys = 0; ///< How many of GEMINI_API_KEYS were not stored before.
    /// To be kept until the service is gone.
    DataLock lock = {};
    std::unique_ptr<ServerFile> serverFile = {};
};

struct LaunchFailure
{
    std::string text; ///< A line for each cause.
    ExitCode code = EXIT_FAILED;
    int port = 0;            ///< That is taken by another program.
    int freePort = 0;        ///< One that could serve in its place; 0: none was found.
    std::string holder = {}; ///< Of `port`: "ollama (process 8812)"; empty: not known.
};

/// Reads the configuration, opens the store and starts serving. `showToken` is called with the
/// administrator's token when one had to be made: it is shown this once. `log` gets the level of the
/// settings. `clock` must outlive the service.
tl::expected<Launched, LaunchFailure>
launchGateway(const CommandLine &line, Face face, const Clock &clock, Logging &log,
              const std::function<void(const std::string &)> &showToken);

/// Chooses the port that the next launch listens on: in the store, or, where environment or command line name
/// one, in `line`, for as long as this process runs. No gateway may be at work on the store.
Result<void> choosePort(CommandLine &line, int port, const Clock &clock);

} // namespace Gateway
