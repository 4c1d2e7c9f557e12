#include "gateway/relay/relay.h"

#include <utility>

#include <QTimer>

#include "gateway/dialects/anthropic/anthropic.h"
#include "gateway/dialects/openai/openai.h"
#include "gateway/relay/affinity.h"
#include "gateway/relay/jobcaches.h"
#include "gateway/relay/owners.h"
#include "gateway/upstream/upstreamclient.h"

namespace Gateway {

namespace {

constexpr int HEARTBEAT_TICK_MS = 500;

} // namespace

Relay::Relay(const RelayParts &parts, RelayOptions options, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
    , m_options(std::move(options))
    , m_catalogue(parts.clock,
                  [this](const std::string &query, std::function<void(Result<std::string>)> done) {
                      fetchModelPage(query, std::move(done));
                  })
    , m_names(m_catalogue, parts.clock, this)
    , m_responses(*this, m_parts, this)
    , m_heartbeat(new QTimer(this))
{
    m_responses.setDays(m_options.keptResponseDays);
    m_names.setOptions(m_options.names);
    if (m_parts.caches)
        m_cacheMaker = std::make_unique<CacheMaker>(m_parts, m_options, *m_parts.caches);
    connect(m_heartbeat, &QTimer::timeout, this, &Relay::beginWaitingStreams);
}

Relay::~Relay()
{
    const auto jobs = std::exchange(m_jobs, {}); // a job that ends says so to this object
}

void Relay::setOptions(RelayOptions options)
{
    m_options = std::move(options);
    m_responses.setDays(m_options.keptResponseDays);
    m_names.setOptions(m_options.names);
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
    prepare(makeJob(std::move(request), std::move(down), dialect), make);
}

void Relay::prepare(const std::shared_ptr<RelayJob> &job, MakeTranslation make)
{
    std::make_shared<Preparation>(m_parts, m_options, m_names, this, job)
        ->start(make, [this, job](std::unique_ptr<Passage> passage, std::vector<std::string> resources) {
            runForOwner(job, std::move(passage), std::move(resources));
        });
}

void Relay::openAiChat(ClientRequest request, std::unique_ptr<Downstream> down)
{
    translated(std::move(request), std::move(down), Dialect::OpenAi, Gateway::openAiChat);
}

void Relay::openAiCompletions(ClientRequest request, std::unique_ptr<Downstream> down)
{
    translated(std::move(request), std::move(down), Dialect::OpenAi, Gateway::openAiCompletions);
}

void Relay::openAiEmbeddings(ClientRequest request, std::unique_ptr<Downstream> down)
{
    translated(std::move(request), std::move(down), Dialect::OpenAi, Gateway::openAiEmbeddings);
}

void Relay::runTranslated(ClientRequest request, std::unique_ptr<Downstream> down, MakeTranslation make)
{
    translated(std::move(request), std::move(down), Dialect::OpenAi, make);
}

std::shared_ptr<RelayJob> Relay::ownJob(ClientRequest request, std::unique_ptr<Downstream> down)
{
    return makeJob(std::move(request), std::move(down), Dialect::OpenAi);
}

void Relay::anthropicMessages(ClientRequest request, std::unique_ptr<Downstream> down)
{
    translated(std::move(request), std::move(down), Dialect::Anthropic, Gateway::anthropicMessages);
}

void Relay::anthropicCountTokens(ClientRequest request, std::unique_ptr<Downstream> down)
{
    translated(std::move(request), std::move(down), Dialect::Anthropic, Gateway::anthropicCountTokens);
}

void Relay::runJob(const std::shared_ptr<RelayJob> &job, std::unique_ptr<Passage> passage, KeyId owner)
{
    if (passage->mayBeginEarly() && m_options.heartbeatMs > 0) {
        m_waitingStreams.emplace_back(m_parts.clock.monotonicMs() + m_options.heartbeatMs, job);
        if (!m_heartbeat->isActive())
            m_heartbeat->start(HEARTBEAT_TICK_MS);
    }
    KeyTarget target;
    target.model = passage->model();
    target.owner = owner;
    target.tags = job->request().keyTags;
    if (passage->kind() != CallKind::Other) {
        target.inputTokens = estimatedTokens(passage->upstream().body);
        if (m_options.hasAffinity)
            target.affinity = affinityOf(job->request().headers, job->request().body);
    }
    if (m_cacheMaker && m_options.explicitCaches && passage->cacheMark())
        job->useCaches(std::make_unique<JobCaches>(*m_cacheMaker));
    job->run(std::move(passage), std::move(target));
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

void Relay::later(std::int64_t ms, RelayJob &job, std::function<void()> action)
{
    QTimer::singleShot(static_cast<int>(ms), this, [weak = job.weak_from_this(), action = std::move(action)] {
        const std::shared_ptr<RelayJob> alive = weak.lock();
        if (alive && !alive->isOver())
            action();
    });
}

void Relay::finished(RelayJob &job)
{
    m_jobs.erase(&job);
}

} // namespace Gateway
