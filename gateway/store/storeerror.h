#pragma once

#include <string>
#include <string_view>

#include "gateway/common/result.h"

namespace Gateway {

/// An SQLite result code (sqlite.org/rescode.html; extended codes too) as an Error with status 503 and one of
/// the codes "store_locked", "store_full", "store_damaged", "store_not_database", "store_readonly",
/// "store_unavailable", "store_failed". `detail` is the engine's own text.
Error storeError(int sqliteCode, std::string_view path, std::string_view detail);

/// Whether the failure lies in the machine (disk, lock, damage) and not in one statement, so that the same
/// again would fail again.
bool isEnvironmentFault(const Error &error);

} // namespace Gateway
