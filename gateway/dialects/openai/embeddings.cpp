#include "gateway/dialects/openai/embeddings.h"

#include <algorithm>
#include <utility>

#include "gateway/dialects/embeddingform.h"
#include "gateway/dialects/errors.h"
#include "gateway/dialects/geminianswer.h"
#include "gateway/dialects/jsonpath.h"
#include "gateway/dialects/modelname.h"

namespace Gateway {

namespace {

/// Google: "BatchEmbedContentsRequest.requests: at most 100 requests can be in one batch".
constexpr std::size_t MAX_BATCH = 100;
/// platform.openai.com/docs/api-reference/embeddings/create
constexpr std::size_t MAX_INPUTS = 2048;
constexpr std::int64_t MAX_DIMENSIONS = 1 << 16;

const json::value *given(const json::object &body, std::string_view name)
{
    const json::value *value = body.if_contains(name);
    return value && !value->is_null() ? value : nullptr;
}

tl::unexpected<Error> refuseTokens(const JsonPath &path)
{
    return refuse(
        path, "is a list of tokens. Gemini's models have another vocabulary than the one these numbers come "
              "from: send text (LangChain: check_embedding_ctx_length=False).");
}

const json::array *valuesOf(const json::value &embedding)
{
    const json::object *object = embedding.if_object();
    return object ? arrayAt(*object, "values") : nullptr;
}

} // namespace

Result<std::unique_ptr<Translation>> OpenAiEmbeddings::parse(std::string_view text)
{
    json::monotonic_resource memory;
    const Result<json::object> body = parseJsonObject(text, &memory);
    if (!body)
        return fail(body.error());
    const JsonPath root;
    auto request = std::make_unique<OpenAiEmbeddings>();
    const json::value *model = given(*body, "model");
    if (!model)
        return refuseMissing(JsonPath(root, "model"));
    if (!model->is_string())
        return refuseKind(JsonPath(root, "model"), "a string");
    request->m_model = modelIdOf(model->get_string());
    if (request->m_model.empty())
        return refuse(JsonPath(root, "model"), "is not the name of a model.");
    if (Result<void> form = request->readForm(*body); !form)
        return fail(std::move(form.error()));
    if (Result<void> input = request->readInput(*body); !input)
        return fail(std::move(input.error()));
    return std::unique_ptr<Translation>(std::move(request));
}

Result<void> OpenAiEmbeddings::readForm(const json::object &body)
{
    const JsonPath root;
    if (given(body, "dimensions")) {
        m_dimensions = integerAt(body, "dimensions", 0);
        if (m_dimensions < 1 || m_dimensions > MAX_DIMENSIONS)
            return refuse(JsonPath(root, "dimensions"), "must be a positive whole number.");
    }
    if (const json::value *format = given(body, "encoding_format")) {
        m_base64 = *format == "base64";
        if (!m_base64 && *format != "float")
            return refuse(JsonPath(root, "encoding_format"), "must be 'float' or 'base64'.");
    }
    return {};
}

Result<void> OpenAiEmbeddings::readInput(const json::object &body)
{
    const JsonPath root;
    const JsonPath path(root, "input");
    const json::value *input = given(body, "input");
    if (!input)
        return refuseMissing(path);
    if (const json::string *text = input->if_string()) {
        if (text->empty())
            return refuse(path, "must not be empty.");
        m_inputs.emplace_back(*text);
        return {};
    }
    const json::array *list = input->if_array();
    if (!list)
        return refuseKind(path, "a string or an array of strings");
    if (list->empty())
        return refuse(path, "must not be empty.");
    for (std::size_t i = 0; i < list->size(); ++i) {
        const json::value &entry = (*list)[i];
        if (entry.is_number() || entry.is_array())
            return refuseTokens(path);
        if (!entry.is_string())
            return refuseKind(JsonPath(path, i), "a string");
        if (entry.get_string().empty())
            return refuse(JsonPath(path, i), "must not be empty.");
    }
    if (list->size() > MAX_INPUTS)
        return refuse(path, "holds " + std::to_string(list->size()) + " texts; at most " +
                                std::to_string(MAX_INPUTS) +
                                " are taken in one call: send them in smaller batches.");
    for (const json::value &entry : *list)
        m_inputs.emplace_back(entry.get_string());
    return {};
}

Result<std::string> OpenAiEmbeddings::geminiBody(const TranslationInputs &)
{
    std::string out = "{\"requests\":[";
    m_asked = m_inputs.size();
    for (const std::string &input : std::exchange(m_inputs, {})) {
        if (!out.ends_with('['))
            out += ',';
        out += "{\"model\":";
        appendJsonString(out, "models/" + m_model);
        out += ",\"content\":{\"parts\":[{\"text\":";
        appendJsonString(out, input);
        out += "}]}";
        if (m_dimensions > 0)
            out += ",\"outputDimensionality\":" + std::to_string(m_dimensions);
        out += '}';
    }
    return out + "]}";
}

std::vector<std::unique_ptr<Translation>> OpenAiEmbeddings::takeParts()
{
    std::vector<std::unique_ptr<Translation>> parts;
    if (m_inputs.size() <= MAX_BATCH)
        return parts;
    std::vector<std::string> inputs = std::exchange(m_inputs, {});
    for (std::size_t first = 0; first < inputs.size(); first += MAX_BATCH) {
        auto part = std::make_unique<OpenAiEmbeddings>();
        part->m_model = m_model;
        part->m_dimensions = m_dimensions;
        part->m_base64 = m_base64;
        part->m_firstIndex = first;
        part->m_isPart = true;
        for (std::size_t i = first; i < std::min(first + MAX_BATCH, inputs.size()); ++i)
            part->m_inputs.push_back(std::move(inputs[i]));
        parts.push_back(std::move(part));
    }
    return parts;
}

Result<std::string> OpenAiEmbeddings::answer(std::string_view geminiJson)
{
    GeminiAnswer gemini;
    if (Result<void> read = gemini.read(geminiJson); !read)
        return fail(std::move(read.error()));
    const json::array *embeddings = arrayAt(gemini.object(), "embeddings");
    if (!embeddings || embeddings->size() != m_asked)
        return fail(502, "bad_upstream_answer", "Gemini did not answer with one vector for each input.");
    std::string items;
    if (Result<void> written = appendItems(items, *embeddings); !written)
        return fail(std::move(written.error()));
    if (gemini.usage()) {
        GeminiUsage usage;
        usage.read(*gemini.usage());
        m_tokens = usage.counts;
    }
    if (m_isPart)
        return items;
    return wrapped({std::move(items)}, m_tokens);
}

/// The entries of `data` without the brackets around.
Result<void> OpenAiEmbeddings::appendItems(std::string &out, const json::array &embeddings) const
{
    for (std::size_t i = 0; i < embeddings.size(); ++i) {
        const json::array *values = valuesOf(embeddings[i]);
        if (!values)
            return fail(502, "bad_upstream_answer", "Gemini answered with an embedding without values.");
        out += i == 0 ? "" : ",";
        out += "{\"object\":\"embedding\",\"index\":" + std::to_string(m_firstIndex + i) + ",\"embedding\":";
        const EmbeddingForm form{m_base64, m_dimensions > 0};
        if (Result<void> written = appendEmbedding(out, *values, form); !written)
            return written;
        out += '}';
    }
    return {};
}

std::string OpenAiEmbeddings::joined(const std::vector<std::string> &pieces, const TokenCounts &tokens)
{
    return wrapped(pieces, tokens);
}

std::string OpenAiEmbeddings::wrapped(const std::vector<std::string> &pieces, const TokenCounts &tokens) const
{
    constexpr std::size_t AROUND = 256;
    std::size_t size = AROUND + m_model.size();
    for (const std::string &piece : pieces)
        size += piece.size() + 1;
    std::string out;
    out.reserve(size);
    out += "{\"object\":\"list\",\"data\":[";
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        out += i == 0 ? "" : ",";
        out += pieces[i];
    }
    const std::string count = std::to_string(std::max<std::int64_t>(tokens.prompt, 0));
    out += "],\"model\":";
    appendJsonString(out, m_model);
    out += ",\"usage\":{\"prompt_tokens\":" + count + ",\"total_tokens\":" + count + "}}";
    return out;
}

Result<void> OpenAiEmbeddings::event(std::string_view, std::string &)
{
    return fail(500, "not_a_stream", "Embeddings are not streamed.");
}

Result<void> OpenAiEmbeddings::finish(std::string &)
{
    return fail(500, "not_a_stream", "Embeddings are not streamed.");
}

void OpenAiEmbeddings::breakOff(const Error &error, std::string &out)
{
    out += errorBody(Dialect::OpenAi, error);
}

Result<std::unique_ptr<Translation>> openAiEmbeddings(std::string_view body, const TranslationContext &)
{
    return OpenAiEmbeddings::parse(body);
}

} // namespace Gateway
