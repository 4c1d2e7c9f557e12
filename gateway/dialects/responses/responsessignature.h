#pragma once

#include <string>
#include <string_view>

namespace Gateway {

/// What `encrypted_content` of a reasoning item holds.
struct ResponsesSignature
{
    std::string_view callId; ///< Empty: of the text.
    std::string_view signature;
};
std::string sealedSignature(std::string_view callId, std::string_view signature);
/// False when the text is not one of ours: the reasoning of another model.
bool readSealedSignature(std::string_view text, ResponsesSignature &out);

} // namespace Gateway
