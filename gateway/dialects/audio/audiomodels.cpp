#include "gateway/dialects/audio/audiomodels.h"

#include <algorithm>
#include <charconv>
#include <tuple>

namespace Gateway {

namespace {

constexpr std::string_view GEMINI = "gemini-";

bool has(std::string_view name, std::string_view word)
{
    return name.find(word) != std::string_view::npos;
}

/// "3.8-flash-tts" → 3.8 and "flash-tts".
struct VersionedName
{
    int major = 0; ///< 0: there is none.
    int minor = 0;
    std::string_view rest;

    explicit VersionedName(std::string_view id)
    {
        if (!id.starts_with(GEMINI))
            return;
        id.remove_prefix(GEMINI.size());
        const char *end = id.data() + id.size();
        const char *at = std::from_chars(id.data(), end, major).ptr;
        if (at != end && *at == '.')
            at = std::from_chars(at + 1, end, minor).ptr;
        if (at == end || *at != '-')
            major = 0;
        else
            rest = id.substr(static_cast<std::size_t>(at + 1 - id.data()));
    }
};

/// The greatest is the best one; of no use when the version is 0.
using Rank = std::tuple<int, int, int, int>;

Rank speechRank(const VersionedName &name, bool wantsPro)
{
    if (!has(name.rest, "tts"))
        return {};
    const bool isPro = has(name.rest, "pro");
    int kind = isPro == wantsPro ? 2 : 1;
    if (has(name.rest, "lite"))
        kind = 0;
    return {name.major, name.minor, kind, has(name.rest, "preview") ? 0 : 1};
}

/// "flash", "flash-002", "flash-preview-09-2026": none that draws, speaks or is small.
Rank transcriptRank(const VersionedName &name)
{
    constexpr std::string_view FLASH = "flash";
    if (!name.rest.starts_with(FLASH))
        return {};
    const std::string_view tail = name.rest.substr(FLASH.size());
    const bool isStable = tail.find_first_not_of("-0123456789") == std::string_view::npos;
    if (!isStable && !tail.starts_with("-preview"))
        return {};
    const bool isSpecial = has(tail, "image") || has(tail, "tts") || has(tail, "audio");
    if (isSpecial)
        return {};
    return {isStable ? 2 : 1, name.major, name.minor, tail.empty() ? 1 : 0};
}

bool generates(const ModelInfo &model)
{
    return model.methods.empty() ||
           std::ranges::find(model.methods, "generateContent") != model.methods.end();
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
    return task == AudioTask::Transcript || has(model, "tts");
}

std::string audioModelFor(AudioTask task, std::string_view asked, std::span<const ModelInfo> models)
{
    const ModelInfo *best = nullptr;
    Rank bestRank;
    for (const ModelInfo &model : models) {
        const VersionedName name(model.id);
        if (name.major == 0 || !generates(model))
            continue;
        const Rank rank =
            task == AudioTask::Speech ? speechRank(name, has(asked, "-hd")) : transcriptRank(name);
        if (rank > bestRank) {
            best = &model;
            bestRank = rank;
        }
    }
    return best ? best->id : std::string();
}

} // namespace Gateway
