#pragma once

#include <string>
#include <string_view>

namespace Gateway {

/// Gemini's thought signatures as a thinking block's `signature`: behind a word of ours, since conversations
/// wander between providers and Gemini refuses a request that shows it a signature of another's.
constexpr std::string_view SIGNATURE_MARK = "gemini:";

inline std::string markedSignature(std::string_view signature)
{
    return std::string(SIGNATURE_MARK).append(signature);
}

/// Gemini's signature, empty when `given` is none of Gemini's.
inline std::string_view unmarkedSignature(std::string_view given)
{
    return given.starts_with(SIGNATURE_MARK) ? given.substr(SIGNATURE_MARK.size()) : std::string_view();
}

} // namespace Gateway
