#pragma once

#include <optional>
#include <string_view>

#include "gateway/control/importexport/settingsimport.h"

namespace Gateway {

/// The settings in a dump of the Python gateway's database, as mysqldump or sqlite3's .dump write it: the
/// rows of its table t_settings. Nothing when there are none.
std::optional<ImportedTexts> settingsInDump(std::string_view dump);

} // namespace Gateway
