// Speech and transcripts of OpenAI's dialect: which of Gemini's models they are asked of.
#include <utility>

#include <QFuture>
#include <QPromise>
#include <QThreadPool>

#include "gateway/dialects/audio/audio.h"
#include "gateway/dialects/bestmodel.h"
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
    StandIn standIn = task == AudioTask::Speech ? speaking() : transcribing();
    withCodecs([this, job, standIn = std::move(standIn), make] {
        if (!job->isOver())
            prepareWith(job, standIn, make);
    });
}

Relay::StandIn Relay::speaking() const
{
    return {[](std::string_view asked) { return isOpenAiAudioModel(AudioTask::Speech, asked); },
            [](std::string_view model) { return doesAudioTask(AudioTask::Speech, model); },
            m_options.speechModel, speechModelFor,
            "Gemini lists no model for speech that this token may use. Name one as the model, or in the "
            "setting SPEECH_MODEL."};
}

Relay::StandIn Relay::transcribing() const
{
    return {[](std::string_view asked) { return isOpenAiAudioModel(AudioTask::Transcript, asked); },
            [](std::string_view model) { return doesAudioTask(AudioTask::Transcript, model); },
            m_options.transcriptionModel,
            [](std::string_view, std::span<const ModelInfo> models) {
                return bestModel(models, ModelKind::Flash);
            },
            "Gemini lists no model for transcripts that this token may use. Name one as the model, or in "
            "the setting TRANSCRIPTION_MODEL."};
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

} // namespace Gateway
