#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/common/dialect.h"
#include "gateway/common/result.h"
#include "gateway/common/secret.h"

namespace Gateway {

using TokenId = std::int64_t;

/// How much an access token may use; 0: no limit. A token of the model counts when it went in or came out.
/// Minutes slide, days and months are UTC's.
struct TokenLimits
{
    std::int64_t minuteRequests = 0;
    std::int64_t minuteTokens = 0;
    std::int64_t dayRequests = 0;
    std::int64_t dayTokens = 0;
    std::int64_t monthMicroUsd = 0; ///< By the price table, in millionths of a US dollar.

    bool operator==(const TokenLimits &) const = default;
};

/// What a user says of an access token; all of it can be edited.
struct TokenSettings
{
    std::string name; ///< Stands in every record; not empty.
    std::string note;
    bool enabled = true;
    std::int64_t expiresMs = 0;             ///< ms since 1970 UTC; 0: never.
    std::vector<std::string> allowedModels; ///< Names or patterns with `*`; empty: all.
    std::vector<Dialect> allowedDialects;   ///< Empty: all.
    std::vector<std::string> tags;          ///< Only keys that carry all of these tags are used.
    std::vector<std::string> networks;      ///< Addresses or CIDR blocks callers come from; empty: anywhere.
    std::string parameters; ///< What its requests are given, as parseModelParameters() reads it.
    TokenLimits limits;

    bool operator==(const TokenSettings &) const = default;
};

/// BLAKE2b-256 of a token's text: all that is kept of it. A token is 256 random bits, so a slow hash would
/// protect nothing.
using TokenDigest = std::array<std::uint8_t, 32>;

TokenDigest tokenDigest(std::string_view token);

/// The same for one token on every machine and after every start, and never the token itself: names what a
/// token owns.
std::string tokenFingerprint(std::string_view token);

/// A named access token as the store keeps it.
struct TokenRow
{
    TokenId id = 0;
    TokenDigest digest{};
    std::string hint;  ///< The last four characters of its text, empty when that is short.
    std::string owner; ///< Names what it keeps, whatever its text; empty: the fingerprint of its text does.
    TokenSettings settings;
    std::int64_t createdMs = 0; ///< ms since 1970 UTC.
};

/// What a token has used: one row of the store, and what is shown.
struct TokenUse
{
    TokenId id = 0;
    std::int64_t day = 0; ///< Of the counts, days since 1970 UTC.
    std::int64_t dayRequests = 0;
    std::int64_t dayTokens = 0;
    std::int64_t month = 0; ///< Months since January 1970 UTC.
    std::int64_t monthMicroUsd = 0;
    std::int64_t lastUsedMs = 0; ///< ms since 1970 UTC; 0: never.

    bool operator==(const TokenUse &) const = default;
};

/// A token and its secret text, which is shown this once.
struct NewToken
{
    Secret secret;
    TokenRow row; ///< Without an id; the store gives one.
};

/// A token with a new secret ("gb-…").
NewToken makeAccessToken(TokenSettings settings, std::int64_t nowMs);

/// The row of a token whose text exists already.
TokenRow tokenRow(const Secret &secret, TokenSettings settings, std::int64_t nowMs);

/// What a token without a row is called in records and lists: "token …x9Qk".
std::string plainTokenName(const Secret &token);

/// 400 with the field in `param` when a value makes no sense: no name, a network that is none, limits below
/// 0, parameters that are none.
Result<void> checkTokenSettings(const TokenSettings &settings);

} // namespace Gateway
