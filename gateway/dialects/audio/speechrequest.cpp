#include "gateway/dialects/audio/speechrequest.h"

#include <utility>

#include "gateway/dialects/audio/voices.h"
#include "gateway/dialects/chatrequestfields.h"
#include "gateway/dialects/modelfamily.h"
#include "gateway/dialects/modelname.h"

namespace Gateway {

namespace {

constexpr double SLOWEST = 0.25;
constexpr double QUICKEST = 4;

constexpr std::pair<std::string_view, AudioFormat> FORMATS[] = {
    {"mp3", AudioFormat::Mp3},   {"opus", AudioFormat::Opus}, {"aac", AudioFormat::Aac},
    {"flac", AudioFormat::Flac}, {"wav", AudioFormat::Wav},   {"pcm", AudioFormat::Pcm},
};

/// A name, or {"id": name}.
Result<std::string_view> voiceOf(const json::object &body)
{
    const JsonPath root;
    const JsonPath path(root, "voice");
    const json::value *voice = givenField(body, "voice");
    if (!voice)
        return refuseMissing(path);
    if (const json::object *object = voice->if_object())
        return neededText(*object, "id", path);
    const json::string *name = voice->if_string();
    if (!name)
        return refuseKind(path, "a string or an object with 'id'");
    if (name->empty())
        return refuse(path, "must not be empty.");
    return std::string_view(*name);
}

Result<AudioFormat> formatOf(const json::object &body)
{
    const JsonPath root;
    const Result<std::string_view> word = textField(body, "response_format", root);
    if (!word)
        return fail(word.error());
    if (word->empty())
        return AudioFormat::Mp3;
    for (const auto &[name, format] : FORMATS) {
        if (name == *word)
            return format;
    }
    return refuse(JsonPath(root, "response_format"),
                  "must be one of 'mp3', 'opus', 'aac', 'flac', 'wav' and 'pcm'.");
}

Result<double> speedOf(const json::object &body)
{
    const JsonPath root;
    const Result<const json::value *> speed = numberField(body, "speed", root);
    if (!speed)
        return fail(speed.error());
    const double value = *speed ? (*speed)->to_number<double>() : 1;
    if (!(value >= SLOWEST && value <= QUICKEST))
        return refuse(JsonPath(root, "speed"), "must be between 0.25 and 4.");
    return value;
}

Result<bool> isEventsOf(const json::object &body)
{
    const JsonPath root;
    const Result<std::string_view> word = textField(body, "stream_format", root);
    if (!word)
        return fail(word.error());
    if (!word->empty() && *word != "audio" && *word != "sse")
        return refuse(JsonPath(root, "stream_format"), "must be 'audio' or 'sse'.");
    return *word == "sse";
}

} // namespace

Result<SpeechRequest> SpeechRequest::parse(std::string_view text)
{
    const Result<json::object> body = parseJsonObject(text);
    if (!body)
        return fail(body.error());
    const JsonPath root;
    const Result<std::string_view> model = neededText(*body, "model", root);
    if (!model)
        return fail(model.error());
    const Result<std::string_view> input = neededText(*body, "input", root);
    if (!input)
        return fail(input.error());
    if (input->find_first_not_of(" \t\r\n") == std::string_view::npos)
        return refuse(JsonPath(root, "input"), "must not be empty.");
    const Result<std::string_view> voice = voiceOf(*body);
    if (!voice)
        return fail(voice.error());
    const Result<std::string_view> instructions = textField(*body, "instructions", root);
    if (!instructions)
        return fail(instructions.error());
    const Result<AudioFormat> format = formatOf(*body);
    if (!format)
        return fail(format.error());
    const Result<double> speed = speedOf(*body);
    if (!speed)
        return fail(speed.error());
    const Result<bool> isEvents = isEventsOf(*body);
    if (!isEvents)
        return fail(isEvents.error());
    SpeechRequest request{std::string(modelIdOf(*model)),
                          std::string(*input),
                          std::string(geminiVoice(*voice)),
                          std::string(*instructions),
                          *format,
                          *speed,
                          *isEvents};
    if (request.model.empty())
        return refuse(JsonPath(root, "model"), "is not the name of a model.");
    return request;
}

std::string SpeechRequest::geminiBody() const
{
    json::object part;
    if (instructions.empty())
        part = {{"text", input}};
    else if (ModelFamily::of(model).speechMetadata)
        part = {{"text", input}, {"speechMetadata", json::object{{"style", instructions}}}};
    else
        part = {{"text", "Read the following text aloud. How to read it: " + instructions +
                             "\n\nThe text:\n" + input}};
    const json::object voiceConfig = isMadeVoice(voice)
                                         ? json::object{{"voice", voice}}
                                         : json::object{{"prebuiltVoiceConfig", {{"voiceName", voice}}}};
    return toJson(json::object{
        {"contents", json::array{json::object{{"role", "user"}, {"parts", json::array{std::move(part)}}}}},
        {"generationConfig", json::object{{"responseModalities", json::array{"AUDIO"}},
                                          {"speechConfig", {{"voiceConfig", voiceConfig}}}}}});
}

} // namespace Gateway
