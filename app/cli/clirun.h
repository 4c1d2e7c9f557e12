#pragma once

#include "app/commandline.h"

namespace Gateway {

/// Runs the command line's verb to its end; needs the application object. The exit code.
int runCli(const CommandLine &line);

} // namespace Gateway
