#include "gateway/relay/relay.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include <QTimer>

#include "gateway/dialects/errors.h"
#include "gateway/dialects/openai/openai.h"
#include "gateway/relay/collectingdown.h"
#include "gateway/relay/nativepassage.h"
#include "gateway/relay/resources.h"
#include "gateway/relay/translatedpassage.h"
#include "gateway/upstream/mediafetcher.h"
#include "gateway/upstream/upstreamclient.h"

namespace Gateway {

namespace {

constexpr int HEARTBEAT_TICK_MS = 500;

KeyId keyIdOf(const std::string &text)
{
    KeyId key = 0;
    std::from_chars(text.data(), text.data() + text.size(), key);
    return key;
}

/// The one key that owns all `resources`, 0 when none is known; an error when two keys would be needed.
Result<KeyId> ownerOf(const std::vector<std::string> &resources, const KeyedMemory::Found &owners)
{
    KeyId owner = 0;
    std::string first;
    for (const std::string &resource : resources) {
        const auto found = owners.find(resource);
        const KeyId key = found == owners.end() ? 0 : keyIdOf(found->second);
        if (key == 0 || key == owner)
            continue;
        if (owner != 0)
            return fail(
                400, "mixed_owners",
                first + " and " + resource +
                    " belong to different Google projects; no single key can use both. Upload them again in "
                    "one conversation.");
        owner = key;
        first = resource;
    }
    return owner;
}

} // namespace

/// A translated request while what it needs is gathered.
struct Relay::Preparation
{
    std::shared_ptr<RelayJob> job;
    std::unique_ptr<Translation> translation;
    TranslationInputs inputs;
    std::vector<std::unique_ptr<MediaFetch>> fetches;
    std::size_t pendingMedia = 0;
};

Relay::Relay(const RelayParts &parts, RelayOptions options, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
    , m_options(std::move(options))
    , m_catalogue(parts.clock,
                  [this](const std::string &query, std::function<void(Result<std::string>)> done) {
                      fetchModelPage(query, std::move(done));
                  })
    , m_heartbeat(new QTimer(this))
{
    connect(m_heartbeat, &QTimer::timeout, this, &Relay::beginWaitingStreams);
}

Relay::~Relay()
{
    const auto jobs = std::exchange(m_jobs, {}); // a job that ends says so to this object
}

void Relay::setOptions(RelayOptions options)
{
    m_options = std::move(options);
}

std::shared_ptr<RelayJob> Relay::makeJob(ClientRequest request, std::unique_ptr<Downstream> down,
                                         Dialect dialect)
{
    auto job = std::make_shared<RelayJob>(static_cast<RelayHost &>(*this), std::move(request),
                                          std::move(down), dialect);
    m_jobs.emplace(job.get(), job);
    return job;
}

void Relay::refuse(ClientRequest request, std::unique_ptr<Downstream> down, Dialect dialect,
                   const Error &error)
{
    makeJob(std::move(request), std::move(down), dialect)->refuse(error);
}

void Relay::native(ClientRequest request, std::unique_ptr<Downstream> down)
{
    const auto job = makeJob(std::move(request), std::move(down), Dialect::Gemini);
    NativeRequest native = prepareNative(job->request(), m_options.googleHost);
    if (Result<void> sound = checkNativeBody(job->request(), native); !sound) {
        job->nameRecord(native.method, native.model);
        job->refuse(sound.error());
        return;
    }
    std::vector<std::string> resources = native.resources;
    runForOwner(
        job,
        std::make_unique<NativePassage>(job->request(), std::move(native), m_parts.owners, m_parts.clock),
        std::move(resources));
}

void Relay::runForOwner(const std::shared_ptr<RelayJob> &job, std::unique_ptr<Passage> passage,
                        std::vector<std::string> resources)
{
    if (resources.empty()) {
        runJob(job, std::move(passage), 0);
        return;
    }
    KeyedMemory::Found known;
    for (const std::string &resource : resources) {
        if (std::optional<std::string> owner = m_parts.owners.cached(resource))
            known.emplace(resource, std::move(*owner));
    }
    if (known.size() == resources.size()) {
        runOwned(job, std::move(passage), resources, known);
        return;
    }
    auto shared = std::make_shared<std::unique_ptr<Passage>>(std::move(passage));
    m_parts.owners.find(resources, this, [this, job, shared, resources](const KeyedMemory::Found &owners) {
        if (!job->isOver())
            runOwned(job, std::move(*shared), resources, owners);
    });
}

void Relay::runOwned(const std::shared_ptr<RelayJob> &job, std::unique_ptr<Passage> passage,
                     const std::vector<std::string> &resources, const KeyedMemory::Found &owners)
{
    const Result<KeyId> owner = ownerOf(resources, owners);
    if (!owner) {
        job->nameRecord(passage->name(), passage->model());
        job->refuse(owner.error());
        return;
    }
    runJob(job, std::move(passage), *owner);
}

void Relay::translated(ClientRequest request, std::unique_ptr<Downstream> down, Dialect dialect,
                       MakeTranslation make)
{
    const auto job = makeJob(std::move(request), std::move(down), dialect);
    const TranslationContext context{job->request().id, job->request().arrivedWallMs / 1000};
    Result<std::unique_ptr<Translation>> translation = make(job->request().body, context);
    if (!translation) {
        job->refuse(translation.error());
        return;
    }
    const auto preparation = std::make_shared<Preparation>();
    preparation->job = job;
    preparation->translation = std::move(*translation);
    job->nameRecord(preparation->translation->name(), preparation->translation->model());
    findSignatures(preparation);
}

void Relay::openAiChat(ClientRequest request, std::unique_ptr<Downstream> down)
{
    translated(std::move(request), std::move(down), Dialect::OpenAi, Gateway::openAiChat);
}

void Relay::openAiEmbeddings(ClientRequest request, std::unique_ptr<Downstream> down)
{
    translated(std::move(request), std::move(down), Dialect::OpenAi, Gateway::openAiEmbeddings);
}

void Relay::findSignatures(const std::shared_ptr<Preparation> &preparation)
{
    std::vector<std::string> missing;
    for (const std::string &id : preparation->translation->wantedSignatures()) {
        if (std::optional<std::string> signature = m_parts.signatures.cached(id))
            preparation->inputs.signatures.emplace(id, std::move(*signature));
        else
            missing.push_back(id);
    }
    if (missing.empty()) {
        findMedia(preparation);
        return;
    }
    m_parts.signatures.find(std::move(missing), this, [this, preparation](KeyedMemory::Found found) {
        preparation->inputs.signatures.merge(found);
        findMedia(preparation);
    });
}

void Relay::findMedia(const std::shared_ptr<Preparation> &preparation)
{
    const std::vector<std::string> &urls = preparation->translation->wantedMedia();
    if (urls.empty() || preparation->job->isOver()) {
        prepared(preparation);
        return;
    }
    if (!m_options.fetchesMedia) {
        preparation->job->refuse(Error{
            400,
            "image_fetch_off",
            "This gateway does not fetch pictures by URL (setting IMAGE_FETCH). Send them as data: URLs.",
            {},
            0});
        return;
    }
    preparation->pendingMedia = urls.size();
    for (const std::string &url : urls) {
        preparation->fetches.push_back(
            m_parts.media.start(url, [this, preparation, url](Result<FetchedBytes> fetched) {
                Result<FetchedMedia> media =
                    fetched ? Result<FetchedMedia>(
                                  FetchedMedia{std::move(fetched->mimeType), std::move(fetched->bytes)})
                            : Result<FetchedMedia>(tl::unexpected<Error>(std::move(fetched.error())));
                preparation->inputs.media.emplace(url, std::move(media));
                if (--preparation->pendingMedia == 0)
                    QMetaObject::invokeMethod(
                        this, [this, preparation] { prepared(preparation); }, Qt::QueuedConnection);
            }));
    }
}

void Relay::prepared(const std::shared_ptr<Preparation> &preparation)
{
    preparation->fetches.clear();
    const std::shared_ptr<RelayJob> job = preparation->job;
    if (job->isOver())
        return;
    Result<std::string> body = preparation->translation->geminiBody(preparation->inputs);
    if (!body) {
        job->refuse(body.error());
        return;
    }
    std::vector<std::string> resources = namedResources({}, {}, *body);
    runForOwner(job,
                std::make_unique<TranslatedPassage>(std::move(preparation->translation), std::move(*body),
                                                    m_options.googleHost, m_parts.signatures, m_parts.clock),
                std::move(resources));
}

void Relay::runJob(const std::shared_ptr<RelayJob> &job, std::unique_ptr<Passage> passage, KeyId owner)
{
    if (passage->isStream() && m_options.heartbeatMs > 0) {
        m_waitingStreams.emplace_back(m_parts.clock.monotonicMs() + m_options.heartbeatMs, job);
        if (!m_heartbeat->isActive())
            m_heartbeat->start(HEARTBEAT_TICK_MS);
    }
    job->run(std::move(passage), owner);
}

void Relay::beginWaitingStreams()
{
    const std::int64_t now = m_parts.clock.monotonicMs();
    while (!m_waitingStreams.empty() && m_waitingStreams.front().first <= now) {
        const std::shared_ptr<RelayJob> job = m_waitingStreams.front().second.lock();
        m_waitingStreams.pop_front();
        if (job)
            job->beginEarly();
    }
    if (m_waitingStreams.empty())
        m_heartbeat->stop();
}

void Relay::models(ClientRequest request, std::unique_ptr<Downstream> down, Dialect dialect, std::string id)
{
    const auto job = makeJob(std::move(request), std::move(down), dialect);
    job->nameRecord(id.empty() ? "models.list" : "models.get", id);
    m_catalogue.list([job, dialect, id = std::move(id)](const Result<ModelCatalogue::Models> &models) {
        if (job->isOver())
            return;
        if (!models) {
            job->refuse(models.error());
            return;
        }
        if (id.empty()) {
            job->answer("application/json; charset=utf-8", modelListBody(dialect, **models));
            return;
        }
        const auto found = std::find_if((*models)->begin(), (*models)->end(),
                                        [&id](const ModelInfo &model) { return model.id == id; });
        if (found == (*models)->end())
            job->refuse(Error{404, "model_not_found", "Gemini has no model \"" + id + "\".", "model", 0});
        else
            job->answer("application/json; charset=utf-8", modelBody(dialect, *found));
    });
}

void Relay::fetchModelPage(const std::string &query, std::function<void(Result<std::string>)> done)
{
    ClientRequest question;
    question.method = "GET";
    question.path = "/v1beta/models";
    question.query = query;
    question.arrivedMs = m_parts.clock.monotonicMs();
    auto down = std::make_unique<CollectingDown>([done = std::move(done)](int status, std::string body) {
        if (status == 200)
            done(std::move(body));
        else
            done(tl::unexpected<Error>(errorFromGemini(status, body)));
    });
    const auto job = makeJob(std::move(question), std::move(down), Dialect::Gemini);
    job->leaveNoRecord();
    NativeRequest native = prepareNative(job->request(), m_options.googleHost);
    runJob(job,
           std::make_unique<NativePassage>(job->request(), std::move(native), m_parts.owners, m_parts.clock),
           0);
}

void Relay::later(std::int64_t ms, RelayJob &job, void (RelayJob::*action)())
{
    QTimer::singleShot(static_cast<int>(ms), this, [weak = job.weak_from_this(), action] {
        const std::shared_ptr<RelayJob> alive = weak.lock();
        if (alive && !alive->isOver())
            (alive.get()->*action)();
    });
}

void Relay::finished(RelayJob &job)
{
    m_jobs.erase(&job);
}

} // namespace Gateway
