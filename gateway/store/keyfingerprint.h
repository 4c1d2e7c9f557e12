#pragma once

#include <string>
#include <string_view>

namespace Gateway {

/// BLAKE2b-256 of a key, 32 raw bytes: finds a key whose secret is sealed. Unkeyed: a key is random text of
/// far more than 128 bits, so its hash tells nothing.
std::string keyFingerprint(std::string_view secret);

} // namespace Gateway
