#pragma once

#include <string>

#include "app/commandline.h"
#include "gateway/settings/settings.h"

namespace Gateway {

/// `gemini-balance settings`: each value and who set it; the exit code.
int runSettingsVerb(const CommandLine &line);

/// A line for each setting: name, value (secrets masked), who set it.
std::string settingsText(const Settings &settings);
/// A JSON array with an object for each setting.
std::string settingsJson(const Settings &settings);
/// The table of all settings as the README has it.
std::string settingsMarkdown();

} // namespace Gateway
