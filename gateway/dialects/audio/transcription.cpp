// POST /v1/audio/transcriptions and /v1/audio/translations.
#include <algorithm>
#include <utility>

#include "gateway/common/json.h"
#include "gateway/common/text.h"
#include "gateway/dialects/audio/audio.h"
#include "gateway/dialects/audio/audioend.h"
#include "gateway/dialects/audio/transcript.h"
#include "gateway/dialects/audio/transcriptionform.h"
#include "gateway/dialects/audio/transcriptrequest.h"
#include "gateway/dialects/audio/transcriptwriters.h"
#include "gateway/dialects/errors.h"
#include "gateway/dialects/geminianswer.h"

namespace Gateway {

namespace {

constexpr double TOKENS_A_SECOND = 32; // ai.google.dev/gemini-api/docs/audio

class OpenAiTranscript final : public Translation
{
public:
    /// `library` may be null: then nothing tells how long the recording is.
    OpenAiTranscript(TranscriptionForm form, const AudioLibrary *library)
        : m_form(std::move(form))
        , m_library(library)
    {
    }

    const std::string &model() const override { return m_form.model; }
    std::string_view method() const override { return "generateContent"; }
    std::string_view name() const override
    {
        return m_form.isTranslation ? "audio.translations" : "audio.transcriptions";
    }
    bool isStream() const override { return m_form.isStream; }
    bool isChat() const override { return false; }
    const std::vector<std::string> &wantedSignatures() const override { return m_nothing; }
    const std::vector<std::string> &wantedMedia() const override { return m_nothing; }
    std::string ignored() const override { return m_form.ignored; }
    Result<std::string> geminiBody(const TranslationInputs &) override
    {
        if (m_library)
            m_duration = m_library->duration(m_form.recording);
        return transcriptRequest(m_form);
    }

    void restart() override;
    Result<std::string> answer(std::string_view geminiJson) override;
    Result<void> event(std::string_view geminiJson, std::string &out) override;
    Result<void> finish(std::string &out) override;
    void breakOff(const Error &error, std::string &out) override
    {
        const std::string body = errorBody(Dialect::OpenAi, error);
        out += isStream() ? "data: " + body + "\n\n" : body;
    }
    std::string_view contentType() const override;

    const TokenCounts &tokens() const override { return m_usage.counts; }
    std::vector<std::pair<std::string, std::string>> takeSignatures() override { return {}; }

private:
    Result<void> read(std::string_view geminiJson);
    Result<std::string> timedAnswer() const;
    double durationOf(const Transcript &transcript) const;

    TranscriptionForm m_form;
    const AudioLibrary *m_library;
    std::optional<double> m_duration; ///< Of the recording, in seconds, where it is known.
    std::vector<std::string> m_nothing;
    std::string m_text;     ///< What Gemini wrote so far, without blanks at its beginning.
    std::size_t m_told = 0; ///< Of it: what went down.
    std::string m_finish;   ///< Google's finishReason.
    GeminiUsage m_usage;
};

void OpenAiTranscript::restart()
{
    m_text.clear();
    m_told = 0;
    m_finish.clear();
    m_usage = {};
}

std::string_view OpenAiTranscript::contentType() const
{
    switch (m_form.format) {
    case TranscriptFormat::Text:
    case TranscriptFormat::Srt:
        return "text/plain; charset=utf-8";
    case TranscriptFormat::Vtt:
        return "text/vtt; charset=utf-8";
    default:
        return "application/json";
    }
}

Result<void> OpenAiTranscript::read(std::string_view geminiJson)
{
    GeminiAnswer gemini;
    if (Result<void> done = gemini.read(geminiJson); !done)
        return done;
    if (gemini.usage())
        m_usage.read(*gemini.usage());
    if (gemini.candidates() && !gemini.candidates()->empty()) {
        const GeminiCandidate candidate = GeminiCandidate::read(gemini.candidates()->front());
        for (std::size_t i = 0; candidate.parts && i < candidate.parts->size(); ++i) {
            const GeminiPart part = GeminiPart::read((*candidate.parts)[i]);
            if (part.kind == GeminiPart::Kind::Text && !part.isThought)
                m_text += part.text;
        }
        if (!candidate.finishReason.empty())
            m_finish = candidate.finishReason;
        if (m_told == 0)
            m_text.erase(0, std::min(m_text.find_first_not_of(" \t\r\n"), m_text.size()));
    }
    return checkFilter(gemini.blockReason(), m_finish);
}

/// The container's own word, else what Google counted, else the last thing that was said.
double OpenAiTranscript::durationOf(const Transcript &transcript) const
{
    if (m_duration)
        return *m_duration;
    return m_usage.promptAudio > 0 ? static_cast<double>(m_usage.promptAudio) / TOKENS_A_SECOND
                                   : transcript.end();
}

Result<std::string> OpenAiTranscript::timedAnswer() const
{
    const Result<Transcript> transcript = Transcript::parse(m_text, m_duration);
    if (!transcript)
        return fail(transcript.error());
    switch (m_form.format) {
    case TranscriptFormat::Srt:
        return srtOf(*transcript);
    case TranscriptFormat::Vtt:
        return vttOf(*transcript);
    case TranscriptFormat::DiarizedJson:
        return diarizedJsonOf(*transcript, durationOf(*transcript), m_usage);
    default:
        return verboseJsonOf(*transcript, {m_form.isTranslation, m_form.wantsSegments, m_form.wantsWords,
                                           durationOf(*transcript), m_form.temperature.value_or(0)});
    }
}

Result<std::string> OpenAiTranscript::answer(std::string_view geminiJson)
{
    restart();
    if (Result<void> done = read(geminiJson); !done)
        return fail(done.error());
    if (Result<void> complete = checkComplete(m_finish); !complete)
        return fail(complete.error());
    if (m_form.hasTimes())
        return timedAnswer();
    std::string text(trimmed(m_text));
    if (m_form.format == TranscriptFormat::Text)
        return text + '\n';
    std::string out = "{\"text\":";
    appendJsonString(out, text);
    if (!m_form.isTranslation)
        out += ",\"usage\":" + tokenUsageOf(m_usage);
    return out + '}';
}

Result<void> OpenAiTranscript::event(std::string_view geminiJson, std::string &out)
{
    if (Result<void> done = read(geminiJson); !done)
        return done;
    if (m_form.hasTimes())
        return {};                                                  // half a segment is none
    const std::size_t end = m_text.find_last_not_of(" \t\r\n") + 1; // blanks at the very end are not told
    if (end > m_told) {
        out += R"(data: {"type":"transcript.text.delta","delta":)";
        appendJsonString(out, std::string_view(m_text).substr(m_told, end - m_told));
        out += "}\n\n";
        m_told = end;
    }
    return {};
}

Result<void> OpenAiTranscript::finish(std::string &out)
{
    if (Result<void> complete = checkComplete(m_finish); !complete)
        return complete;
    std::string text(trimmed(m_text));
    if (m_form.hasTimes()) {
        const Result<Transcript> transcript = Transcript::parse(m_text, m_duration);
        if (!transcript)
            return fail(transcript.error());
        for (std::size_t i = 0; i < transcript->segments.size(); ++i)
            out += segmentEventOf(*transcript, i);
        text = transcript->text();
    }
    out += R"(data: {"type":"transcript.text.done","text":)";
    appendJsonString(out, text);
    out += ",\"usage\":" + tokenUsageOf(m_usage) + "}\n\n";
    return {};
}

Result<std::unique_ptr<Translation>> transcriptOf(std::string_view body, const TranslationContext &context,
                                                  bool isTranslation)
{
    Result<TranscriptionForm> form =
        TranscriptionForm::parse(context.contentType, body, context.formModel, isTranslation);
    if (!form)
        return fail(std::move(form.error()));
    const AudioLibrary *library = form->hasTimes() && context.audio ? context.audio() : nullptr;
    return std::make_unique<OpenAiTranscript>(std::move(*form), library);
}

} // namespace

Result<std::unique_ptr<Translation>> openAiTranscription(std::string_view body,
                                                         const TranslationContext &context)
{
    return transcriptOf(body, context, false);
}

Result<std::unique_ptr<Translation>> openAiTranslation(std::string_view body,
                                                       const TranslationContext &context)
{
    return transcriptOf(body, context, true);
}

} // namespace Gateway
