#include "tests/support/fakemodels.h"

#include <algorithm>
#include <array>
#include <string>

namespace TestSupport {

namespace {

constexpr std::array MODELS = {
    FakeModel{"gemini-3.8-flash", "Gemini 3.8 Flash", 38},
    FakeModel{"gemini-3.7-flash", "Gemini 3.7 Flash", 37},
    FakeModel{"gemini-3.6-flash", "Gemini 3.6 Flash", 36},
    FakeModel{"gemini-3.5-flash", "Gemini 3.5 Flash", 35},
    FakeModel{"gemini-3.5-flash-lite", "Gemini 3.5 Flash-Lite", 35},
    FakeModel{"gemini-3.1-pro-preview", "Gemini 3.1 Pro Preview", 31},
    FakeModel{"gemini-3.1-flash-image", "Gemini 3.1 Flash Image", 31, false, true},
    FakeModel{"gemini-2.5-flash", "Gemini 2.5 Flash", 25},
    FakeModel{"gemini-2.5-pro", "Gemini 2.5 Pro", 25},
    FakeModel{"gemini-pro-latest", "Gemini Pro Latest", 31},
    FakeModel{"gemini-flash-latest", "Gemini Flash Latest", 38},
    FakeModel{"gemini-flash-lite-latest", "Gemini Flash-Lite Latest", 35},
    FakeModel{"gemini-omni-flash", "Gemini Omni Flash", 38, false, false, true},
    FakeModel{"gemini-3.8-flash-tts", "Gemini 3.8 Flash TTS", 38, false, false, false, true},
    FakeModel{"gemini-3.8-flash-lite-tts", "Gemini 3.8 Flash-Lite TTS", 38, false, false, false, true},
    FakeModel{"gemini-2.5-flash-preview-tts", "Gemini 2.5 Flash Preview TTS", 25, false, false, false, true},
    FakeModel{"gemini-2.5-pro-preview-tts", "Gemini 2.5 Pro Preview TTS", 25, false, false, false, true},
    FakeModel{"gemini-embedding-001", "Gemini Embedding 001", 0, true},
    FakeModel{"gemini-embedding-2", "Gemini Embedding 2", 0, true},
};

} // namespace

std::span<const FakeModel> fakeModels()
{
    return MODELS;
}

const FakeModel *findFakeModel(std::string_view id)
{
    const auto *found =
        std::find_if(MODELS.begin(), MODELS.end(), [&](const FakeModel &m) { return m.id == id; });
    return found == MODELS.end() ? nullptr : &*found;
}

boost::json::object modelJson(const FakeModel &model)
{
    boost::json::array methods;
    if (model.embeds)
        methods = {"embedContent", "countTextTokens", "countTokens", "asyncBatchEmbedContent"};
    else if (model.interactsOnly)
        methods = {"createInteraction"};
    else
        methods = {"generateContent", "countTokens", "createCachedContent", "batchGenerateContent"};
    boost::json::object json{{"name", "models/" + std::string(model.id)},
                             {"version", "001"},
                             {"displayName", model.name},
                             {"description", "A model of the fake."},
                             {"inputTokenLimit", model.embeds ? 2048 : 1048576},
                             {"outputTokenLimit", model.embeds ? 1 : 65536},
                             {"supportedGenerationMethods", std::move(methods)}};
    if (model.speaks) {
        json["inputTokenLimit"] = 8192;
        json["outputTokenLimit"] = 16384;
    } else if (!model.embeds) {
        json["temperature"] = 1;
        json["topP"] = 0.95;
        json["topK"] = 64;
        json["maxTemperature"] = 2;
        json["thinking"] = true;
    }
    return json;
}

} // namespace TestSupport
