#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/commandline.h"
#include "gateway/control/values/settingview.h"

namespace Gateway {

/// `settings list` where no server runs: the values that one would start with here, without a store being
/// made for it. The exit code; nothing where a server is to be asked.
std::optional<int> listSettingsOfNoServer(const CommandLine &line);

/// A line for each setting: name, value (secrets masked), who set it.
std::string settingsText(const std::vector<SettingView> &settings);
/// The table of all settings as the README has it.
std::string settingsMarkdown();

} // namespace Gateway
