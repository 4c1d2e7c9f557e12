#include "gateway/relay/preparation.h"

#include <utility>

#include "gateway/dialects/changedtranslation.h"
#include "gateway/relay/admission.h"
#include "gateway/relay/resources.h"
#include "gateway/relay/translatedpassage.h"

namespace Gateway {

namespace {

Result<TranslatedPassage::Wording> rewordFor(const ModelMeaning &meaning, MakeTranslation make,
                                             const std::weak_ptr<RelayJob> &weakJob,
                                             const TranslationInputs &inputs,
                                             const TranslationContext &context)
{
    const std::shared_ptr<RelayJob> job = weakJob.lock();
    if (!job)
        return fail(500, "request_gone", "The request is over.");
    Result<std::unique_ptr<Translation>> made =
        translationFor(meaning.model, make, job->request().body, context);
    if (!made)
        return tl::unexpected<Error>(std::move(made.error()));
    std::unique_ptr<Translation> translation = withParameters(std::move(*made), meaning.parameters);
    Result<std::string> body = translation->geminiBody(inputs);
    if (!body)
        return tl::unexpected<Error>(std::move(body.error()));
    return TranslatedPassage::Wording{std::move(translation), std::move(*body)};
}

} // namespace

Preparation::Preparation(const RelayParts &parts, const RelayOptions &options, ModelNames &names,
                         QObject *context, std::shared_ptr<RelayJob> job)
    : m_parts(parts)
    , m_options(options)
    , m_names(names)
    , m_context(context)
    , m_job(std::move(job))
{
}

TranslationContext Preparation::context() const
{
    const ClientRequest &request = m_job->request();
    TranslationContext context;
    context.requestId = request.id;
    context.createdSeconds = request.arrivedWallMs / 1000;
    context.answerId = request.answerId;
    context.contentType = headerValue(request.headers, "content-type");
    context.audio = m_parts.audio;
    context.findsCacheMark = m_options.explicitCaches;
    return context;
}

void Preparation::start(MakeTranslation make, Done done)
{
    Result<std::unique_ptr<Translation>> translation = make(m_job->request().body, context());
    if (!translation) {
        m_job->refuse(translation.error());
        return;
    }
    m_job->nameRecord((*translation)->name(), (*translation)->model());
    m_make = make;
    m_done = std::move(done);
    m_translation = std::move(*translation);
    if (m_findModel)
        findModel();
    else
        findMeaning();
}

void Preparation::findModel()
{
    m_findModel(m_translation->model(), [self = shared_from_this()](const Result<std::string> &model) {
        if (self->m_job->isOver())
            return;
        if (!model)
            self->m_job->refuse(model.error());
        else if (*model == self->m_translation->model())
            self->findMeaning();
        else
            self->understand(ModelMeaning(self->m_names.meaning(*model, self->m_job->request().parameters)));
    });
}

void Preparation::findMeaning()
{
    if (const ModelMeaning *meaning = m_names.find(m_translation->model(), m_job->request().parameters)) {
        understand(*meaning);
        return;
    }
    m_names.wait([self = shared_from_this()] {
        if (!self->m_job->isOver())
            self->understand(
                self->m_names.meaning(self->m_translation->model(), self->m_job->request().parameters));
    });
}

void Preparation::understand(const ModelMeaning &meaning)
{
    if (meaning.model != m_translation->model())
        m_job->useModel(meaning.model);
    m_parameters = meaning.parameters;
    m_job->request().parameters = meaning.parameters;
    Result<std::unique_ptr<Translation>> translation =
        namedTranslation(std::move(m_translation), meaning, m_make, m_job->request().body, context());
    if (!translation) {
        m_job->refuse(translation.error());
        return;
    }
    m_translation = std::move(*translation);
    m_job->tellIgnored(m_translation->ignored());
    if (const Result<void> admitted = admit(m_job->request(), m_translation->model()); !admitted) {
        m_job->refuse(admitted.error());
        return;
    }
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
        m_job->runParts(std::move(m_translation), std::move(parts), std::move(m_inputs));
        return;
    }
    Result<std::string> body = m_translation->geminiBody(m_inputs);
    if (!body) {
        m_job->refuse(body.error());
        return;
    }
    std::vector<std::string> resources = namedResources({}, {}, *body);
    TranslatedPassage::Reword reword;
    if (resources.empty() && !m_options.fallbacks.after(m_translation->model()).empty())
        reword = [make = m_make, parameters = m_parameters, job = std::weak_ptr<RelayJob>(m_job),
                  context = context(),
                  inputs = std::make_shared<const TranslationInputs>(std::move(m_inputs))](
                     const std::string &model) {
            return rewordFor({model, parameters}, make, job, *inputs, context);
        };
    m_done(std::make_unique<TranslatedPassage>(
               TranslatedPassage::Wording{std::move(m_translation), std::move(*body)}, std::move(reword),
               m_options.googleHost, m_parts.signatures, m_parts.clock, m_job->request().arrivedMs),
           std::move(resources));
}

} // namespace Gateway
