#pragma once

#include <memory>

#include "gateway/access/accesstable.h"
#include "gateway/access/failedattempts.h"
#include "gateway/http/pausegate.h"
#include "gateway/http/router.h"
#include "gateway/relay/liverelay.h"
#include "gateway/relay/relay.h"

namespace Gateway {

/// The API paths of one worker: lets callers in by their token and hands their requests to the relay.
/// Outlives the router's use.
class ApiRoutes
{
public:
    /// `relay`, `live`, `attempts` and `pause` outlive this.
    ApiRoutes(Relay &relay, LiveRelay &live, std::shared_ptr<const AccessTable> access,
              FailedAttempts &attempts, const PauseGate &pause);

    /// From now on these tokens are let in. In the worker's thread; what runs goes on under its old rules.
    void setAccess(std::shared_ptr<const AccessTable> access);

    /// Whether Ollama's clients on this computer may do without a token; see isLocalOllamaRequest().
    void setOllamaOpen(bool isOpen) { m_isOllamaOpen = isOpen; }

    /// Gemini native, Google's OpenAI-compatible paths, OpenAI chat, responses, embeddings, images, Anthropic
    /// messages, Ollama's API and the model lists.
    void addTo(Router &router);

private:
    using Answer = void (ApiRoutes::*)(ClientRequest request, std::unique_ptr<Exchange> exchange);

    using Relayed = void (Relay::*)(ClientRequest request, std::unique_ptr<Downstream> down);

    void addOllama(Router &router);
    void addImages(Router &router);
    /// Lets the caller in and goes on with `then`; else refuses in the path's dialect, or, where several
    /// share it, in the caller's.
    Router::Handler guarded(Router::Handler then, bool isShared = false);
    Router::Handler guarded(Answer answer, bool isShared = false);
    /// A path whose requests go to the relay as they are.
    Router::Handler guarded(Relayed relayed);
    /// A path under which things are kept for the token that made them.
    Router::Handler keeping(Answer answer, bool isShared = false);
    std::string ownerOf(const ClientRequest &request) const;
    bool entersWithoutToken(ClientRequest &request, std::string_view token) const;
    Result<void> letIn(ClientRequest &request, Dialect dialect);
    Result<void> letIn(ClientRequest &request, Dialect dialect, const std::string &token);
    Result<void> letNobodyGuess(const ClientRequest &request, const std::string &token) const;
    Result<LiveDoor> letLiveIn(ClientRequest &request);

    void native(ClientRequest request, std::unique_ptr<Exchange> exchange);
    /// A WebSocket of the Live API.
    void live(ClientRequest request, std::unique_ptr<Exchange> exchange);
    /// Paths that Gemini, OpenAI and Anthropic share.
    void files(ClientRequest request, std::unique_ptr<Exchange> exchange);
    void batches(ClientRequest request, std::unique_ptr<Exchange> exchange);
    void responses(ClientRequest request, std::unique_ptr<Exchange> exchange);
    void responseTokens(ClientRequest request, std::unique_ptr<Exchange> exchange);
    void responseObject(ClientRequest request, std::unique_ptr<Exchange> exchange);
    void conversations(ClientRequest request, std::unique_ptr<Exchange> exchange);
    void messageBatches(ClientRequest request, std::unique_ptr<Exchange> exchange);
    void models(ClientRequest request, std::unique_ptr<Exchange> exchange);
    void ollamaTags(ClientRequest request, std::unique_ptr<Exchange> exchange);
    /// What a server with models of its own would do.
    void ollamaUpkeep(ClientRequest request, std::unique_ptr<Exchange> exchange);

    Relay &m_relay;
    LiveRelay &m_live;
    std::shared_ptr<const AccessTable> m_access;
    FailedAttempts &m_attempts;
    const PauseGate &m_pause;
    bool m_isOllamaOpen = false;
};

} // namespace Gateway
