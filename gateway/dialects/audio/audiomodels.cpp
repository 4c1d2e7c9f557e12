#include "gateway/dialects/audio/audiomodels.h"

#include "gateway/dialects/bestmodel.h"

namespace Gateway {

namespace {

bool has(std::string_view name, std::string_view word)
{
    return name.find(word) != std::string_view::npos;
}

} // namespace

bool isOpenAiAudioModel(AudioTask task, std::string_view name)
{
    if (task == AudioTask::Speech)
        return name.starts_with("tts-") || (name.starts_with("gpt-") && has(name, "tts"));
    return name.starts_with("whisper") || (name.starts_with("gpt-") && has(name, "transcribe"));
}

bool doesAudioTask(AudioTask task, std::string_view model)
{
    return task == AudioTask::Transcript || modelKind(model) == ModelKind::Speech;
}

std::string speechModelFor(std::string_view asked, std::span<const ModelInfo> models)
{
    const bool wantsPro = has(asked, "-hd");
    const auto isWanted = [wantsPro](std::string_view id) {
        return has(id, "-pro") == wantsPro && !has(id, "lite");
    };
    const auto isLarge = [](std::string_view id) { return !has(id, "lite"); };
    std::string best = bestModel(models, ModelKind::Speech, isWanted);
    if (best.empty())
        best = bestModel(models, ModelKind::Speech, isLarge);
    return best.empty() ? bestModel(models, ModelKind::Speech) : best;
}

} // namespace Gateway
