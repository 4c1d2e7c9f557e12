#include "gateway/control/commands/tokencommands.h"

#include "gateway/control/commands/unsupported.h"

namespace Gateway {

void TokenCommands::list(Reply<std::vector<TokenView>> reply)
{
    notSupported(reply);
}

void TokenCommands::create(TokenSettings, Reply<IssuedToken> reply)
{
    notSupported(reply);
}

void TokenCommands::patch(TokenId, TokenPatch, Reply<TokenView> reply)
{
    notSupported(reply);
}

void TokenCommands::remove(TokenId, Reply<void> reply)
{
    notSupported(reply);
}

void TokenCommands::rotate(TokenId, Reply<IssuedToken> reply)
{
    notSupported(reply);
}

} // namespace Gateway
