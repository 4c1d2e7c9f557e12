#include "gateway/dialects/responses/responsessignature.h"

#include <charconv>

namespace Gateway {

namespace {

constexpr std::string_view SEAL = "gb1.";

} // namespace

std::string sealedSignature(std::string_view callId, std::string_view signature)
{
    std::string out(SEAL);
    out += std::to_string(callId.size());
    out += '.';
    out += callId;
    out += signature;
    return out;
}

bool readSealedSignature(std::string_view text, ResponsesSignature &out)
{
    if (!text.starts_with(SEAL))
        return false;
    text.remove_prefix(SEAL.size());
    std::size_t size = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), size);
    const auto digits = static_cast<std::size_t>(end - text.data());
    if (error != std::errc() || digits >= text.size() || text[digits] != '.' ||
        size >= text.size() - digits - 1)
        return false;
    text.remove_prefix(digits + 1);
    out = {text.substr(0, size), text.substr(size)};
    return true;
}

} // namespace Gateway
