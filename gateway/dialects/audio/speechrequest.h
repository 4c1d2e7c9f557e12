#pragma once

#include <string>
#include <string_view>

#include "gateway/common/audiolibrary.h"
#include "gateway/common/json.h"

namespace Gateway {

/// What POST /v1/audio/speech asks for.
struct SpeechRequest
{
    std::string model;
    std::string input; ///< To be spoken word for word.
    std::string voice; ///< Gemini's name.
    std::string instructions;
    AudioFormat format = AudioFormat::Mp3;
    double speed = 1;      ///< From 0.25 to 4.
    bool isEvents = false; ///< Server-sent events around the audio, in place of its bytes alone.

    /// Fails with the client's 400.
    static Result<SpeechRequest> parse(std::string_view body);

    /// How it is told to Gemini. The speed is not: the gateway changes it, exactly.
    std::string geminiBody() const;
};

} // namespace Gateway
