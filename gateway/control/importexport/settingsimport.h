#pragma once

#include <string>
#include <utility>
#include <vector>

#include "gateway/control/importexport/importbuilder.h"

namespace Gateway {

/// Values by their environment names, of an .env file or another program's settings table.
using ImportedTexts = std::vector<std::pair<std::string, std::string>>;

/// Whether among the names is one that means something to takeSettings().
bool namesSettings(const ImportedTexts &texts);

/// Takes the keys (API_KEYS, GEMINI_API_KEYS, PAID_KEY), client tokens (ALLOWED_TOKENS) and what has a
/// counterpart among the settings of this program; the rest is named in one warning. Values of the Python
/// gateway that mean something else here are converted; it is known by names that only it has. Lists may be
/// JSON, or have commas or new lines between.
void takeSettings(const ImportedTexts &texts, ImportBuilder &builder);

} // namespace Gateway
