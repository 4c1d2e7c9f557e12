// POST /v1/audio/speech: Gemini's samples, encoded while they come.
#include <array>
#include <utility>

#include "gateway/dialects/audio/audio.h"
#include "gateway/dialects/audio/audioend.h"
#include "gateway/dialects/audio/pcmpieces.h"
#include "gateway/dialects/audio/plainencoder.h"
#include "gateway/dialects/audio/speechrequest.h"
#include "gateway/dialects/base64.h"
#include "gateway/dialects/errors.h"
#include "gateway/dialects/geminianswer.h"

namespace Gateway {

namespace {

/// A second of speech takes about a hundredth to encode: no other stream should wait longer for its turn.
constexpr std::size_t TURN_BYTES = 48'000;

constexpr std::array<std::string_view, 6> CONTENT_TYPES{"audio/mpeg", "audio/ogg", "audio/aac",
                                                        "audio/flac", "audio/wav", "audio/pcm"};

class OpenAiSpeech final : public Translation
{
public:
    OpenAiSpeech(SpeechRequest request, const AudioLibrary *library)
        : m_request(std::move(request))
        , m_library(library)
    {
    }

    const std::string &model() const override { return m_request.model; }
    std::string_view method() const override { return "generateContent"; }
    std::string_view name() const override { return "audio.speech"; }
    bool isStream() const override { return true; }
    bool isChat() const override { return false; }
    const std::vector<std::string> &wantedSignatures() const override { return m_nothing; }
    const std::vector<std::string> &wantedMedia() const override { return m_nothing; }
    Result<std::string> geminiBody(const TranslationInputs &) override { return m_request.geminiBody(); }

    void restart() override;
    Result<std::string> answer(std::string_view) override
    {
        return fail(500, "internal_error", "Speech is always streamed.");
    }
    Result<void> event(std::string_view geminiJson, std::string &out) override;
    bool hasMore() const override { return m_pieces.waiting() > 0; }
    Result<void> more(std::string &out) override;
    Result<void> finish(std::string &out) override;
    bool tellsBreaks() const override { return m_request.isEvents; }
    void breakOff(const Error &error, std::string &out) override;
    std::string_view streamContentType() const override
    {
        return m_request.isEvents ? "text/event-stream; charset=utf-8"
                                  : CONTENT_TYPES[static_cast<std::size_t>(m_request.format)];
    }

    const TokenCounts &tokens() const override { return m_usage.counts; }
    std::vector<std::pair<std::string, std::string>> takeSignatures() override { return {}; }

private:
    Result<void> readCandidate(const json::value &value);
    Result<void> openEncoder();
    void tell(std::string audio, std::string &out) const;

    SpeechRequest m_request;
    const AudioLibrary *m_library;
    std::vector<std::string> m_nothing;
    PcmPieces m_pieces;
    std::unique_ptr<AudioEncoder> m_encoder; ///< Null before the first samples.
    std::string m_finish;                    ///< Google's finishReason.
    GeminiUsage m_usage;
};

void OpenAiSpeech::restart()
{
    m_pieces = {};
    m_encoder.reset();
    m_finish.clear();
    m_usage = {};
}

Result<void> OpenAiSpeech::readCandidate(const json::value &value)
{
    const GeminiCandidate candidate = GeminiCandidate::read(value);
    for (std::size_t i = 0; candidate.parts && i < candidate.parts->size(); ++i) {
        const GeminiPart part = GeminiPart::read((*candidate.parts)[i]);
        if (part.kind != GeminiPart::Kind::InlineData)
            continue;
        if (Result<void> added = m_pieces.add(*part.object); !added)
            return added;
    }
    if (!candidate.finishReason.empty())
        m_finish = candidate.finishReason;
    return checkFilter({}, m_finish);
}

Result<void> OpenAiSpeech::event(std::string_view geminiJson, std::string &out)
{
    GeminiAnswer gemini;
    if (Result<void> read = gemini.read(geminiJson); !read)
        return read;
    if (gemini.usage())
        m_usage.read(*gemini.usage());
    if (Result<void> passed = checkFilter(gemini.blockReason(), {}); !passed)
        return passed;
    if (gemini.candidates() && !gemini.candidates()->empty()) {
        if (Result<void> read = readCandidate(gemini.candidates()->front()); !read)
            return read;
    }
    return hasMore() ? more(out) : Result<void>();
}

Result<void> OpenAiSpeech::openEncoder()
{
    const AudioTarget target{m_request.format, m_pieces.rate(), m_request.speed};
    if (PlainEncoder::makes(target)) {
        m_encoder = std::make_unique<PlainEncoder>(target);
        return {};
    }
    if (!m_library)
        return fail(501, "audio_format_missing", "This gateway was installed without its codecs.");
    Result<std::unique_ptr<AudioEncoder>> encoder = m_library->encoder(target);
    if (!encoder)
        return fail(std::move(encoder.error()));
    m_encoder = std::move(*encoder);
    return {};
}

Result<void> OpenAiSpeech::more(std::string &out)
{
    if (!m_encoder) {
        if (Result<void> opened = openEncoder(); !opened)
            return opened;
    }
    std::string audio;
    Result<void> encoded = m_encoder->encode(m_pieces.take(TURN_BYTES), m_request.isEvents ? audio : out);
    tell(std::move(audio), out);
    return encoded;
}

void OpenAiSpeech::tell(std::string audio, std::string &out) const
{
    if (audio.empty())
        return;
    out += R"(data: {"type":"speech.audio.delta","audio":")";
    appendBase64(out, audio);
    out += "\"}\n\n";
}

Result<void> OpenAiSpeech::finish(std::string &out)
{
    while (hasMore()) {
        if (Result<void> done = more(out); !done)
            return done;
    }
    if (!m_encoder)
        return fail(502, "empty_upstream_answer",
                    "Gemini ended without speech" + (m_finish.empty() ? "." : " (" + m_finish + ")."));
    if (Result<void> complete = checkComplete(m_finish); !complete)
        return complete;
    std::string audio;
    if (Result<void> done = m_encoder->finish(m_request.isEvents ? audio : out); !done)
        return done;
    if (!m_request.isEvents)
        return {};
    tell(std::move(audio), out);
    const std::int64_t input = m_usage.input();
    const std::int64_t output = m_usage.output();
    out += R"(data: {"type":"speech.audio.done","usage":{"input_tokens":)" + std::to_string(input) +
           R"(,"output_tokens":)" + std::to_string(output) + R"(,"total_tokens":)" +
           std::to_string(input + output) + "}}\n\n";
    return {};
}

void OpenAiSpeech::breakOff(const Error &error, std::string &out)
{
    if (m_request.isEvents)
        out += "data: " + errorBody(Dialect::OpenAi, error) + "\n\n";
}

} // namespace

Result<std::unique_ptr<Translation>> openAiSpeech(std::string_view body, const TranslationContext &context)
{
    Result<SpeechRequest> request = SpeechRequest::parse(body);
    if (!request)
        return fail(std::move(request.error()));
    const AudioLibrary *library = nullptr;
    if (!PlainEncoder::makes({request->format, 24'000, request->speed})) {
        library = context.audio ? context.audio() : nullptr;
        if (!library)
            return fail(Error{501, "audio_format_missing",
                              "This gateway was installed without its codecs: it can make 'wav' and 'pcm' of "
                              "speed 1.",
                              "response_format", 0});
        // What is missing there is told now, not in the middle of an attempt.
        const auto encoder = library->encoder({request->format, 24'000, request->speed});
        if (!encoder)
            return fail(encoder.error());
    }
    return std::make_unique<OpenAiSpeech>(std::move(*request), library);
}

} // namespace Gateway
