#include "gateway/dialects/embeddingbatch.h"

#include <algorithm>
#include <utility>

#include "gateway/dialects/geminianswer.h"

namespace Gateway {

namespace {

/// Google: "BatchEmbedContentsRequest.requests: at most 100 requests can be in one batch".
constexpr std::size_t MAX_BATCH = 100;

const json::array *valuesOf(const json::value &embedding)
{
    const json::object *object = embedding.if_object();
    return object ? arrayAt(*object, "values") : nullptr;
}

} // namespace

Result<std::string> EmbeddingBatch::geminiBody(const TranslationInputs &)
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

std::vector<std::unique_ptr<Translation>> EmbeddingBatch::takeParts()
{
    std::vector<std::unique_ptr<Translation>> parts;
    if (m_inputs.size() <= MAX_BATCH)
        return parts;
    std::vector<std::string> inputs = std::exchange(m_inputs, {});
    for (std::size_t first = 0; first < inputs.size(); first += MAX_BATCH) {
        std::unique_ptr<EmbeddingBatch> part = makePart();
        part->m_model = m_model;
        part->m_dimensions = m_dimensions;
        part->m_firstIndex = first;
        part->m_isPart = true;
        for (std::size_t i = first; i < std::min(first + MAX_BATCH, inputs.size()); ++i)
            part->m_inputs.push_back(std::move(inputs[i]));
        parts.push_back(std::move(part));
    }
    return parts;
}

Result<std::string> EmbeddingBatch::answer(std::string_view geminiJson)
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

/// The entries of the list without the brackets around.
Result<void> EmbeddingBatch::appendItems(std::string &out, const json::array &embeddings) const
{
    for (std::size_t i = 0; i < embeddings.size(); ++i) {
        const json::array *values = valuesOf(embeddings[i]);
        if (!values)
            return fail(502, "bad_upstream_answer", "Gemini answered with an embedding without values.");
        out += i == 0 ? "" : ",";
        if (Result<void> written = appendItem(out, m_firstIndex + i, *values); !written)
            return written;
    }
    return {};
}

std::string EmbeddingBatch::joined(const std::vector<std::string> &pieces, const TokenCounts &tokens)
{
    return wrapped(pieces, tokens);
}

Result<void> EmbeddingBatch::event(std::string_view, std::string &)
{
    return fail(500, "not_a_stream", "Embeddings are not streamed.");
}

Result<void> EmbeddingBatch::finish(std::string &)
{
    return fail(500, "not_a_stream", "Embeddings are not streamed.");
}

void appendPieces(std::string &out, const std::vector<std::string> &pieces)
{
    constexpr std::size_t AROUND = 256;
    std::size_t size = out.size() + AROUND;
    for (const std::string &piece : pieces)
        size += piece.size() + 1;
    out.reserve(size);
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        out += i == 0 ? "" : ",";
        out += pieces[i];
    }
}

} // namespace Gateway
