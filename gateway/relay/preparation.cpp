#include "gateway/relay/preparation.h"

#include <utility>

#include "gateway/relay/resources.h"
#include "gateway/relay/translatedpassage.h"

namespace Gateway {

Preparation::Preparation(const RelayParts &parts, const RelayOptions &options, QObject *context,
                         std::shared_ptr<RelayJob> job)
    : m_parts(parts)
    , m_options(options)
    , m_context(context)
    , m_job(std::move(job))
{
}

void Preparation::start(MakeTranslation make, Done done)
{
    const TranslationContext context{m_job->request().id, m_job->request().arrivedWallMs / 1000};
    Result<std::unique_ptr<Translation>> translation = make(m_job->request().body, context);
    if (!translation) {
        m_job->refuse(translation.error());
        return;
    }
    m_done = std::move(done);
    m_translation = std::move(*translation);
    m_job->nameRecord(m_translation->name(), m_translation->model());
    findSignatures();
}

void Preparation::findSignatures()
{
    std::vector<std::string> missing;
    for (const std::string &id : m_translation->wantedSignatures()) {
        if (std::optional<std::string> signature = m_parts.signatures.cached(id))
            m_inputs.signatures.emplace(id, std::move(*signature));
        else
            missing.push_back(id);
    }
    if (missing.empty()) {
        findMedia();
        return;
    }
    m_parts.signatures.find(std::move(missing), m_context,
                            [self = shared_from_this()](KeyedMemory::Found found) {
                                self->m_inputs.signatures.merge(found);
                                self->findMedia();
                            });
}

void Preparation::findMedia()
{
    const std::vector<std::string> &urls = m_translation->wantedMedia();
    if (urls.empty() || m_job->isOver()) {
        prepared();
        return;
    }
    if (!m_options.fetchesMedia) {
        m_job->refuse(Error{
            400,
            "image_fetch_off",
            "This gateway does not fetch pictures by URL (setting IMAGE_FETCH). Send them as data: URLs.",
            {},
            0});
        return;
    }
    m_pendingMedia = urls.size();
    for (const std::string &url : urls)
        m_fetches.push_back(
            m_parts.media.start(url, [self = shared_from_this(), url](Result<FetchedBytes> bytes) {
                self->fetched(url, std::move(bytes));
            }));
}

void Preparation::fetched(const std::string &url, Result<FetchedBytes> bytes)
{
    Result<FetchedMedia> media =
        bytes ? Result<FetchedMedia>(FetchedMedia{std::move(bytes->mimeType), std::move(bytes->bytes)})
              : Result<FetchedMedia>(tl::unexpected<Error>(std::move(bytes.error())));
    m_inputs.media.emplace(url, std::move(media));
    if (--m_pendingMedia == 0) // not from inside the fetch, which ends with it
        QMetaObject::invokeMethod(
            m_context, [self = shared_from_this()] { self->prepared(); }, Qt::QueuedConnection);
}

void Preparation::prepared()
{
    m_fetches.clear();
    if (m_job->isOver())
        return;
    if (auto parts = m_translation->takeParts(); !parts.empty()) {
        m_job->runParts(std::move(m_translation), std::move(parts));
        return;
    }
    Result<std::string> body = m_translation->geminiBody(m_inputs);
    if (!body) {
        m_job->refuse(body.error());
        return;
    }
    std::vector<std::string> resources = namedResources({}, {}, *body);
    m_done(std::make_unique<TranslatedPassage>(std::move(m_translation), std::move(*body),
                                               m_options.googleHost, m_parts.signatures, m_parts.clock),
           std::move(resources));
}

} // namespace Gateway
