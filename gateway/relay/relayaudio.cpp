// Speech and transcripts of OpenAI's dialect: which of Gemini's models they are asked of.
#include <utility>

#include <QFuture>
#include <QPromise>
#include <QThreadPool>

#include "gateway/dialects/audio/audio.h"
#include "gateway/relay/admission.h"
#include "gateway/relay/relay.h"

namespace Gateway {

void Relay::openAiSpeech(ClientRequest request, std::unique_ptr<Downstream> down)
{
    audio(std::move(request), std::move(down), AudioTask::Speech, Gateway::openAiSpeech);
}

void Relay::openAiTranscription(ClientRequest request, std::unique_ptr<Downstream> down)
{
    audio(std::move(request), std::move(down), AudioTask::Transcript, Gateway::openAiTranscription);
}

void Relay::openAiTranslation(ClientRequest request, std::unique_ptr<Downstream> down)
{
    audio(std::move(request), std::move(down), AudioTask::Transcript, Gateway::openAiTranslation);
}

void Relay::audio(ClientRequest request, std::unique_ptr<Downstream> down, AudioTask task,
                  MakeTranslation make)
{
    const auto job = makeJob(std::move(request), std::move(down), Dialect::OpenAi);
    const auto preparation = std::make_shared<Preparation>(m_parts, m_options, m_names, this, job);
    preparation->setFindModel(
        [this, job, task](const std::string &asked, std::function<void(Result<std::string>)> done) {
            findAudioModel(job, task, asked, std::move(done));
        });
    withCodecs([this, job, preparation, make] {
        if (!job->isOver())
            preparation->start(
                make, [this, job](std::unique_ptr<Passage> passage, std::vector<std::string> resources) {
                    runForOwner(job, std::move(passage), std::move(resources));
                });
    });
}

/// They are some hundred files: loaded beside the worker, whose other streams go on.
void Relay::withCodecs(std::function<void()> then)
{
    if (m_hasCodecs || !m_parts.audio) {
        then();
        return;
    }
    const auto loading = std::make_shared<QPromise<void>>();
    loading->start();
    loading->future().then(this, [this, then = std::move(then)] {
        m_hasCodecs = true;
        then();
    });
    QThreadPool::globalInstance()->start([loading, load = m_parts.audio] {
        load();
        loading->finish();
    });
}

/// What the client named, for Preparation to understand, or another in its place. An alias that is meant for
/// other models (gpt-*=…) does not count where it leads to one that cannot speak.
void Relay::findAudioModel(const std::shared_ptr<RelayJob> &job, AudioTask task, const std::string &asked,
                           std::function<void(Result<std::string>)> done)
{
    const bool hasAlias = m_options.names.aliases.find(asked) != nullptr;
    if (!isOpenAiAudioModel(task, asked) || (hasAlias && doesAudioTask(task, m_names.meaning(asked).model))) {
        done(asked);
        return;
    }
    const bool isSpeech = task == AudioTask::Speech;
    const std::string &set = isSpeech ? m_options.speechModel : m_options.transcriptionModel;
    if (!set.empty()) {
        done(set);
        return;
    }
    m_catalogue.list([job, task, isSpeech, asked,
                      done = std::move(done)](const Result<ModelCatalogue::Models> &models) {
        if (job->isOver())
            return;
        if (!models) {
            done(fail(models.error()));
            return;
        }
        std::string model = audioModelFor(task, asked, *allowedModels(job->request(), *models));
        if (!model.empty())
            done(std::move(model));
        else
            done(
                fail(Error{404, "model_not_found",
                           std::string("Gemini lists no model for ") + (isSpeech ? "speech" : "transcripts") +
                               " that this token may use. Name one as the model, or in the setting " +
                               (isSpeech ? "SPEECH_MODEL." : "TRANSCRIPTION_MODEL."),
                           "model", 0}));
    });
}

} // namespace Gateway
