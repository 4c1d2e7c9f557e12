#include "gateway/dialects/ollama/ollamaload.h"

#include "gateway/dialects/chatrequestfields.h"
#include "gateway/dialects/errors.h"
#include "gateway/dialects/ollama/ollamarequest.h"

namespace Gateway {

namespace {

/// keep_alive is a number of seconds or a duration of Go's ("5m", "0s").
bool isNought(const json::value &keepAlive)
{
    if (const json::string *text = keepAlive.if_string())
        return !text->empty() && text->find_first_of("123456789") == json::string::npos;
    boost::system::error_code error;
    return keepAlive.is_number() && keepAlive.to_number<double>(error) == 0.0;
}

} // namespace

Result<std::unique_ptr<Translation>> OllamaLoad::parse(const json::object &body, Of of)
{
    Result<std::string> model = ollamaModel(body);
    if (!model)
        return fail(std::move(model.error()));
    auto load = std::make_unique<OllamaLoad>();
    load->m_of = of;
    load->m_model = std::move(*model);
    const json::value *keepAlive = givenField(body, "keep_alive");
    load->m_unloads = keepAlive && isNought(*keepAlive);
    return load;
}

Result<std::string> OllamaLoad::geminiBody(const TranslationInputs &)
{
    return std::string(R"({"contents":[{"role":"user","parts":[{"text":"."}]}]})");
}

Result<std::string> OllamaLoad::answer(std::string_view geminiJson)
{
    const Result<json::object> gemini = parseJsonObject(geminiJson);
    if (!gemini || objectAt(*gemini, "error"))
        return fail(errorFromGemini(200, geminiJson));
    if (m_of == Of::Embeddings)
        return std::string("{\"embedding\":[]}");
    std::string out = "{\"model\":";
    appendJsonString(out, m_model);
    if (m_of == Of::Embed)
        return out + ",\"embeddings\":[]}";
    out += ",\"created_at\":\"";
    appendUtc(out, m_times.wallMs());
    out += m_of == Of::Chat ? "\",\"message\":{\"role\":\"assistant\",\"content\":\"\"}"
                            : "\",\"response\":\"\"";
    out += ",\"done\":true,\"done_reason\":\"";
    return out + (m_unloads ? "unload\"}" : "load\"}");
}

Result<void> OllamaLoad::event(std::string_view, std::string &)
{
    return fail(500, "not_a_stream", "Loading a model is never streamed.");
}

Result<void> OllamaLoad::finish(std::string &)
{
    return fail(500, "not_a_stream", "Loading a model is never streamed.");
}

void OllamaLoad::breakOff(const Error &error, std::string &out)
{
    out += errorBody(Dialect::Ollama, error);
}

} // namespace Gateway
