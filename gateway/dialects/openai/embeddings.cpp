#include "gateway/dialects/openai/embeddings.h"

#include <algorithm>

#include "gateway/dialects/embeddingform.h"
#include "gateway/dialects/errors.h"
#include "gateway/dialects/jsonpath.h"
#include "gateway/dialects/modelname.h"

namespace Gateway {

namespace {

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
    request->setModel(modelIdOf(model->get_string()));
    if (request->model().empty())
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
        setDimensions(integerAt(body, "dimensions", 0));
        if (dimensions() < 1 || dimensions() > MAX_DIMENSIONS)
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
        addInput(*text);
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
        addInput(entry.get_string());
    return {};
}

std::unique_ptr<EmbeddingBatch> OpenAiEmbeddings::makePart() const
{
    auto part = std::make_unique<OpenAiEmbeddings>();
    part->m_base64 = m_base64;
    return part;
}

Result<void> OpenAiEmbeddings::appendItem(std::string &out, std::size_t index,
                                          const json::array &values) const
{
    out += "{\"object\":\"embedding\",\"index\":" + std::to_string(index) + ",\"embedding\":";
    const EmbeddingForm form{m_base64, dimensions() > 0};
    if (Result<void> written = appendEmbedding(out, values, form); !written)
        return written;
    out += '}';
    return {};
}

std::string OpenAiEmbeddings::wrapped(const std::vector<std::string> &pieces, const TokenCounts &tokens) const
{
    std::string out = "{\"object\":\"list\",\"data\":[";
    appendPieces(out, pieces);
    const std::string count = std::to_string(std::max<std::int64_t>(tokens.prompt, 0));
    out += "],\"model\":";
    appendJsonString(out, model());
    out += ",\"usage\":{\"prompt_tokens\":" + count + ",\"total_tokens\":" + count + "}}";
    return out;
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
