#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gateway/common/secret.h"

namespace Gateway {

using TokenId = std::int64_t;

/// What an access token may do; 0 and empty lists mean no limit.
struct TokenRules
{
    std::string name;
    bool enabled = true;
    std::int64_t expiresMs = 0;        ///< ms since 1970 UTC; 0: never.
    std::vector<std::string> models;   ///< Names or patterns with `*`.
    std::vector<std::string> dialects; ///< "openai", "gemini", …
    std::vector<std::string> tags;     ///< Only keys with one of these tags are used.
    std::vector<std::string> networks; ///< Source addresses: "10.0.0.0/8", "::1".
    std::int64_t minuteRequests = 0;
    std::int64_t minuteTokens = 0;
    std::int64_t dayRequests = 0;
    std::int64_t dayTokens = 0;
    std::int64_t monthSpend = 0; ///< In millionths of a dollar.

    bool operator==(const TokenRules &) const = default;
};

struct TokenUse
{
    std::int64_t dayRequests = 0;
    std::int64_t dayTokens = 0;
    std::int64_t monthSpend = 0; ///< In millionths of a dollar.

    bool operator==(const TokenUse &) const = default;
};

/// An access token as it is shown. Its text is shown once, when it is made.
struct TokenView
{
    TokenId id = 0;   ///< 0: one of the setting ALLOWED_TOKENS, which is changed there.
    std::string hint; ///< Its last characters: "…x9Qk".
    TokenRules rules;
    std::int64_t createdMs = 0;
    std::int64_t lastUsedMs = 0;
    TokenUse use;

    bool operator==(const TokenView &) const = default;
};

/// Changes of a token's rules; what is absent stays as it is.
struct TokenPatch
{
    std::optional<std::string> name;
    std::optional<bool> enabled;
    std::optional<std::int64_t> expiresMs;
    std::optional<std::vector<std::string>> models;
    std::optional<std::vector<std::string>> dialects;
    std::optional<std::vector<std::string>> tags;
    std::optional<std::vector<std::string>> networks;
    std::optional<std::int64_t> minuteRequests;
    std::optional<std::int64_t> minuteTokens;
    std::optional<std::int64_t> dayRequests;
    std::optional<std::int64_t> dayTokens;
    std::optional<std::int64_t> monthSpend;
};

/// A token that was made or got a new text.
struct NewToken
{
    TokenView token;
    Secret secret; ///< Nowhere kept: shown this once.
};

} // namespace Gateway
