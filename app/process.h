#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace Gateway {

/// As many open files as the system grants (each stream takes two), and no death by a closed pipe.
void prepareProcess();

/// The environment as "NAME=value" texts.
std::vector<std::string> environmentTexts();

/// Folder of the running program, without a slash at its end.
std::string programFolder();

/// Whether this session has a display that windows can open on.
bool hasDisplay();

/// Writes whole lines at once, so that readers of a pipe see them in time.
void printOut(std::string_view text);
void printError(std::string_view text);

} // namespace Gateway
