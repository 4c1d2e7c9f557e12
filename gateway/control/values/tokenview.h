#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gateway/common/secret.h"
#include "gateway/common/tokenrow.h"

namespace Gateway {

/// An access token as it is shown. Its text is shown once, when it is made.
struct TokenView
{
    TokenId id = 0;   ///< 0: one of the setting ALLOWED_TOKENS, which is changed there.
    std::string hint; ///< Its last four characters.
    TokenSettings settings;
    std::int64_t createdMs = 0;
    TokenUse use;

    bool operator==(const TokenView &) const = default;
};

/// Changes of a token's settings; what is absent stays as it is.
struct TokenPatch
{
    std::optional<std::string> name;
    std::optional<std::string> note;
    std::optional<bool> enabled;
    std::optional<std::int64_t> expiresMs;
    std::optional<std::vector<std::string>> allowedModels;
    std::optional<std::vector<Dialect>> allowedDialects;
    std::optional<std::vector<std::string>> tags;
    std::optional<std::vector<std::string>> networks;
    std::optional<std::string> parameters;
    std::optional<std::int64_t> minuteRequests;
    std::optional<std::int64_t> minuteTokens;
    std::optional<std::int64_t> dayRequests;
    std::optional<std::int64_t> dayTokens;
    std::optional<std::int64_t> monthMicroUsd;
};

/// The settings with the patch's changes.
TokenSettings patched(TokenSettings settings, const TokenPatch &patch);

/// A token that was made or got a new text.
struct IssuedToken
{
    TokenView token;
    Secret secret; ///< Nowhere kept: shown this once.
};

} // namespace Gateway
