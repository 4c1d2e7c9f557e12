// Requests of every dialect: whatever a client sends becomes JSON for Gemini or an error that can be told.
#include <array>

#include "gateway/dialects/anthropic/anthropic.h"
#include "gateway/dialects/errors.h"
#include "gateway/dialects/ollama/ollama.h"
#include "gateway/dialects/openai/openai.h"
#include "gateway/dialects/responses/responses.h"
#include "tests/fuzz/fuzzing.h"

using namespace Gateway;
using namespace Fuzzing;

namespace {

using Parse = Result<std::unique_ptr<Translation>> (*)(std::string_view, const TranslationContext &);

struct Face
{
    Parse parse;
    Dialect dialect;
};

constexpr std::array FACES{
    Face{openAiChat, Dialect::OpenAi},              // a
    Face{openAiCompletions, Dialect::OpenAi},       // b
    Face{openAiEmbeddings, Dialect::OpenAi},        // c
    Face{openAiResponses, Dialect::OpenAi},         // d
    Face{openAiInputTokens, Dialect::OpenAi},       // e
    Face{anthropicMessages, Dialect::Anthropic},    // f
    Face{anthropicCountTokens, Dialect::Anthropic}, // g
    Face{ollamaChat, Dialect::Ollama},              // h
    Face{ollamaGenerate, Dialect::Ollama},          // i
    Face{ollamaEmbed, Dialect::Ollama},             // j
    Face{ollamaEmbeddings, Dialect::Ollama},        // k
};

void checkError(const Error &error, Dialect dialect)
{
    require(error.status >= 400 && error.status < 600 && !error.text.empty(),
            "an error has a status and words");
    require(isJson(errorBody(dialect, error, "req_fuzz")), "an error's body is JSON");
}

void checkBody(Translation &translation, Dialect dialect)
{
    TranslationInputs inputs;
    for (const std::string &id : translation.wantedSignatures())
        inputs.signatures.emplace(id, "c2lnbmF0dXJl");
    for (const std::string &url : translation.wantedMedia())
        inputs.media.emplace(url, FetchedMedia{"image/png", "\x89PNG"});
    const Result<std::string> body = translation.geminiBody(inputs);
    if (!body)
        return checkError(body.error(), dialect);
    require(isJson(*body), "a request to Gemini is JSON");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const Input input(data, size, FACES.size());
    const Face &face = FACES[input.choice];
    Result<std::unique_ptr<Translation>> made = face.parse(input.rest, {"req_fuzz", 1700000000});
    if (!made) {
        checkError(made.error(), face.dialect);
        return 0;
    }
    require(!(*made)->model().empty(), "a request names a model");
    std::vector<std::unique_ptr<Translation>> parts = (*made)->takeParts();
    if (parts.empty())
        checkBody(**made, face.dialect);
    for (const std::unique_ptr<Translation> &part : parts)
        checkBody(*part, face.dialect);
    return 0;
}
