#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/settings/settings.h"

namespace Gateway {

/// Values as text, by the environment names of their settings.
using SettingTexts = std::vector<std::pair<std::string, std::string>>;

/// Where values come from; a later member wins over an earlier one.
struct SettingInputs
{
    SettingTexts stored; ///< Names this program does not know are left alone: another version wrote them.
    SettingTexts envFile;
    SettingTexts environment;
    SettingTexts commandLine;
};

struct LoadedSettings
{
    Settings settings;                 ///< With every value that is allowed.
    std::vector<std::string> problems; ///< One sentence for each that is not; nothing may start with any.
};

/// Puts the inputs together over the defaults. An empty value in the environment or its file counts as not
/// set (container tools pass unset variables so); on the command line and in the store it is a value.
LoadedSettings loadSettings(const SettingInputs &inputs);

/// The settings among `environment` ("NAME=value" each, as in environ).
SettingTexts settingsAmong(const std::vector<std::string> &environment);

/// The candidate that `word` was probably meant to be, or empty when none is near.
std::string nearestName(std::string_view word, const std::vector<std::string> &candidates);

} // namespace Gateway
