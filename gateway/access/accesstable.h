#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/common/secret.h"
#include "gateway/common/text.h"

namespace Gateway {

class TokenGate;

/// Who a token belongs to.
struct Caller
{
    std::string name; ///< "admin", a named token's name, or "token …x9Qk" for a plain allowed token.
    bool isAdmin = false;
    std::shared_ptr<TokenGate> gate; ///< Of a named token; null: nothing is limited or counted.
    std::string owner;               ///< Names what is kept for it; empty: the fingerprint of its text does.
};

/// The tokens that are let in. Immutable; swapped whole when tokens or settings change. Look-up is O(1), by a
/// keyed hash and then compared in constant time.
class AccessTable
{
public:
    /// Empty texts are never let in. The admin's token is the admin's also where it is allowed a second time;
    /// a named token's limits hold also where its text is in `allowedTokens`. `ownerToken` is the admin's
    /// too.
    AccessTable(const Secret &adminToken, const std::vector<Secret> &allowedTokens,
                const std::vector<std::shared_ptr<TokenGate>> &named = {}, const Secret &ownerToken = {});
    ~AccessTable();

    AccessTable(const AccessTable &) = delete;
    AccessTable &operator=(const AccessTable &) = delete;

    /// Null when the token is not known. Valid while the table lives.
    const Caller *find(std::string_view token) const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

/// The token a request carries: the first that is not empty of Authorization: Bearer (RFC 6750 section 2.1;
/// the scheme's case does not matter), x-goog-api-key, x-api-key, ?key=. Empty when there is none.
std::string tokenOf(const Headers &headers, std::string_view query);

} // namespace Gateway
