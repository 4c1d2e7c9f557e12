// Requests in Google's own form, and the lists of models.
#include <utility>

#include "gateway/dialects/errors.h"
#include "gateway/relay/admission.h"
#include "gateway/relay/collectingdown.h"
#include "gateway/relay/nativepassage.h"
#include "gateway/relay/relay.h"

namespace Gateway {

namespace {

constexpr std::string_view JSON = "application/json; charset=utf-8";

/// Ollama's clients look for its own words.
Error unknownModel(Dialect dialect, const std::string &id)
{
    std::string text =
        dialect == Dialect::Ollama ? "model '" + id + "' not found" : "Gemini has no model \"" + id + "\".";
    return Error{404, "model_not_found", std::move(text), "model", 0};
}

/// Whether the name of its model may be another's.
bool hasName(const NativeRequest &native)
{
    return native.namesModel || (native.words != AnswerWords::Gemini && !native.model.empty());
}

Error unreadableBody()
{
    return Error{400,
                 "unreadable_body",
                 "This gateway adds to such requests, and cannot read a body of that Content-Encoding.",
                 {},
                 0};
}

} // namespace

void Relay::native(ClientRequest request, std::unique_ptr<Downstream> down)
{
    passThrough(std::move(request), std::move(down), Dialect::Gemini);
}

void Relay::googleOpenAi(ClientRequest request, std::unique_ptr<Downstream> down)
{
    passThrough(std::move(request), std::move(down), Dialect::OpenAi);
}

/// Whether a list of models, or the one model `id`, has to be told by the gateway itself.
bool Relay::tellsModels(const ClientRequest &request, const std::string &id)
{
    if (limitsModels(request))
        return true;
    return id.empty() ? m_names.changesLists() : m_names.meaning(id).model != id;
}

void Relay::passThrough(ClientRequest request, std::unique_ptr<Downstream> down, Dialect dialect)
{
    std::optional<std::string> id = askedModels(request);
    if (id && tellsModels(request, *id)) {
        models(std::move(request), std::move(down), dialect, std::move(*id));
        return;
    }
    const auto job = makeJob(std::move(request), std::move(down), dialect);
    NativeRequest native = prepareNative(job->request(), m_options.googleHost);
    if (const Result<void> sound = checkNativeBody(job->request(), native); !sound) {
        job->nameRecord(native.method, native.model);
        job->refuse(sound.error());
        return;
    }
    const ModelParametersPtr &given = job->request().parameters;
    const ModelMeaning *meaning = hasName(native) ? m_names.find(native.model, given) : &m_nameless;
    if (meaning) {
        runNative(job, std::move(native), *meaning);
        return;
    }
    m_names.wait([this, job, native = std::move(native)] {
        if (!job->isOver())
            runNative(job, native, m_names.meaning(native.model, job->request().parameters));
    });
}

void Relay::runNative(const std::shared_ptr<RelayJob> &job, NativeRequest native, const ModelMeaning &meaning)
{
    NativeBody body(native.model, meaning.parameters);
    if (meaning.parameters)
        job->request().parameters = meaning.parameters;
    if (hasName(native) && meaning.model != native.model) {
        job->nameRecord(native.method, native.model);
        job->useModel(meaning.model);
        if (native.words != AnswerWords::Gemini && meaning.parameters && meaning.parameters->changesBodies())
            job->tellIgnored("parameters of the name");
        changeModel(native, meaning.model);
    }
    Result<void> sound;
    if (body.mayChange(native)) {
        sound = decodeBody(job->request()) ? body.write(job->request().body, native, native.model)
                                           : Result<void>(fail(unreadableBody()));
    }
    if (sound)
        sound = admitNative(job->request(), native, body.text(job->request().body));
    if (!sound) {
        if (job->record().method.empty())
            job->nameRecord(native.method, native.model);
        job->refuse(sound.error());
        return;
    }
    std::vector<std::string> resources = native.resources;
    runForOwner(job,
                std::make_unique<NativePassage>(job->request(), std::move(native), m_parts.owners,
                                                m_parts.clock, std::move(body)),
                std::move(resources));
}

void Relay::models(ClientRequest request, std::unique_ptr<Downstream> down, Dialect dialect, std::string id)
{
    const auto job = makeJob(std::move(request), std::move(down), dialect);
    job->nameRecord(id.empty() ? "models.list" : "models.get", id);
    m_catalogue.list([this, job, dialect, id = std::move(id)](const Result<ModelCatalogue::Models> &models) {
        if (job->isOver())
            return;
        if (!models) {
            job->refuse(models.error());
            return;
        }
        if (id.empty()) {
            const ModelCatalogue::Models shown = allowedModels(job->request(), m_names.shown(*models));
            job->answer(JSON, modelListBody(dialect, *shown));
            return;
        }
        const ModelCatalogue::Models allowed = allowedModels(job->request(), *models);
        if (const std::optional<ModelInfo> found = m_names.describe(*allowed, id))
            job->answer(JSON, modelBody(dialect, *found));
        else
            job->refuse(unknownModel(dialect, id));
    });
}

void Relay::fetchModelPage(const std::string &query, std::function<void(Result<std::string>)> done)
{
    ClientRequest question;
    question.method = "GET";
    question.path = "/v1beta/models";
    question.query = query;
    question.arrivedMs = m_parts.clock.monotonicMs();
    auto down = std::make_unique<CollectingDown>([done = std::move(done)](CollectedAnswer answer) {
        if (answer.status == 200)
            done(std::move(answer.body));
        else
            done(tl::unexpected<Error>(errorFromGemini(answer.status, answer.body)));
    });
    const auto job = makeJob(std::move(question), std::move(down), Dialect::Gemini);
    job->leaveNoRecord();
    NativeRequest native = prepareNative(job->request(), m_options.googleHost);
    runJob(job,
           std::make_unique<NativePassage>(job->request(), std::move(native), m_parts.owners, m_parts.clock),
           0);
}

} // namespace Gateway
