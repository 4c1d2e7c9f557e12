#pragma once

#include <functional>
#include <string>

#include "gateway/store/database.h"
#include "gateway/store/sealer.h"

namespace Gateway {

/// The places where sealed texts stand, as Sealer takes them.
namespace SealedTable {
constexpr std::string_view KEYS = "keys";              ///< By fingerprint.
constexpr std::string_view KEY_PROXIES = "keys.proxy"; ///< Likewise.
constexpr std::string_view SETTINGS = "settings";      ///< By name.
constexpr std::string_view PROXIES = "proxies";        ///< By id, in decimal digits.
constexpr std::string_view META = "meta";              ///< By name.
} // namespace SealedTable

/// Whether a setting's value is sealed: secrets, and URLs that may hold a password.
bool isSealedSetting(std::string_view name);

/// Seals what stands in clear in a store that was never sealed; returns how many texts. Expects a
/// transaction.
Result<std::int64_t> sealClearTexts(Database &database, const Sealer &sealer);

/// Opens every sealed text with `from` and seals it with `to`; returns how many. One that does not open, and
/// so is lost already, stays as it is. Expects a transaction.
Result<std::int64_t> sealAnew(Database &database, const Sealer &from, const Sealer &to);

/// Wipes every sealed text: keys stay with their settings, sidelined for `reason`; sealed settings and
/// proxies go. Returns how many keys lost their secret. Expects a transaction.
Result<std::int64_t> wipeSealedTexts(Database &database, std::string_view reason);

} // namespace Gateway
