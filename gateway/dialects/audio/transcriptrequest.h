#pragma once

#include <string>

#include "gateway/dialects/audio/transcriptionform.h"

namespace Gateway {

/// The form as Gemini's request: the recording, what to do with it, and the schema of times where they are
/// wanted.
std::string transcriptRequest(const TranscriptionForm &form);

} // namespace Gateway
