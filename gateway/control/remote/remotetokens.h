#pragma once

#include "gateway/control/commands/tokencommands.h"

namespace Gateway {

class RemoteCalls;

/// The access tokens of a server.
class RemoteTokens final : public TokenCommands
{
public:
    /// `calls` outlives this.
    explicit RemoteTokens(RemoteCalls &calls);

    void list(Reply<std::vector<TokenView>> reply) override;
    void create(TokenSettings settings, Reply<IssuedToken> reply) override;
    void patch(TokenId id, TokenPatch patch, Reply<TokenView> reply) override;
    void remove(TokenId id, Reply<void> reply) override;
    void rotate(TokenId id, Reply<IssuedToken> reply) override;

private:
    RemoteCalls &m_calls;
};

} // namespace Gateway
