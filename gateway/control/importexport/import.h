#pragma once

#include <string_view>

#include "gateway/control/importexport/importresult.h"
#include "gateway/store/foreignimport.h"

namespace Gateway {

/// Reads whatever it is: a sealed export is told as Sealed (open it with openWithPassphrase() and come
/// again), an SQLite file as Database (read it with readForeignDatabase()); else a dump, JSON, CSV, an .env
/// file, or text. Keys in one of Google's forms are found in every one of them. O(n).
ImportResult readImport(std::string_view bytes, const KnownKeys &isKnown = {});

/// What one of the two other programs' databases holds.
ImportResult readImport(const ForeignData &data, const KnownKeys &isKnown = {});

} // namespace Gateway
