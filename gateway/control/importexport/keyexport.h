#pragma once

#include <span>
#include <string>

#include "gateway/common/keyrow.h"

namespace Gateway {

/// Whether an export shows the keys themselves. A masked one is for reading, it cannot be imported.
enum class ExportSecrets : std::uint8_t { Masked, Revealed };

/// A table of keys with the columns of keyFields(), which readImport() reads.
std::string exportCsv(std::span<const KeyRow> rows, ExportSecrets secrets);

/// {"keys": [{…}]} with the same names.
std::string exportJson(std::span<const KeyRow> rows, ExportSecrets secrets);

} // namespace Gateway
