#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/commandline.h"
#include "gateway/common/clock.h"
#include "gateway/common/result.h"
#include "gateway/settings/settings.h"

namespace Gateway {

class MasterKeySource;
class Store;

/// All settings with the store they were read from.
struct Configuration
{
    Settings settings;
    std::unique_ptr<Store> store; ///< Null when there is none yet and it was not to be made.
};

enum class StorePolicy : std::uint8_t { Create, OnlyIfThere };

/// Whether a new master key goes to the desktop's keychain, where there is one, or to a file. One that is in
/// the other place is found there too.
enum class KeychainUse : std::uint8_t { Preferred, LastResort };

/// Reads environment, .env files, command line and store. The error has a line for each wrong value. `clock`
/// must outlive the store.
Result<Configuration> loadConfiguration(const CommandLine &line, const std::vector<std::string> &environment,
                                        StorePolicy policy, const Clock &clock,
                                        KeychainUse keychain = KeychainUse::LastResort);

/// Likewise without the store, for work on the store itself.
Result<Settings> loadSettingsWithoutStore(const CommandLine &line,
                                          const std::vector<std::string> &environment);

/// Where the store's master key may be, in order of precedence: GATEWAY_MASTER_KEY, else
/// GATEWAY_MASTER_KEY_FILE, else the desktop's keychain and the file "master.key" beside the database. Never
/// empty.
std::vector<std::shared_ptr<MasterKeySource>> masterKeySources(const Settings &settings,
                                                               KeychainUse keychain);

/// "sqlite:…", from DATABASE_URL or else the file in DATA_DIR or else that in the user's data folder.
std::string databaseUrl(const Settings &settings);

} // namespace Gateway
