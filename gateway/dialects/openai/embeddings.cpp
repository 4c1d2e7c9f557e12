#include "gateway/dialects/openai/embeddings.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <utility>

#include "gateway/dialects/base64.h"
#include "gateway/dialects/errors.h"
#include "gateway/dialects/geminianswer.h"
#include "gateway/dialects/jsonpath.h"
#include "gateway/dialects/modelname.h"

namespace Gateway {

namespace {

/// Google: "BatchEmbedContentsRequest.requests: at most 100 requests can be in one batch".
constexpr std::size_t MAX_INPUTS = 100;
constexpr std::int64_t MAX_DIMENSIONS = 1 << 16;
/// Single precision leaves a unit vector of some thousand numbers well within this of 1.
constexpr double UNIT_TOLERANCE = 1e-3;

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

/// The factor that brings `values` to length 1, or 1 when they are there already.
double unitFactor(const json::array &values)
{
    double squares = 0;
    for (const json::value &value : values) {
        const double number = value.is_number() ? value.to_number<double>() : 0;
        squares += number * number;
    }
    const double length = std::sqrt(squares);
    return length > 0 && std::isfinite(length) && std::abs(length - 1) > UNIT_TOLERANCE ? 1 / length : 1;
}

void appendFloat(std::string &out, float number)
{
    char digits[32];
    out.append(digits, std::to_chars(digits, digits + sizeof(digits), number).ptr);
}

/// OpenAI's base64 form: the numbers as IEEE 754 single precision, little-endian.
void appendLittleEndian(std::string &out, float number)
{
    const auto bits = std::bit_cast<std::uint32_t>(number);
    for (int shift = 0; shift < 32; shift += 8)
        out += static_cast<char>(bits >> shift & 0xff);
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
        return refuse(path, "holds " + std::to_string(list->size()) + " texts; Gemini takes at most " +
                                std::to_string(MAX_INPUTS) + " in one call: send them in smaller batches.");
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

Result<std::string> OpenAiEmbeddings::answer(std::string_view geminiJson)
{
    GeminiAnswer gemini;
    if (Result<void> read = gemini.read(geminiJson); !read)
        return fail(std::move(read.error()));
    const json::array *embeddings = arrayAt(gemini.object(), "embeddings");
    if (!embeddings || embeddings->size() != m_asked)
        return fail(502, "bad_upstream_answer", "Gemini did not answer with one vector for each input.");
    std::string out = "{\"object\":\"list\",\"data\":[";
    for (std::size_t i = 0; i < embeddings->size(); ++i) {
        const json::array *values = valuesOf((*embeddings)[i]);
        if (!values)
            return fail(502, "bad_upstream_answer", "Gemini answered with an embedding without values.");
        out += i == 0 ? "" : ",";
        out += "{\"object\":\"embedding\",\"index\":" + std::to_string(i) + ",\"embedding\":";
        if (Result<void> written = appendVector(out, *values); !written)
            return fail(std::move(written.error()));
        out += '}';
    }
    if (gemini.usage()) {
        GeminiUsage usage;
        usage.read(*gemini.usage());
        m_tokens = usage.counts;
    }
    const std::string count = std::to_string(std::max<std::int64_t>(m_tokens.prompt, 0));
    out += "],\"model\":";
    appendJsonString(out, m_model);
    out += ",\"usage\":{\"prompt_tokens\":" + count + ",\"total_tokens\":" + count + "}}";
    return out;
}

Result<void> OpenAiEmbeddings::appendVector(std::string &out, const json::array &values) const
{
    const double factor = m_dimensions > 0 ? unitFactor(values) : 1;
    std::string bytes;
    if (m_base64)
        bytes.reserve(values.size() * sizeof(float));
    else
        out += '[';
    for (const json::value &value : values) {
        if (!value.is_number())
            return fail(502, "bad_upstream_answer", "Gemini answered with a vector that holds no numbers.");
        const auto number = static_cast<float>(value.to_number<double>() * factor);
        if (!std::isfinite(number))
            return fail(502, "bad_upstream_answer", "Gemini answered with a number out of range.");
        if (m_base64) {
            appendLittleEndian(bytes, number);
            continue;
        }
        if (&value != &values.front())
            out += ',';
        appendFloat(out, number);
    }
    if (m_base64) {
        out += '"';
        appendBase64(out, bytes);
        out += '"';
    } else {
        out += ']';
    }
    return {};
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
