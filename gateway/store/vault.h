#pragma once

#include <memory>
#include <vector>

#include "gateway/store/database.h"
#include "gateway/store/masterkey.h"
#include "gateway/store/sealer.h"

namespace Gateway {

using MasterKeySources = std::vector<std::shared_ptr<MasterKeySource>>;

/// A store's master key as it was found.
struct UnlockedVault
{
    MasterKey key;
    std::string storeId;
    std::shared_ptr<MasterKeySource> source;
};

/// Finds the master key of a migrated database among `sources` (in order of precedence, at least one), and
/// seals a store that has none yet: with the first key found, else with a new one in the first source that
/// takes it. What stood in clear is sealed then, and the file is rewritten so that no clear text is left in
/// it. Fails with "master_key_missing", "master_key_wrong", "master_key_invalid".
Result<UnlockedVault> unlockVault(Database &database, const MasterKeySources &sources);

/// A key for a store that has none, or not any more: the first one found among `sources`, else a new one,
/// saved in the first source that takes it.
Result<UnlockedVault> chooseKey(const MasterKeySources &sources, const std::string &storeId);

/// Notes in the table `meta` that the store is sealed with this key from now on. Expects a transaction.
Result<void> noteKey(Database &database, const UnlockedVault &vault);

/// Rewrites the file if clear texts may be left in it; does nothing otherwise. A store that is in use
/// elsewhere is left for the next time.
void scrubIfDue(Database &database);

} // namespace Gateway
