#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/common/multipart.h"
#include "gateway/common/result.h"

namespace Gateway {

enum class TranscriptFormat : std::uint8_t { Json, Text, Srt, Vtt, VerboseJson, DiarizedJson };

/// A voice that the client knows, for formats that name speakers.
struct KnownSpeaker
{
    std::string name;
    std::string mime;   ///< Of the sample; empty when there is none.
    std::string sample; ///< Base64.
};

/// What POST /v1/audio/transcriptions or …/translations asks for. Views into the body that was parsed.
struct TranscriptionForm
{
    std::string askedModel; ///< As the form names it.
    std::string model;      ///< Gemini's, or again the client's.
    std::string_view recording;
    std::string mime;
    TranscriptFormat format = TranscriptFormat::Json;
    std::vector<std::string> languages; ///< ISO 639-1, as the client tells them.
    std::string_view prompt;
    std::vector<std::string> keywords;
    std::vector<KnownSpeaker> speakers;
    std::optional<double> temperature;
    bool isTranslation = false;
    bool isStream = false;
    bool wantsSegments = true;
    bool wantsWords = false;
    std::string ignored; ///< Names of fields that mean nothing to Gemini.

    /// Fails with the client's 400, or 413 where Google would not take the recording. `model`: in place of
    /// the form's own, unless empty.
    static Result<TranscriptionForm> parse(std::string_view contentType, std::string_view body,
                                           const std::string &model, bool isTranslation);

    /// Whether Gemini is asked for times.
    bool hasTimes() const { return format != TranscriptFormat::Json && format != TranscriptFormat::Text; }
};

} // namespace Gateway
