#pragma once

#include "app/keychain.h"

namespace Gateway {

/// What the module with the keychain exports, under the name KEYCHAIN_ENTRY; it lives as long as the program.
using KeychainEntry = Keychain *();
inline constexpr const char *KEYCHAIN_ENTRY = "geminiBalanceKeychain";

/// The desktop's keychain, loaded with the first call; null without a desktop session (no session bus) or
/// where the module is not installed.
Keychain *loadKeychain();

} // namespace Gateway
