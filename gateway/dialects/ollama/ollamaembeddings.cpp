#include "gateway/dialects/ollama/ollamaembeddings.h"

#include <algorithm>

#include "gateway/dialects/chatrequestfields.h"
#include "gateway/dialects/embeddingform.h"
#include "gateway/dialects/errors.h"
#include "gateway/dialects/ollama/ollama.h"
#include "gateway/dialects/ollama/ollamaload.h"
#include "gateway/dialects/ollama/ollamarequest.h"

namespace Gateway {

namespace {

constexpr std::int64_t MAX_DIMENSIONS = 1 << 16;

} // namespace

Result<std::unique_ptr<Translation>> OllamaEmbeddings::parse(std::string_view text, Form form)
{
    json::monotonic_resource memory;
    const Result<json::object> body = parseJsonObject(text, &memory);
    if (!body)
        return fail(body.error());
    const Result<std::string> model = ollamaModel(*body);
    if (!model)
        return fail(model.error());
    auto request = std::make_unique<OllamaEmbeddings>(form);
    request->setModel(*model);
    if (Result<void> done = request->readDimensions(*body); !done)
        return fail(std::move(done.error()));
    request->readIgnored(*body);
    if (Result<void> done = request->readInput(*body); !done)
        return fail(std::move(done.error()));
    if (request->inputCount() == 0)
        return OllamaLoad::parse(*body,
                                 form == Form::Embed ? OllamaLoad::Of::Embed : OllamaLoad::Of::Embeddings);
    return request;
}

Result<void> OllamaEmbeddings::readDimensions(const json::object &body)
{
    const JsonPath root;
    const Result<std::optional<std::int64_t>> given = wholeField(body, "dimensions", root);
    if (!given)
        return fail(given.error());
    const std::int64_t dimensions = given->value_or(0); // nought is Ollama's word for the model's own number
    if (dimensions < 0 || dimensions > MAX_DIMENSIONS)
        return refuse(JsonPath(root, "dimensions"), "must be a positive whole number.");
    setDimensions(dimensions);
    return {};
}

/// Gemini makes a vector of as much text as it takes, and has no options for it.
void OllamaEmbeddings::readIgnored(const json::object &body)
{
    if (!boolAt(body, "truncate", true))
        addIgnored(m_ignored, "truncate");
    if (const json::object *options = objectAt(body, "options")) {
        for (const json::key_value_pair &option : *options)
            addIgnored(m_ignored, option.key());
    }
}

Result<void> OllamaEmbeddings::readInput(const json::object &body)
{
    const JsonPath root;
    const std::string_view name = m_form == Form::Embed ? "input" : "prompt";
    const JsonPath path(root, name);
    const json::value *input = givenField(body, name);
    if (!input)
        return {};
    if (const json::string *text = input->if_string()) {
        if (!text->empty())
            addInput(*text);
        return {};
    }
    const json::array *list = m_form == Form::Embed ? input->if_array() : nullptr;
    if (!list)
        return refuseKind(path, m_form == Form::Embed ? "a string or an array of strings" : "a string");
    for (std::size_t i = 0; i < list->size(); ++i) {
        const json::string *text = (*list)[i].if_string();
        if (!text)
            return refuseKind(JsonPath(path, i), "a string");
        if (text->empty())
            return refuse(JsonPath(path, i), "must not be empty: Gemini has no vector for nothing.");
        addInput(*text);
    }
    return {};
}

std::unique_ptr<EmbeddingBatch> OllamaEmbeddings::makePart() const
{
    return std::make_unique<OllamaEmbeddings>(m_form);
}

Result<void> OllamaEmbeddings::appendItem(std::string &out, std::size_t, const json::array &values) const
{
    return appendEmbedding(out, values, {false, m_form == Form::Embed});
}

std::string OllamaEmbeddings::wrapped(const std::vector<std::string> &pieces, const TokenCounts &tokens) const
{
    if (m_form == Form::Embeddings)
        return "{\"embedding\":" + pieces.front() + '}';
    std::string out = "{\"model\":";
    appendJsonString(out, model());
    out += ",\"embeddings\":[";
    appendPieces(out, pieces);
    out += "],";
    m_times.appendForEmbeddings(out, std::max<std::int64_t>(tokens.prompt, 0));
    out += '}';
    return out;
}

void OllamaEmbeddings::breakOff(const Error &error, std::string &out)
{
    out += errorBody(Dialect::Ollama, error);
}

Result<std::unique_ptr<Translation>> ollamaEmbed(std::string_view body, const TranslationContext &)
{
    return OllamaEmbeddings::parse(body, OllamaEmbeddings::Form::Embed);
}

Result<std::unique_ptr<Translation>> ollamaEmbeddings(std::string_view body, const TranslationContext &)
{
    return OllamaEmbeddings::parse(body, OllamaEmbeddings::Form::Embeddings);
}

} // namespace Gateway
