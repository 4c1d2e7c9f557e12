#pragma once

#include <optional>

#include "gateway/control/importexport/importresult.h"

namespace Gateway {

/// Reads a table of keys: comma, semicolon or tab between, names of the columns in the first row (see
/// keyFieldNamed()). Nothing when the first row does not name a column of keys: then it is no such table.
std::optional<ImportResult> importCsv(std::string_view text, const KnownKeys &isKnown);

} // namespace Gateway
