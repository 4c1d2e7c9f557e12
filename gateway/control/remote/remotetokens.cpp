#include "gateway/control/remote/remotetokens.h"

#include <utility>

#include "gateway/control/remote/remotecalls.h"

namespace Gateway {

RemoteTokens::RemoteTokens(RemoteCalls &calls)
    : m_calls(calls)
{
}

void RemoteTokens::list(Reply<std::vector<TokenView>> reply)
{
    m_calls.list("GET", "/tokens", nullptr, "tokens", std::move(reply));
}

void RemoteTokens::create(TokenSettings settings, Reply<IssuedToken> reply)
{
    m_calls.call("POST", "/tokens", jsonOf(settings), std::move(reply));
}

void RemoteTokens::patch(TokenId id, TokenPatch patch, Reply<TokenView> reply)
{
    m_calls.call("PATCH", pathWith("/tokens", id), jsonOf(patch), std::move(reply));
}

void RemoteTokens::remove(TokenId id, Reply<void> reply)
{
    m_calls.call("DELETE", pathWith("/tokens", id), nullptr, std::move(reply));
}

void RemoteTokens::rotate(TokenId id, Reply<IssuedToken> reply)
{
    m_calls.call("POST", pathWith("/tokens", id, "/rotate"), nullptr, std::move(reply));
}

} // namespace Gateway
