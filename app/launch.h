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
};

/// Reads the configuration, opens the store and starts serving. `showToken` is called with the
/// administrator's token when one had to be made: it is shown this once. `log` gets the level of the
/// settings. `clock` must outlive the service.
tl::expected<Launched, LaunchFailure>
launchGateway(const CommandLine &line, Face face, const Clock &clock, Logging &log,
              const std::function<void(const std::string &)> &showToken);

} // namespace Gateway
