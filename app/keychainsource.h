#pragma once

#include <functional>

#include "app/keychain.h"
#include "gateway/store/masterkey.h"

namespace Gateway {

/// The master key in the desktop's keychain, one entry for each store.
class KeychainSource final : public MasterKeySource
{
public:
    /// `load` brings the keychain when it is needed, or null; what it brings outlives this.
    explicit KeychainSource(std::function<Keychain *()> load);

    std::string name() const override { return "the desktop's keychain"; }
    Result<std::vector<MasterKey>> load(const std::string &storeId) override;
    bool isWritable() const override;
    Result<void> save(const std::string &storeId, const std::vector<MasterKey> &keys) override;

private:
    const std::function<Keychain *()> m_load;
};

} // namespace Gateway
