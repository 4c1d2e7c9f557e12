#include "gateway/common/tokenrow.h"

#include <utility>

#include <sodium.h>

#include "gateway/common/ids.h"
#include "gateway/common/networks.h"
#include "gateway/common/parametertext.h"
#include "gateway/common/text.h"

namespace Gateway {

namespace {

constexpr std::size_t MAX_NAME_BYTES = 200;
constexpr std::size_t MAX_PARAMETERS_BYTES = 20'000;
constexpr std::size_t HINT_CHARACTERS = 4;
constexpr std::size_t SHORTEST_HINTED = 12; // of a shorter text four characters would tell too much

tl::unexpected<Error> badField(std::string param, std::string text)
{
    return fail(Error{400, "invalid_token_settings", std::move(text), std::move(param), 0});
}

/// The end of a long token tells its owner which it is; a short one shows nothing of itself.
std::string hintOf(const std::string &token)
{
    return token.size() < SHORTEST_HINTED ? std::string() : token.substr(token.size() - HINT_CHARACTERS);
}

} // namespace

TokenDigest tokenDigest(std::string_view token)
{
    TokenDigest digest;
    crypto_generichash(digest.data(), digest.size(), reinterpret_cast<const unsigned char *>(token.data()),
                       token.size(), nullptr, 0);
    return digest;
}

std::string tokenFingerprint(std::string_view token)
{
    constexpr std::size_t BYTES = crypto_generichash_BYTES_MIN;
    constexpr std::string_view PURPOSE = "gemini-balance owner";
    std::array<unsigned char, BYTES> hash{};
    crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char *>(token.data()),
                       token.size(), reinterpret_cast<const unsigned char *>(PURPOSE.data()), PURPOSE.size());
    std::string hex(BYTES * 2 + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
    hex.pop_back();
    return hex;
}

NewToken makeAccessToken(TokenSettings settings, std::int64_t nowMs)
{
    NewToken made;
    made.secret = Secret(makeToken("gb-"));
    made.row = tokenRow(made.secret, std::move(settings), nowMs);
    return made;
}

std::string plainTokenName(const Secret &token)
{
    return "token …" + hintOf(token.reveal());
}

TokenRow tokenRow(const Secret &secret, TokenSettings settings, std::int64_t nowMs)
{
    TokenRow row;
    row.digest = tokenDigest(secret.reveal());
    row.hint = hintOf(secret.reveal());
    row.owner = tokenFingerprint(secret.reveal());
    row.settings = std::move(settings);
    row.createdMs = nowMs;
    return row;
}

Result<void> checkTokenSettings(const TokenSettings &settings)
{
    if (trimmed(settings.name).empty())
        return badField("name", "An access token needs a name.");
    if (settings.name.size() > MAX_NAME_BYTES)
        return badField("name", "The name of an access token may have at most 200 bytes.");
    if (settings.expiresMs < 0)
        return badField("expires", "The time of expiry lies before 1970.");
    const TokenLimits &limits = settings.limits;
    for (const std::int64_t limit : {limits.minuteRequests, limits.minuteTokens, limits.dayRequests,
                                     limits.dayTokens, limits.monthMicroUsd}) {
        if (limit < 0)
            return badField("limits", "A limit is a whole number from 0 (no limit).");
    }
    for (const std::string &network : settings.networks) {
        if (!Networks::isNetwork(network))
            return badField("networks",
                            "\"" + network +
                                "\" is no network: allowed is an address or a block as 10.0.0.0/8 "
                                "or 2001:db8::/32.");
    }
    if (settings.parameters.size() > MAX_PARAMETERS_BYTES)
        return badField("parameters", "The parameters of an access token may have at most 20,000 bytes.");
    if (const Result<ModelParametersPtr> read = parseModelParameters(settings.parameters); !read)
        return badField("parameters", "In the parameters " + read.error().text);
    return {};
}

} // namespace Gateway
