#pragma once

#include <string>
#include <string_view>

#include "gateway/common/result.h"
#include "gateway/common/secret.h"
#include "gateway/store/masterkey.h"

namespace Gateway {

/// Seals texts for the store: XChaCha20-Poly1305 (libsodium) with a random nonce. Where a text stands is
/// authenticated with it, so that one moved to another row or table does not open. Pure but for the random
/// source.
class Sealer
{
public:
    explicit Sealer(const MasterKey &key);

    /// `table` and `row` (its fingerprint, id or name) say where the text stands.
    std::string seal(std::string_view table, std::string_view row, std::string_view text) const;
    /// Fails with "seal_broken" when the bytes were changed, moved, or sealed with another key.
    Result<Secret> open(std::string_view table, std::string_view row, std::string_view sealed) const;

private:
    MasterKey m_key;
};

} // namespace Gateway
