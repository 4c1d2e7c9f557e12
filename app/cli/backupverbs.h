#pragma once

#include "app/commandline.h"

namespace Gateway {

/// `gemini-balance backup FILE`: a copy of the store, also while a gateway runs with it; the exit code.
int runBackupVerb(const CommandLine &line);

/// `gemini-balance restore FILE`: a copy in the place of the store, while no gateway runs with it; likewise.
int runRestoreVerb(const CommandLine &line);

} // namespace Gateway
