#pragma once

#include "app/commandline.h"

namespace Gateway {

/// `gemini-balance rekey [--forget]`: a new master key for the store, while no gateway runs with it; the exit
/// code.
int runRekeyVerb(const CommandLine &line);

} // namespace Gateway
