#pragma once

#include "app/keychain.h"

namespace Gateway {

/// The keychain through QtKeychain (Secret Service or KWallet).
class QtKeychain final : public Keychain
{
public:
    Result<std::optional<Secret>> read(const std::string &name) override;
    Result<void> write(const std::string &name, const Secret &text) override;
};

} // namespace Gateway
