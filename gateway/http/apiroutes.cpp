#include "gateway/http/apiroutes.h"

#include <array>
#include <utility>

#include "gateway/access/tokengate.h"
#include "gateway/access/tokenhash.h"
#include "gateway/http/exchange.h"
#include "gateway/http/ollamadoor.h"
#include "gateway/http/websocketend.h"

namespace Gateway {

namespace {

constexpr std::string_view MODELS = "/v1/models";
constexpr std::string_view ANTHROPIC = "/anthropic";
constexpr std::string_view LATEST = ":latest"; // Ollama's clients put it behind every name

bool isAnthropic(std::string_view path)
{
    return path.starts_with(ANTHROPIC);
}

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

/// Whose API is meant where two share a path: the client shows by its headers which API it speaks.
Dialect listDialect(const ClientRequest &request)
{
    if (!headerValue(request.headers, "anthropic-version").empty() || isAnthropic(request.path))
        return Dialect::Anthropic;
    const bool isGemini =
        !headerValue(request.headers, "x-goog-api-key").empty() || !queryValue(request.query, "key").empty();
    return isGemini ? Dialect::Gemini : Dialect::OpenAi;
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

/// Tokens may share a name, and a name may change; what they keep stays theirs.
std::string ownerOf(const ClientRequest &request)
{
    return tokenFingerprint(tokenOf(request.headers, request.query));
}

} // namespace

ApiRoutes::ApiRoutes(Relay &relay, LiveRelay &live, std::shared_ptr<const AccessTable> access,
                     FailedAttempts &attempts, const PauseGate &pause)
    : m_relay(relay)
    , m_live(live)
    , m_access(std::move(access))
    , m_attempts(attempts)
    , m_pause(pause)
{
}

void ApiRoutes::addTo(Router &router)
{
    // @google/genai asks under /v1 as well; there, two names are also OpenAI's.
    constexpr std::array nativePaths{"/v1beta/**",
                                     "/v1alpha/**",
                                     "/gemini/v1/**",
                                     "/upload/**",
                                     "/v1/models/**:*",
                                     "/v1/interactions",
                                     "/v1/interactions/**",
                                     "/v1/agents",
                                     "/v1/agents/**",
                                     "/v1/environments",
                                     "/v1/environments/**",
                                     "/v1/triggers",
                                     "/v1/triggers/**",
                                     "/v1/webhooks",
                                     "/v1/webhooks/**",
                                     "/v1/voices",
                                     "/v1/voices/**",
                                     "/v1/cachedContents",
                                     "/v1/cachedContents/**",
                                     "/v1/fileSearchStores",
                                     "/v1/fileSearchStores/**",
                                     "/v1/tunedModels",
                                     "/v1/tunedModels/**",
                                     "/v1/operations/**",
                                     "/v1/auth_tokens"};
    for (const char *path : nativePaths)
        router.add("*", path, Dialect::Gemini, guarded(&ApiRoutes::native));
    router.add("*", "/v1beta/openai/**", Dialect::OpenAi, guarded(&ApiRoutes::googleOpenAi));
    for (const char *version : {"v1alpha", "v1beta", "v1"}) {
        for (const char *method :
             {"BidiGenerateContent", "BidiGenerateContentConstrained", "BidiGenerateMusic"})
            router.add("GET",
                       "/ws/google.ai.generativelanguage." + std::string(version) + ".GenerativeService." +
                           method,
                       Dialect::Gemini, [this](ClientRequest request, std::unique_ptr<Exchange> exchange) {
                           live(std::move(request), std::move(exchange));
                       });
    }
    for (const char *path : {"/v1/files", "/v1/files/**"})
        router.add("*", path, Dialect::OpenAi, guarded(&ApiRoutes::files));
    for (const char *path : {"/anthropic/v1/files", "/anthropic/v1/files/**"})
        router.add("*", path, Dialect::Anthropic, guarded(&ApiRoutes::files));
    for (const char *path : {"/v1/batches", "/v1/batches/**"})
        router.add("*", path, Dialect::OpenAi, guarded(&ApiRoutes::batches));
    for (const char *path : {"/v1/messages/batches", "/v1/messages/batches/**"})
        router.add("*", path, Dialect::Anthropic, guarded(&ApiRoutes::messageBatches));
    router.add("POST", "/v1/chat/completions", Dialect::OpenAi, guarded(&ApiRoutes::chat));
    router.add("POST", "/v1/completions", Dialect::OpenAi, guarded(&ApiRoutes::completions));
    router.add("POST", "/v1/embeddings", Dialect::OpenAi, guarded(&ApiRoutes::embeddings));
    router.add("POST", "/v1/responses", Dialect::OpenAi, guarded(&ApiRoutes::responses));
    router.add("POST", "/v1/responses/input_tokens", Dialect::OpenAi, guarded(&ApiRoutes::responseTokens));
    for (const char *method : {"GET", "DELETE", "POST"})
        router.add(method, "/v1/responses/**", Dialect::OpenAi, guarded(&ApiRoutes::responseObject));
    router.add("POST", "/v1/conversations", Dialect::OpenAi, guarded(&ApiRoutes::conversations));
    for (const char *method : {"GET", "DELETE", "POST"})
        router.add(method, "/v1/conversations/**", Dialect::OpenAi, guarded(&ApiRoutes::conversations));
    router.add("POST", "/v1/messages", Dialect::Anthropic, guarded(&ApiRoutes::messages));
    router.add("POST", "/v1/messages/count_tokens", Dialect::Anthropic, guarded(&ApiRoutes::countTokens));
    for (const char *path : {"/anthropic/v1/models", "/anthropic/v1/models/**"})
        router.add("GET", path, Dialect::Anthropic, guarded(&ApiRoutes::models));
    router.add("GET", "/v1/models", Dialect::OpenAi, guarded(&ApiRoutes::models));
    router.add("GET", "/v1/models/**", Dialect::OpenAi, guarded(&ApiRoutes::models));
    addOllama(router);
}

void ApiRoutes::setAccess(std::shared_ptr<const AccessTable> access)
{
    m_access = std::move(access);
}

Router::Handler ApiRoutes::guarded(Answer answer)
{
    const bool isShared =
        answer == &ApiRoutes::models || answer == &ApiRoutes::files || answer == &ApiRoutes::batches;
    return [this, answer, isShared](ClientRequest request, std::unique_ptr<Exchange> exchange) {
        const Dialect dialect = isShared ? listDialect(request) : exchange->dialect();
        const Result<void> letsIn = letIn(request, dialect);
        if (letsIn)
            (this->*answer)(std::move(request), std::move(exchange));
        else
            m_relay.refuse(std::move(request), std::move(exchange), dialect, letsIn.error());
    };
}

Router::Handler ApiRoutes::guarded(Relayed relayed)
{
    return [this, relayed](ClientRequest request, std::unique_ptr<Exchange> exchange) {
        const Dialect dialect = exchange->dialect();
        const Result<void> letsIn = letIn(request, dialect);
        if (letsIn)
            (m_relay.*relayed)(std::move(request), std::move(exchange));
        else
            m_relay.refuse(std::move(request), std::move(exchange), dialect, letsIn.error());
    };
}

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
    request.allowance = caller->gate;
    request.keyTags = caller->gate->tags();
    return caller->gate->letIn(dialect, request.peer);
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

void ApiRoutes::live(ClientRequest request, std::unique_ptr<Exchange> exchange)
{
    Result<LiveDoor> door = letLiveIn(request);
    Result<Connection *> connection =
        door ? exchange->upgrade(request.headers) : Result<Connection *>(fail(door.error()));
    if (!connection)
        m_relay.refuse(std::move(request), std::move(exchange), Dialect::Gemini, connection.error());
    else if (*connection)
        m_live.start(std::move(request), std::make_unique<WebSocketEnd>(**connection, m_live.messageLimit()),
                     std::move(*door));
}

void ApiRoutes::native(ClientRequest request, std::unique_ptr<Exchange> exchange)
{
    const std::string_view path = request.path;
    if (path.starts_with(MODELS) && path.ends_with(LATEST)) { // a tag, no method of Gemini's
        request.path.resize(path.size() - LATEST.size());
        models(std::move(request), std::move(exchange));
        return;
    }
    m_relay.native(std::move(request), std::move(exchange));
}

void ApiRoutes::googleOpenAi(ClientRequest request, std::unique_ptr<Exchange> exchange)
{
    m_relay.googleOpenAi(std::move(request), std::move(exchange));
}

void ApiRoutes::files(ClientRequest request, std::unique_ptr<Exchange> exchange)
{
    const Dialect dialect = listDialect(request);
    if (dialect == Dialect::Gemini)
        native(std::move(request), std::move(exchange));
    else
        m_relay.files(std::move(request), std::move(exchange), dialect);
}

void ApiRoutes::batches(ClientRequest request, std::unique_ptr<Exchange> exchange)
{
    if (listDialect(request) == Dialect::Gemini)
        native(std::move(request), std::move(exchange));
    else
        m_relay.batches(std::move(request), std::move(exchange), Dialect::OpenAi);
}

void ApiRoutes::messageBatches(ClientRequest request, std::unique_ptr<Exchange> exchange)
{
    m_relay.batches(std::move(request), std::move(exchange), Dialect::Anthropic);
}

void ApiRoutes::chat(ClientRequest request, std::unique_ptr<Exchange> exchange)
{
    m_relay.openAiChat(std::move(request), std::move(exchange));
}

void ApiRoutes::completions(ClientRequest request, std::unique_ptr<Exchange> exchange)
{
    m_relay.openAiCompletions(std::move(request), std::move(exchange));
}

void ApiRoutes::embeddings(ClientRequest request, std::unique_ptr<Exchange> exchange)
{
    m_relay.openAiEmbeddings(std::move(request), std::move(exchange));
}

void ApiRoutes::responses(ClientRequest request, std::unique_ptr<Exchange> exchange)
{
    request.owner = ownerOf(request);
    m_relay.responses().create(std::move(request), std::move(exchange));
}

void ApiRoutes::responseTokens(ClientRequest request, std::unique_ptr<Exchange> exchange)
{
    request.owner = ownerOf(request);
    m_relay.responses().countTokens(std::move(request), std::move(exchange));
}

void ApiRoutes::responseObject(ClientRequest request, std::unique_ptr<Exchange> exchange)
{
    request.owner = ownerOf(request);
    m_relay.responses().object(std::move(request), std::move(exchange));
}

void ApiRoutes::conversations(ClientRequest request, std::unique_ptr<Exchange> exchange)
{
    request.owner = ownerOf(request);
    m_relay.responses().conversation(std::move(request), std::move(exchange));
}

void ApiRoutes::messages(ClientRequest request, std::unique_ptr<Exchange> exchange)
{
    m_relay.anthropicMessages(std::move(request), std::move(exchange));
}

void ApiRoutes::countTokens(ClientRequest request, std::unique_ptr<Exchange> exchange)
{
    m_relay.anthropicCountTokens(std::move(request), std::move(exchange));
}

void ApiRoutes::models(ClientRequest request, std::unique_ptr<Exchange> exchange)
{
    const Dialect dialect = listDialect(request);
    if (dialect == Dialect::Gemini) {
        request.path = "/v1beta" + request.path.substr(std::string_view("/v1").size());
        native(std::move(request), std::move(exchange));
        return;
    }
    std::string_view path = request.path;
    if (isAnthropic(path))
        path.remove_prefix(ANTHROPIC.size());
    std::string id;
    if (path.size() > MODELS.size() + 1)
        id = percentDecoded(path.substr(MODELS.size() + 1));
    if (id.starts_with("models/"))
        id.erase(0, std::string_view("models/").size());
    m_relay.models(std::move(request), std::move(exchange), dialect, std::move(id));
}

} // namespace Gateway
