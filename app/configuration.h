#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/commandline.h"
#include "gateway/common/clock.h"
#include "gateway/common/result.h"
#include "gateway/settings/settings.h"

namespace Gateway {

class Store;

/// All settings with the store they were read from.
struct Configuration
{
    Settings settings;
    std::unique_ptr<Store> store; ///< Null when there is none yet and it was not to be made.
};

enum class StorePolicy : std::uint8_t { Create, OnlyIfThere };

/// Reads environment, .env files, command line and store. The error has a line for each wrong value. `clock`
/// must outlive the store.
Result<Configuration> loadConfiguration(const CommandLine &line, const std::vector<std::string> &environment,
                                        StorePolicy policy, const Clock &clock);

/// "sqlite:…", from DATABASE_URL or else the file in DATA_DIR or else that in the user's data folder.
std::string databaseUrl(const Settings &settings);

} // namespace Gateway
