// Who is let in: the second part of ApiRoutes.
#include <utility>

#include "gateway/access/tokengate.h"
#include "gateway/common/tokenrow.h"
#include "gateway/http/apiroutes.h"
#include "gateway/http/ollamadoor.h"

namespace Gateway {

namespace {

constexpr std::string_view EPHEMERAL = "auth_tokens/";

/// Live clients show their token in more ways: also as ?access_token= and Authorization: Token.
std::string liveTokenOf(const ClientRequest &request)
{
    constexpr std::string_view SCHEME = "Token ";
    const std::string_view authorization = trimmed(headerValue(request.headers, "authorization"));
    if (startsWithIgnoreCase(authorization, SCHEME))
        return std::string(trimmed(authorization.substr(SCHEME.size())));
    std::string token = queryValue(request.query, "access_token");
    return token.empty() ? tokenOf(request.headers, request.query) : token;
}

std::string missingTokenText(Dialect dialect)
{
    std::string text =
        "An access token is needed: send it as Authorization: Bearer, x-goog-api-key, x-api-key "
        "or ?key=.";
    if (dialect == Dialect::Ollama)
        text += " For clients of Ollama that cannot, the setting OLLAMA_OPEN lets those on this computer in "
                "without one.";
    return text;
}

} // namespace

bool ApiRoutes::entersWithoutToken(ClientRequest &request, std::string_view token) const
{
    const bool isNone = token.empty() || (token == OLLAMA_FILLER_TOKEN && !m_access->find(token));
    if (!isNone || !m_isOllamaOpen || !isLocalOllamaRequest(request))
        return false;
    request.tokenName = "without token";
    return true;
}

Result<void> ApiRoutes::letIn(ClientRequest &request, Dialect dialect)
{
    std::string token = tokenOf(request.headers, request.query);
    if (token.empty() && dialect == Dialect::Ollama)
        token = passwordOf(request.headers);
    if (!entersWithoutToken(request, token))
        return letIn(request, dialect, token);
    std::optional<Error> paused = m_pause.refusal();
    return paused ? fail(std::move(*paused)) : Result<void>();
}

Result<void> ApiRoutes::letNobodyGuess(const ClientRequest &request, const std::string &token) const
{
    const std::int64_t waitMs = m_attempts.waitMs(request.peer, token);
    if (waitMs > 0)
        return fail(Error{
            429, "too_many_attempts", "Too many wrong access tokens came from this address.", {}, waitMs});
    return {};
}

Result<void> ApiRoutes::letIn(ClientRequest &request, Dialect dialect, const std::string &token)
{
    if (token.empty())
        return fail(401, "missing_token", missingTokenText(dialect));
    if (Result<void> patient = letNobodyGuess(request, token); !patient)
        return patient;
    const Caller *caller = m_access->find(token);
    if (!caller) {
        const std::int64_t waitMs = m_attempts.failed(request.peer, token);
        return fail(
            Error{401, "invalid_api_key", "The access token is not known to this gateway.", {}, waitMs});
    }
    m_attempts.succeeded(request.peer, token);
    request.tokenName = caller->name;
    if (std::optional<Error> paused = m_pause.refusal())
        return fail(std::move(*paused));
    if (!caller->gate)
        return {};
    caller->gate->noteText(token);
    request.allowance = caller->gate;
    request.keyTags = caller->gate->tags();
    request.parameters = caller->gate->parameters();
    return caller->gate->letIn(dialect, request.peer);
}

/// Tokens may share a name, and name and text may change; what they keep stays theirs.
std::string ApiRoutes::ownerOf(const ClientRequest &request) const
{
    const std::string token = tokenOf(request.headers, request.query);
    const Caller *caller = m_access->find(token);
    return caller && !caller->owner.empty() ? caller->owner : tokenFingerprint(token);
}

/// An ephemeral token of Google's is enough when it was made through this gateway, which the session finds
/// out.
Result<LiveDoor> ApiRoutes::letLiveIn(ClientRequest &request)
{
    const std::string token = liveTokenOf(request);
    LiveDoor door;
    if (!token.starts_with(EPHEMERAL)) {
        const Result<void> letsIn = letIn(request, Dialect::Gemini, token);
        return letsIn ? Result<LiveDoor>(std::move(door)) : Result<LiveDoor>(fail(letsIn.error()));
    }
    if (const Result<void> patient = letNobodyGuess(request, token); !patient)
        return fail(patient.error());
    if (std::optional<Error> paused = m_pause.refusal())
        return fail(std::move(*paused));
    door.ephemeral = token;
    door.wrong = [this, peer = request.peer, token] { m_attempts.failed(peer, token); };
    return door;
}

} // namespace Gateway
