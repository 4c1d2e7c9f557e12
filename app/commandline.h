#pragma once

#include <string>
#include <utility>
#include <vector>

#include "gateway/settings/settingsloader.h"

namespace Gateway {

/// What the program was told to do.
struct CommandLine
{
    bool server = false; ///< Without windows.
    bool help = false;
    bool version = false;
    bool json = false;              ///< With a verb: machine-readable.
    bool markdown = false;          ///< With `settings`: the table of all settings.
    bool forget = false;            ///< With `rekey`: the old master key is lost.
    std::string verb;               ///< "keys", "settings", "rekey", …, or empty: run.
    std::string action;             ///< "list", …; empty where the verb has only one.
    std::vector<std::string> words; ///< Behind the action.
    std::vector<std::pair<std::string, std::string>> options; ///< Of the verb, by name; a switch has "".
    std::vector<std::string> envFiles;                        ///< Paths; a later one wins.
    SettingTexts settings;                                    ///< By environment name.
};

/// Reads the arguments after the program's name: --name value or --name=value. The error has a line for each
/// wrong one.
Result<CommandLine> parseCommandLine(const std::vector<std::string> &arguments);

/// The text of --help, generated from the settings table.
std::string helpText();

} // namespace Gateway
