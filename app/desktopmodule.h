#pragma once

#include <string>

#include "app/commandline.h"

namespace Gateway {

/// What the module with the windows exports, under the name DESKTOP_ENTRY: runs the desktop program to its
/// end.
using DesktopEntry = int(int &argc, char **argv, const CommandLine &line);
inline constexpr const char *DESKTOP_ENTRY = "runGeminiBalanceDesktop";

/// The windows, loaded only when they are wanted: a server does not pay for Qt Gui and Widgets. Null, with
/// the reason in `problem`, when they are not installed.
DesktopEntry *loadDesktop(std::string &problem);

} // namespace Gateway
