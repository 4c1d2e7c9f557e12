#pragma once

#include "tests/support/fakecheck.h"
#include "tests/support/fakegenerate.h"

namespace TestSupport {

/// Google's complaints about a request of a speech model.
Fault400 checkSpeech(const FakeModel &model, const json::object &body);

/// What a speech model says: a tone of 440 Hz, 16-bit samples of 24 kHz, `seconds=` long or a tenth of a
/// second for each word. Streamed, it comes in parts that are cut inside samples; whole, from 3.8 on, as a
/// WAV file (docs.cloud.google.com/gemini-enterprise-agent-platform/models/text-to-speech/migration-guide).
std::vector<json::object> speechParts(const GenerateCall &call);

/// How many of the tokens of the answer that is.
std::int64_t speechTokens(const GenerateCall &call);

} // namespace TestSupport
