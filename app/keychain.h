#pragma once

#include <optional>
#include <string>

#include "gateway/common/result.h"
#include "gateway/common/secret.h"

namespace Gateway {

/// The desktop's keychain: secret texts by name, kept for this program and unlocked with the session. Waits
/// for its answer, and so for a person who is asked to unlock it.
class Keychain
{
public:
    virtual ~Keychain() = default;

    /// Nothing when there is no such text, or no keychain. Fails with "keychain_refused" when there is one
    /// that does not give it.
    virtual Result<std::optional<Secret>> read(const std::string &name) = 0;
    /// Fails with "keychain_refused", also when there is none.
    virtual Result<void> write(const std::string &name, const Secret &text) = 0;
};

} // namespace Gateway
