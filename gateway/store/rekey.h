#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "gateway/store/vault.h"

namespace Gateway {

/// What became of a store's master key.
struct RekeyReport
{
    std::int64_t texts = 0; ///< Sealed anew, or keys whose secret was given up.
    std::string place;      ///< Where the master key is: MasterKeySource::name().
    bool isShown = false;   ///< It could not be written there and was shown.
};

/// Seals the store at `path` anew with a new master key, in one transaction. A place that can be written has
/// the new key beside the old one until that is done, so an interruption at any time leaves a store that
/// opens. Where it cannot be written, `showKey` gets the new key before anything is changed, and the caller
/// puts it there. Fails with "store_locked" while any other process has the store open.
Result<RekeyReport> rekeyStore(const std::string &path, const MasterKeySources &sources,
                               const std::function<void(const Secret &)> &showKey);

/// For a lost master key: wipes what was sealed with it and goes on with another. Keys keep all but their
/// secret and are sidelined until they are entered anew; secret settings and proxies go. Fails with
/// "master_key_there" when it is not lost.
Result<RekeyReport> forgetSealed(const std::string &path, const MasterKeySources &sources);

} // namespace Gateway
