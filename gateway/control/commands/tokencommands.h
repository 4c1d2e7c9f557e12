#pragma once

#include <vector>

#include "gateway/control/reply.h"
#include "gateway/control/values/tokenview.h"

namespace Gateway {

/// What can be done with access tokens. An id that is not there: 404 "unknown_token"; a token of the setting
/// ALLOWED_TOKENS (id 0) is changed with the setting.
class TokenCommands
{
public:
    virtual ~TokenCommands() = default;

    /// All, with those of the setting ALLOWED_TOKENS behind.
    virtual void list(Reply<std::vector<TokenView>> reply);
    /// 422 with the member's name for a value that is not allowed, 409 for a name that is there.
    virtual void create(TokenSettings settings, Reply<IssuedToken> reply);
    virtual void patch(TokenId id, TokenPatch patch, Reply<TokenView> reply);
    /// Clients that use it are refused at once.
    virtual void remove(TokenId id, Reply<void> reply);
    /// A new text for the same token; the old one is refused at once.
    virtual void rotate(TokenId id, Reply<IssuedToken> reply);
};

} // namespace Gateway
