#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "gateway/common/result.h"

namespace Gateway {

/// How much work a guess at the passphrase costs.
enum class PassphraseCost : std::uint8_t {
    Interactive, ///< 64 MiB, about 0.1 s.
    Moderate     ///< 256 MiB, about a second.
};

/// Seals `content` with a key derived from `passphrase` (Argon2id, then XChaCha20-Poly1305; libsodium's
/// crypto_pwhash and crypto_aead). The bytes carry a version, the cost and the salt in a header, which
/// is authenticated too. Fails with "empty_passphrase" (400), or "out_of_memory" (500).
Result<std::string> sealWithPassphrase(std::string_view passphrase, std::string_view content,
                                       PassphraseCost cost = PassphraseCost::Moderate);

/// What sealWithPassphrase() sealed. Fails with status 400: "not_sealed" when the bytes are something else,
/// "newer_seal" when a newer program made them, "wrong_passphrase" when passphrase or bytes are not what they
/// were.
Result<std::string> openWithPassphrase(std::string_view passphrase, std::string_view sealed);

/// Whether the bytes begin as sealWithPassphrase() makes them.
bool isSealedWithPassphrase(std::string_view bytes);

} // namespace Gateway
