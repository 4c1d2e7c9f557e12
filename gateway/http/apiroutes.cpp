#include "gateway/http/apiroutes.h"

#include <array>
#include <utility>

#include "gateway/common/tokenrow.h"
#include "gateway/http/exchange.h"
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

/// Whose API is meant where two share a path: the client shows by its headers which API it speaks.
Dialect listDialect(const ClientRequest &request)
{
    if (!headerValue(request.headers, "anthropic-version").empty() || isAnthropic(request.path))
        return Dialect::Anthropic;
    const bool isGemini =
        !headerValue(request.headers, "x-goog-api-key").empty() || !queryValue(request.query, "key").empty();
    return isGemini ? Dialect::Gemini : Dialect::OpenAi;
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
    router.add("*", "/v1beta/openai/**", Dialect::OpenAi, guarded(&Relay::googleOpenAi));
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
        router.add("*", path, Dialect::OpenAi, keeping(&ApiRoutes::files, true));
    for (const char *path : {"/anthropic/v1/files", "/anthropic/v1/files/**"})
        router.add("*", path, Dialect::Anthropic, keeping(&ApiRoutes::files, true));
    for (const char *path : {"/v1/batches", "/v1/batches/**"})
        router.add("*", path, Dialect::OpenAi, keeping(&ApiRoutes::batches, true));
    for (const char *path : {"/v1/messages/batches", "/v1/messages/batches/**"})
        router.add("*", path, Dialect::Anthropic, keeping(&ApiRoutes::messageBatches));
    router.add("POST", "/v1/chat/completions", Dialect::OpenAi, guarded(&Relay::openAiChat));
    router.add("POST", "/v1/completions", Dialect::OpenAi, guarded(&Relay::openAiCompletions));
    router.add("POST", "/v1/embeddings", Dialect::OpenAi, guarded(&Relay::openAiEmbeddings));
    addImages(router);
    router.add("POST", "/v1/moderations", Dialect::OpenAi, guarded(&Relay::openAiModerations));
    router.add("POST", "/v1/audio/speech", Dialect::OpenAi, guarded(&Relay::openAiSpeech));
    router.add("POST", "/v1/audio/transcriptions", Dialect::OpenAi, guarded(&Relay::openAiTranscription));
    router.add("POST", "/v1/audio/translations", Dialect::OpenAi, guarded(&Relay::openAiTranslation));
    router.add("POST", "/v1/responses", Dialect::OpenAi, keeping(&ApiRoutes::responses));
    router.add("POST", "/v1/responses/input_tokens", Dialect::OpenAi, keeping(&ApiRoutes::responseTokens));
    for (const char *method : {"GET", "DELETE", "POST"})
        router.add(method, "/v1/responses/**", Dialect::OpenAi, keeping(&ApiRoutes::responseObject));
    router.add("POST", "/v1/conversations", Dialect::OpenAi, keeping(&ApiRoutes::conversations));
    for (const char *method : {"GET", "DELETE", "POST"})
        router.add(method, "/v1/conversations/**", Dialect::OpenAi, keeping(&ApiRoutes::conversations));
    router.add("POST", "/v1/messages", Dialect::Anthropic, guarded(&Relay::anthropicMessages));
    router.add("POST", "/v1/messages/count_tokens", Dialect::Anthropic,
               guarded(&Relay::anthropicCountTokens));
    for (const char *path : {"/anthropic/v1/models", "/anthropic/v1/models/**"})
        router.add("GET", path, Dialect::Anthropic, guarded(&ApiRoutes::models, true));
    router.add("GET", "/v1/models", Dialect::OpenAi, guarded(&ApiRoutes::models, true));
    router.add("GET", "/v1/models/**", Dialect::OpenAi, guarded(&ApiRoutes::models, true));
    addOllama(router);
}

void ApiRoutes::addImages(Router &router)
{
    constexpr std::array<std::pair<std::string_view, ImageCall>, 3> calls{
        {{"/v1/images/generations", ImageCall::Generation},
         {"/v1/images/edits", ImageCall::Edit},
         {"/v1/images/variations", ImageCall::Variation}}};
    for (const auto &[path, call] : calls)
        router.add("POST", path, Dialect::OpenAi,
                   guarded([this, call = call](ClientRequest request, std::unique_ptr<Exchange> exchange) {
                       m_relay.openAiImages(std::move(request), std::move(exchange), call);
                   }));
    // Browsers fetch these, which have no token to show: who knows the name may have the picture.
    router.add("GET", "/v1/images/files/**", Dialect::OpenAi,
               [this](ClientRequest request, std::unique_ptr<Exchange> exchange) {
                   m_relay.picture(std::move(request), std::move(exchange));
               });
}

void ApiRoutes::setAccess(std::shared_ptr<const AccessTable> access)
{
    m_access = std::move(access);
}

Router::Handler ApiRoutes::guarded(Router::Handler then, bool isShared)
{
    return
        [this, then = std::move(then), isShared](ClientRequest request, std::unique_ptr<Exchange> exchange) {
            const Dialect dialect = isShared ? listDialect(request) : exchange->dialect();
            const Result<void> letsIn = letIn(request, dialect);
            if (letsIn)
                then(std::move(request), std::move(exchange));
            else
                m_relay.refuse(std::move(request), std::move(exchange), dialect, letsIn.error());
        };
}

Router::Handler ApiRoutes::guarded(Answer answer, bool isShared)
{
    return guarded(
        [this, answer](ClientRequest request, std::unique_ptr<Exchange> exchange) {
            (this->*answer)(std::move(request), std::move(exchange));
        },
        isShared);
}

Router::Handler ApiRoutes::guarded(Relayed relayed)
{
    return guarded([this, relayed](ClientRequest request, std::unique_ptr<Exchange> exchange) {
        (m_relay.*relayed)(std::move(request), std::move(exchange));
    });
}

Router::Handler ApiRoutes::keeping(Answer answer, bool isShared)
{
    return guarded(
        [this, answer](ClientRequest request, std::unique_ptr<Exchange> exchange) {
            request.owner = ownerOf(request);
            (this->*answer)(std::move(request), std::move(exchange));
        },
        isShared);
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

void ApiRoutes::responses(ClientRequest request, std::unique_ptr<Exchange> exchange)
{
    m_relay.responses().create(std::move(request), std::move(exchange));
}

void ApiRoutes::responseTokens(ClientRequest request, std::unique_ptr<Exchange> exchange)
{
    m_relay.responses().countTokens(std::move(request), std::move(exchange));
}

void ApiRoutes::responseObject(ClientRequest request, std::unique_ptr<Exchange> exchange)
{
    m_relay.responses().object(std::move(request), std::move(exchange));
}

void ApiRoutes::conversations(ClientRequest request, std::unique_ptr<Exchange> exchange)
{
    m_relay.responses().conversation(std::move(request), std::move(exchange));
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
