#include "gateway/store/keyfingerprint.h"

#include <sodium.h>

namespace Gateway {

std::string keyFingerprint(std::string_view secret)
{
    std::string fingerprint(crypto_generichash_BYTES, '\0');
    crypto_generichash(reinterpret_cast<unsigned char *>(fingerprint.data()), fingerprint.size(),
                       reinterpret_cast<const unsigned char *>(secret.data()), secret.size(), nullptr, 0);
    return fingerprint;
}

} // namespace Gateway
