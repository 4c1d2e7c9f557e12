#include "tests/support/fakespeech.h"

#include <algorithm>
#include <cmath>

#include "tests/support/fakeencoding.h"

namespace TestSupport {

namespace {

using Gateway::arrayAt;
using Gateway::objectAt;
using Gateway::stringAt;

constexpr int RATE = 24'000;
constexpr int WAV_BEGIN = 38;          // whole answers are WAV files from this version on
constexpr double TOKENS_A_SECOND = 25; // ai.google.dev/gemini-api/docs/pricing
constexpr double HERTZ = 440;

// ai.google.dev/gemini-api/docs/speech-generation#voices
constexpr std::string_view VOICES[] = {
    "Zephyr",    "Puck",          "Charon",       "Kore",      "Fenrir",     "Leda",
    "Orus",      "Aoede",         "Callirrhoe",   "Autonoe",   "Enceladus",  "Iapetus",
    "Umbriel",   "Algieba",       "Despina",      "Erinome",   "Algenib",    "Rasalgethi",
    "Laomedeia", "Achernar",      "Alnilam",      "Schedar",   "Gacrux",     "Pulcherrima",
    "Achird",    "Zubenelgenubi", "Vindemiatrix", "Sadachbia", "Sadaltager", "Sulafat"};

bool wantsAudio(const json::object *config)
{
    const json::array *modalities = config ? arrayAt(*config, "responseModalities") : nullptr;
    return modalities && std::ranges::find(*modalities, json::value("AUDIO")) != modalities->end();
}

Fault400 checkVoice(const FakeModel &model, const json::object &config)
{
    const json::object *speech = objectAt(config, "speechConfig");
    if (!speech)
        return std::nullopt;
    if (auto fault = checkNames(*speech, "voiceConfig multiSpeakerVoiceConfig languageCode",
                                "generation_config.speech_config"))
        return fault;
    const json::object *voice = objectAt(*speech, "voiceConfig");
    if (!voice)
        return std::nullopt;
    if (auto fault =
            checkNames(*voice, "prebuiltVoiceConfig voice", "generation_config.speech_config.voice_config"))
        return fault;
    if (voice->contains("voice") && model.version < WAV_BEGIN)
        return "Custom voices are not supported for models/" + std::string(model.id);
    const json::object *prebuilt = objectAt(*voice, "prebuiltVoiceConfig");
    const std::string_view name = prebuilt ? stringAt(*prebuilt, "voiceName") : std::string_view("Kore");
    const bool isKnown = std::ranges::any_of(
        VOICES, [name](std::string_view known) { return Gateway::equalsIgnoreCase(known, name); });
    if (!isKnown)
        return "Voice name " + std::string(name) + " is not supported.";
    return std::nullopt;
}

double secondsOf(const GenerateCall &call)
{
    if (call.orders.seconds > 0)
        return call.orders.seconds;
    const auto words = Gateway::splitList(call.orders.said, " \n").size();
    return 0.1 * static_cast<double>(std::max<std::size_t>(words, 1));
}

std::string samplesOf(double seconds)
{
    const auto count = static_cast<int>(seconds * RATE);
    std::string bytes;
    bytes.reserve(static_cast<std::size_t>(count) * 2);
    for (int i = 0; i < count; ++i) {
        const auto sample =
            static_cast<std::int16_t>(12'000 * std::sin(2 * 3.14159265358979 * HERTZ * i / RATE));
        bytes += static_cast<char>(sample);
        bytes += static_cast<char>(static_cast<std::uint16_t>(sample) >> 8);
    }
    return bytes;
}

std::string number(std::uint32_t value, int bytes)
{
    std::string out;
    for (int i = 0; i < bytes; ++i)
        out += static_cast<char>(value >> (8 * i));
    return out;
}

std::string wavFile(const std::string &samples)
{
    const auto size = static_cast<std::uint32_t>(samples.size());
    return "RIFF" + number(36 + size, 4) + "WAVEfmt " + number(16, 4) + number(1, 2) + number(1, 2) +
           number(RATE, 4) + number(2 * RATE, 4) + number(2, 2) + number(16, 2) + "data" + number(size, 4) +
           samples;
}

json::object part(std::string_view mime, std::string_view bytes)
{
    return {{"inlineData", json::object{{"mimeType", mime}, {"data", base64Encoded(bytes)}}}};
}

} // namespace

Fault400 checkSpeech(const FakeModel &model, const json::object &body)
{
    const json::object *config = objectAt(body, "generationConfig");
    if (!model.speaks)
        return std::nullopt;
    if (!wantsAudio(config))
        return "Model does not support the requested response modalities: text";
    if (body.contains("systemInstruction"))
        return "Developer instruction is not enabled for models/" + std::string(model.id);
    if (model.version >= WAV_BEGIN) {
        for (const std::string_view name : {"temperature", "topP", "topK"}) {
            if (config->contains(name))
                return std::string(name) + " is not supported for models/" + std::string(model.id);
        }
    }
    for (const json::value &content : *arrayAt(body, "contents")) {
        for (const json::value &value : *arrayAt(content.get_object(), "parts")) {
            if (!value.get_object().contains("text"))
                return "Model does not support the requested input modalities.";
            if (value.get_object().contains("speechMetadata") && model.version < WAV_BEGIN)
                return "Speech metadata is not supported for models/" + std::string(model.id);
        }
    }
    return checkVoice(model, *config);
}

std::vector<json::object> speechParts(const GenerateCall &call)
{
    const std::string samples = samplesOf(secondsOf(call));
    if (!call.stream) {
        const bool isWav = call.model->version >= WAV_BEGIN;
        return {isWav ? part("audio/wav", wavFile(samples))
                      : part("audio/L16;codec=pcm;rate=24000", samples)};
    }
    const int chunks = std::max(1, call.orders.chunks > 0 ? call.orders.chunks : call.chunks);
    const std::size_t step = samples.size() / static_cast<std::size_t>(chunks) | 1U; // odd
    std::vector<json::object> parts;
    for (std::size_t at = 0; at < samples.size(); at += step)
        parts.push_back(part("audio/L16;codec=pcm;rate=24000", std::string_view(samples).substr(at, step)));
    return parts;
}

std::int64_t speechTokens(const GenerateCall &call)
{
    return static_cast<std::int64_t>(std::ceil(secondsOf(call) * TOKENS_A_SECOND));
}

} // namespace TestSupport
