#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <QObject>

#include "gateway/dialects/audio/audiomodels.h"
#include "gateway/dialects/images/images.h"
#include "gateway/relay/cachemaker.h"
#include "gateway/relay/errands/errand.h"
#include "gateway/relay/modelcatalogue.h"
#include "gateway/relay/modelnames.h"
#include "gateway/relay/nativerequest.h"
#include "gateway/relay/preparation.h"
#include "gateway/relay/relayjob.h"
#include "gateway/relay/relayparts.h"
#include "gateway/relay/responsedesk.h"

class QTimer;

namespace Gateway {

/// Conducts the requests of one worker: builds each one's passage, finds what it needs first (owners,
/// signatures, pictures) and runs its job. Lives in the worker's thread.
class Relay final : public QObject, private RelayHost, private DeskHost
{
public:
    Relay(const RelayParts &parts, RelayOptions options, QObject *parent = nullptr);
    ~Relay() override;

    void setOptions(RelayOptions options);

    /// A Gemini-native request.
    void native(ClientRequest request, std::unique_ptr<Downstream> down);

    /// A request to Google's own OpenAI-compatible paths.
    void googleOpenAi(ClientRequest request, std::unique_ptr<Downstream> down);

    /// A request of another dialect.
    void translated(ClientRequest request, std::unique_ptr<Downstream> down, Dialect dialect,
                    MakeTranslation make);

    /// POST /v1/chat/completions, /v1/completions and /v1/embeddings of OpenAI's dialect.
    void openAiChat(ClientRequest request, std::unique_ptr<Downstream> down);
    void openAiCompletions(ClientRequest request, std::unique_ptr<Downstream> down);
    void openAiEmbeddings(ClientRequest request, std::unique_ptr<Downstream> down);

    /// POST /v1/images/generations, /v1/images/edits and /v1/images/variations of OpenAI's dialect.
    void openAiImages(ClientRequest request, std::unique_ptr<Downstream> down, ImageCall call);
    /// A picture that such a call told by its URL, GET /v1/images/files/NAME.
    void picture(ClientRequest request, std::unique_ptr<Downstream> down);
    /// POST /v1/moderations.
    void openAiModerations(ClientRequest request, std::unique_ptr<Downstream> down);
    /// POST /v1/audio/speech.
    void openAiSpeech(ClientRequest request, std::unique_ptr<Downstream> down);
    /// POST /v1/audio/transcriptions and /v1/audio/translations.
    void openAiTranscription(ClientRequest request, std::unique_ptr<Downstream> down);
    void openAiTranslation(ClientRequest request, std::unique_ptr<Downstream> down);

    /// POST /v1/responses, the responses that are kept, and conversations.
    ResponseDesk &responses() { return m_responses; }

    /// POST /v1/messages and POST /v1/messages/count_tokens of Anthropic's dialect.
    void anthropicMessages(ClientRequest request, std::unique_ptr<Downstream> down);
    void anthropicCountTokens(ClientRequest request, std::unique_ptr<Downstream> down);

    /// POST /api/chat, /api/generate, /api/embed and /api/embeddings of Ollama's dialect.
    void ollamaChat(ClientRequest request, std::unique_ptr<Downstream> down);
    void ollamaGenerate(ClientRequest request, std::unique_ptr<Downstream> down);
    void ollamaEmbed(ClientRequest request, std::unique_ptr<Downstream> down);
    void ollamaEmbeddings(ClientRequest request, std::unique_ptr<Downstream> down);

    /// Its POST /api/show, GET /api/ps and GET /api/version.
    void ollamaShow(ClientRequest request, std::unique_ptr<Downstream> down);
    void ollamaRunning(ClientRequest request, std::unique_ptr<Downstream> down);
    void ollamaVersion(ClientRequest request, std::unique_ptr<Downstream> down);

    /// /v1/files, and /v1/batches or /v1/messages/batches, of OpenAI's or Anthropic's dialect.
    void files(ClientRequest request, std::unique_ptr<Downstream> down, Dialect dialect);
    void batches(ClientRequest request, std::unique_ptr<Downstream> down, Dialect dialect);

    /// The list of models in the dialect's shape, or one of them when `id` is not empty.
    void models(ClientRequest request, std::unique_ptr<Downstream> down, Dialect dialect, std::string id);

    /// Records a request that was refused at the door and tells the caller why.
    void refuse(ClientRequest request, std::unique_ptr<Downstream> down, Dialect dialect, const Error &error);

    /// Requests on their way.
    std::size_t running() const { return m_jobs.size(); }

private:
    const RelayParts &parts() const override { return m_parts; }
    const RelayOptions &options() const override { return m_options; }
    QObject *context() override { return this; }
    ModelBook &book() override { return m_book; }
    Share &hedges() override { return m_hedges; }
    void later(std::int64_t ms, RelayJob &job, std::function<void()> action) override;
    void finished(RelayJob &job) override;

    void runTranslated(ClientRequest request, std::unique_ptr<Downstream> down,
                       MakeTranslation make) override;
    std::shared_ptr<RelayJob> ownJob(ClientRequest request, std::unique_ptr<Downstream> down) override;

    std::shared_ptr<RelayJob> makeJob(ClientRequest request, std::unique_ptr<Downstream> down,
                                      Dialect dialect);
    void passThrough(ClientRequest request, std::unique_ptr<Downstream> down, Dialect dialect);
    void runNative(const std::shared_ptr<RelayJob> &job, NativeRequest native, const ModelMeaning &meaning);
    bool tellsModels(const ClientRequest &request, const std::string &id);
    void runForOwner(const std::shared_ptr<RelayJob> &job, std::unique_ptr<Passage> passage,
                     std::vector<std::string> resources);
    void runOwned(const std::shared_ptr<RelayJob> &job, std::unique_ptr<Passage> passage,
                  const std::vector<std::string> &resources, const KeyedMemory::Found &owners);
    void prepare(const std::shared_ptr<RelayJob> &job, MakeTranslation make);
    /// When and how a model of Gemini's is asked in place of one of OpenAI's.
    struct StandIn
    {
        /// Whether the client's name is OpenAI's for such a model.
        std::function<bool(std::string_view asked)> isOpenAis;
        /// Whether a model that a user's alias means can do it: one that is meant for others is passed over.
        std::function<bool(std::string_view model)> fits;
        std::string setting; ///< The model that a setting names; empty: chosen.
        /// Of those that the token may use; empty: there is none.
        std::function<std::string(std::string_view asked, std::span<const ModelInfo> models)> choose;
        std::string_view missing; ///< What to say then.
    };
    void prepareWith(const std::shared_ptr<RelayJob> &job, StandIn standIn, MakeTranslation make);
    void findStandIn(const std::shared_ptr<RelayJob> &job, const StandIn &standIn, const std::string &asked,
                     std::function<void(Result<std::string>)> done);
    StandIn speaking() const;
    StandIn transcribing() const;
    StandIn drawing() const;
    StandIn moderating() const;
    void audio(ClientRequest request, std::unique_ptr<Downstream> down, AudioTask task, MakeTranslation make);
    void withCodecs(std::function<void()> then);
    ErrandParts errandParts();
    void askGoogle(const std::weak_ptr<RelayJob> &whole, GoogleCall call,
                   std::function<void(CollectedAnswer)> done);
    void fetchModelPage(const std::string &query, std::function<void(Result<std::string>)> done);
    void runJob(const std::shared_ptr<RelayJob> &job, std::unique_ptr<Passage> passage, KeyId owner);
    void beginWaitingStreams();

    RelayParts m_parts;
    RelayOptions m_options;
    ModelBook m_book;
    Share m_hedges;
    ModelCatalogue m_catalogue;
    ModelNames m_names;
    const ModelMeaning m_nameless;            ///< Of requests that name no model.
    std::unique_ptr<CacheMaker> m_cacheMaker; ///< Null: no caches are made.
    ResponseDesk m_responses;                 // before the jobs, whose ends it keeps
    std::unordered_map<RelayJob *, std::shared_ptr<RelayJob>> m_jobs;
    /// Streams in the order they came, until their heartbeats are due.
    std::deque<std::pair<std::int64_t, std::weak_ptr<RelayJob>>> m_waitingStreams;
    QTimer *m_heartbeat;
    bool m_hasCodecs = false; ///< RelayParts::audio was called.
};

} // namespace Gateway
