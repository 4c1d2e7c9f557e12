#pragma once

#include <string>

#include "gateway/common/result.h"

namespace Gateway {

/// The SQLite database of another gateway at `path` (UTF-8) as the text that KeyCommands::add() reads: its
/// keys in full and its settings. Reads in the calling thread. Fails as readForeignDatabase() does.
Result<std::string> foreignDatabaseText(const std::string &path);

} // namespace Gateway
