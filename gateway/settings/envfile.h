#pragma once

#include <string_view>

#include "gateway/common/result.h"
#include "gateway/settings/settingsloader.h"

namespace Gateway {

/// Reads the usual form of .env files: NAME=value, `export NAME=value`, # comments, 'literal' and "escaped"
/// values that may go over several lines. Nothing is expanded. A later line of the same name wins. The error
/// names the line and never the value.
Result<SettingTexts> parseEnvFile(std::string_view text);

} // namespace Gateway
