#pragma once

#include <string>
#include <string_view>

#include "gateway/common/json.h"
#include "gateway/dialects/jsonpath.h"
#include "gateway/dialects/modelfamily.h"
#include "gateway/dialects/ollama/ollamarequest.h"

namespace Gateway {

/// `options`, `format`, `think` and the like → Gemini's `generationConfig`
/// (docs.ollama.com/modelfile#valid-parameters-and-values, ai.google.dev/api/generate-content
/// #generationconfig). Options of the runtime that Gemini has nothing like (num_ctx, repeat_penalty, mirostat
/// …) are passed over, as Ollama passes over those it does not know, and named in OllamaOptions::ignored.
class OllamaConfig
{
public:
    /// Both must outlive this.
    OllamaConfig(const json::object &body, const ModelFamily &family);

    /// Reads everything; also what the answer half must know goes to `options`, whose model is set.
    Result<void> read(OllamaOptions &options);

    /// Appends `,"generationConfig":{…}`, or nothing when nothing was given.
    void append(std::string &out) const;

private:
    Result<void> readStream(OllamaOptions &options) const;
    Result<void> readOptions(OllamaOptions &options);
    Result<void> readSampling(const json::object &given, OllamaOptions &options);
    Result<void> readWhole(const json::object &given);
    Result<void> readStops(const json::object &given, OllamaOptions &options);
    Result<void> readLogprobs();
    Result<void> readFormat();
    Result<void> readThinking(OllamaOptions &options);
    void think(std::string_view level, std::int64_t budget, bool shown);
    void add(std::string_view name, std::string_view json);

    const json::object &m_body;
    const ModelFamily &m_family;
    const JsonPath m_root;
    std::string m_members;
};

} // namespace Gateway
