// The paths of Ollama's API.
#include <utility>

#include "gateway/http/apiroutes.h"
#include "gateway/http/exchange.h"

namespace Gateway {

void ApiRoutes::addOllama(Router &router)
{
    constexpr Dialect OLLAMA = Dialect::Ollama;
    router.add("POST", "/api/chat", OLLAMA, guarded(&Relay::ollamaChat));
    router.add("POST", "/api/generate", OLLAMA, guarded(&Relay::ollamaGenerate));
    router.add("POST", "/api/embed", OLLAMA, guarded(&Relay::ollamaEmbed));
    router.add("POST", "/api/embeddings", OLLAMA, guarded(&Relay::ollamaEmbeddings));
    router.add("GET", "/api/tags", OLLAMA, guarded(&ApiRoutes::ollamaTags));
    router.add("POST", "/api/show", OLLAMA, guarded(&Relay::ollamaShow));
    router.add("GET", "/api/ps", OLLAMA, guarded(&Relay::ollamaRunning));
    for (const char *path :
         {"/api/pull", "/api/push", "/api/create", "/api/copy", "/api/delete", "/api/blobs/**"})
        router.add("*", path, OLLAMA, guarded(&ApiRoutes::ollamaUpkeep));
    // Asked before a client knows that a token is needed.
    router.add("GET", "/api/version", OLLAMA,
               [this](ClientRequest request, std::unique_ptr<Exchange> exchange) {
                   m_relay.ollamaVersion(std::move(request), std::move(exchange));
               });
}

void ApiRoutes::ollamaTags(ClientRequest request, std::unique_ptr<Exchange> exchange)
{
    m_relay.models(std::move(request), std::move(exchange), Dialect::Ollama, {});
}

void ApiRoutes::ollamaUpkeep(ClientRequest request, std::unique_ptr<Exchange> exchange)
{
    const Error error{501,
                      "not_implemented",
                      "Models cannot be pulled, pushed, made, copied or deleted here: they are Google's. "
                      "/api/tags lists those that there are.",
                      {},
                      0};
    m_relay.refuse(std::move(request), std::move(exchange), Dialect::Ollama, error);
}

} // namespace Gateway
