#include "gateway/dialects/audio/transcriptionform.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "gateway/common/text.h"
#include "gateway/dialects/audio/recordingtype.h"
#include "gateway/dialects/contentpartstypes.h"
#include "gateway/dialects/jsonpath.h"
#include "gateway/dialects/modelname.h"

namespace Gateway {

namespace {

/// Base64 makes 96 MB of it; Google takes 100 MB with all the rest (ai.google.dev/gemini-api/docs/
/// file-input-methods).
constexpr std::size_t LONGEST_RECORDING = 72'000'000;

constexpr std::pair<std::string_view, TranscriptFormat> FORMATS[] = {
    {"json", TranscriptFormat::Json},
    {"text", TranscriptFormat::Text},
    {"srt", TranscriptFormat::Srt},
    {"vtt", TranscriptFormat::Vtt},
    {"verbose_json", TranscriptFormat::VerboseJson},
    {"diarized_json", TranscriptFormat::DiarizedJson},
};

/// What OpenAI calls optional and Gemini has nothing like.
constexpr std::string_view FOREIGN[] = {"chunking_strategy", "include"};

tl::unexpected<Error> refuseField(std::string_view name, std::string_view what,
                                  std::string_view code = "invalid_value")
{
    const JsonPath root;
    return refuse(JsonPath(root, name), what, code);
}

/// A list comes as "name[]", "name[0]" or "name", once for each entry.
std::vector<std::string_view> listOf(const std::vector<FormField> &form, std::string_view name)
{
    std::vector<std::string_view> list;
    for (const FormField &field : form) {
        const std::string_view called = field.name;
        if (called.starts_with(name) && (called.size() == name.size() || called[name.size()] == '['))
            list.push_back(field.content);
    }
    return list;
}

bool isTrue(std::string_view text)
{
    return equalsIgnoreCase(text, "true") || text == "1";
}

Result<TranscriptFormat> formatOf(std::string_view word, bool isTranslation)
{
    if (word.empty())
        return TranscriptFormat::Json;
    for (const auto &[name, format] : FORMATS) {
        if (name == word && !(isTranslation && format == TranscriptFormat::DiarizedJson))
            return format;
    }
    return refuseField("response_format",
                       isTranslation ? "must be one of 'json', 'text', 'srt', 'verbose_json' and 'vtt'."
                                     : "must be one of 'json', 'text', 'srt', 'verbose_json', 'vtt' and "
                                       "'diarized_json'.");
}

Result<std::optional<double>> temperatureOf(std::string_view text)
{
    if (text.empty())
        return std::nullopt;
    double value = -1;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size() || !(value >= 0 && value <= 1))
        return refuseField("temperature", "must be a number between 0 and 1.");
    return value;
}

Result<void> readRecording(TranscriptionForm &out, const std::vector<FormField> &form)
{
    const FormField *file = fieldAt(form, "file");
    if (!file)
        return refuseField("file", "is missing: the form needs a field 'file'.",
                           "missing_required_parameter");
    if (file->content.empty())
        return refuseField("file", "is empty.");
    if (file->content.size() > LONGEST_RECORDING)
        return fail(Error{413, "content_too_large",
                          "The recording has " + std::to_string(file->content.size()) +
                              " bytes; Gemini takes at most " + std::to_string(LONGEST_RECORDING) +
                              " in one request. Send it in pieces, or as MP3 or Opus.",
                          "file", 0});
    out.recording = file->content;
    out.mime = recordingType(file->content, file->fileName, file->contentType);
    if (out.mime.empty())
        return refuseField("file",
                           "has a format that is not known. Known are flac, m4a, mp3, mp4, mpeg, mpga, "
                           "oga, ogg, wav and webm.");
    return {};
}

Result<void> readGranularities(TranscriptionForm &out, const std::vector<FormField> &form)
{
    const std::vector<std::string_view> wanted = listOf(form, "timestamp_granularities");
    if (wanted.empty())
        return {};
    out.wantsSegments = false;
    for (const std::string_view word : wanted) {
        if (word != "word" && word != "segment")
            return refuseField("timestamp_granularities", "may hold 'word' and 'segment'.");
        (word == "word" ? out.wantsWords : out.wantsSegments) = true;
    }
    if (out.format == TranscriptFormat::VerboseJson)
        return {};
    return refuseField("timestamp_granularities", "needs response_format 'verbose_json'.");
}

Result<void> readSpeakers(TranscriptionForm &out, const std::vector<FormField> &form)
{
    for (const std::string_view name : listOf(form, "known_speaker_names"))
        out.speakers.push_back({std::string(name), {}, {}});
    const std::vector<std::string_view> samples = listOf(form, "known_speaker_references");
    if (samples.size() > out.speakers.size())
        return refuseField("known_speaker_references", "needs a name in known_speaker_names for each.");
    for (std::size_t i = 0; i < samples.size(); ++i) {
        DataUrl url;
        if (!isDataUrl(samples[i]) || !readDataUrl(samples[i], url) || !url.base64 || url.data.empty())
            return refuseField("known_speaker_references", "must be data: URLs in base64.");
        out.speakers[i].mime = recordingType({}, {}, url.mime);
        out.speakers[i].sample = url.data;
        if (out.speakers[i].mime.empty())
            return refuseField("known_speaker_references", "has a sample of a format that is not known.");
    }
    return {};
}

void readHints(TranscriptionForm &out, const std::vector<FormField> &form)
{
    for (const std::string_view field : {"language", "languages"}) {
        for (const FormField &one : form) {
            const std::string_view name = std::string_view(one.name).substr(0, one.name.find('['));
            if (name == field && !one.content.empty())
                out.languages.emplace_back(one.content);
        }
    }
    for (const std::string_view word : listOf(form, "keywords"))
        out.keywords.emplace_back(word);
    out.prompt = formText(form, "prompt");
    for (const std::string_view name : FOREIGN) {
        if (!listOf(form, name).empty())
            out.ignored += (out.ignored.empty() ? "" : ", ") + std::string(name);
    }
}

} // namespace

Result<TranscriptionForm> TranscriptionForm::parse(std::string_view contentType, std::string_view body,
                                                   const std::string &model, bool isTranslation)
{
    const Result<std::vector<FormField>> form = readMultipart(contentType, body);
    if (!form)
        return fail(form.error());
    TranscriptionForm out;
    out.isTranslation = isTranslation;
    out.askedModel = formText(*form, "model");
    if (out.askedModel.empty())
        return refuseField("model", "is missing.", "missing_required_parameter");
    out.model = model.empty() ? std::string(modelIdOf(out.askedModel)) : model;
    if (out.model.empty())
        return refuseField("model", "is not the name of a model.");
    const Result<TranscriptFormat> format = formatOf(formText(*form, "response_format"), isTranslation);
    if (!format)
        return fail(format.error());
    out.format = *format;
    const Result<std::optional<double>> temperature = temperatureOf(formText(*form, "temperature"));
    if (!temperature)
        return fail(temperature.error());
    out.temperature = *temperature;
    // As OpenAI has it, whisper-1 does not stream, and neither do formats that are no stream.
    const bool mayStream = !isTranslation && !out.askedModel.starts_with("whisper") &&
                           (!out.hasTimes() || out.format == TranscriptFormat::DiarizedJson);
    out.isStream = mayStream && isTrue(formText(*form, "stream"));
    for (const auto read : {readRecording, readGranularities, readSpeakers}) {
        if (Result<void> done = read(out, *form); !done)
            return fail(std::move(done.error()));
    }
    readHints(out, *form);
    return out;
}

} // namespace Gateway
