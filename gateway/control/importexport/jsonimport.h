#pragma once

#include <optional>

#include "gateway/control/importexport/importresult.h"

namespace Gateway {

/// Reads JSON: this program's export, lists of keys, lists of objects with the names of keyFieldNamed(), and
/// objects of settings by their environment names. Nothing when it is no JSON.
std::optional<ImportResult> importJson(std::string_view text, const KnownKeys &isKnown);

} // namespace Gateway
