#include "gateway/dialects/ollama/ollamaconfig.h"

#include <algorithm>
#include <array>

#include "gateway/dialects/chatrequestfields.h"
#include "gateway/dialects/schema.h"
#include "gateway/dialects/thinkingconfig.h"

namespace Gateway {

namespace {

/// stopSequences takes no more; the rest is for the answer half.
constexpr std::size_t GEMINIS_STOPS = 5;
constexpr std::size_t MAX_STOPS = 64;
constexpr std::int64_t MAX_TOP_LOGPROBS = 20;
/// No Gemini model says more at once; clients ask for the window of a local model.
constexpr std::int64_t MOST_OUTPUT = 65536;
constexpr std::int64_t AUTOMATIC = -1;

constexpr auto HONOURED =
    std::to_array<std::string_view>({"temperature", "top_p", "top_k", "presence_penalty", "frequency_penalty",
                                     "seed", "num_predict", "stop"});

/// The levels and budgets that Google's own OpenAI endpoint gives these words
/// (ai.google.dev/gemini-api/docs/openai#thinking).
struct Effort
{
    std::string_view word;
    std::string_view level;
    std::int64_t budget;
};
constexpr auto EFFORTS = std::to_array<Effort>(
    {{"low", "LOW", 1024}, {"medium", "MEDIUM", 8192}, {"high", "HIGH", 24576}, {"max", "HIGH", 24576}});

double valueOf(const json::value &number)
{
    boost::system::error_code error;
    return number.to_number<double>(error);
}

} // namespace

OllamaConfig::OllamaConfig(const json::object &body, const ModelFamily &family)
    : m_body(body)
    , m_family(family)
{
}

Result<void> OllamaConfig::read(OllamaOptions &options)
{
    if (Result<void> done = readStream(options); !done)
        return done;
    if (Result<void> done = readOptions(options); !done)
        return done;
    if (Result<void> done = readLogprobs(); !done)
        return done;
    if (Result<void> done = readFormat(); !done)
        return done;
    return readThinking(options);
}

void OllamaConfig::append(std::string &out) const
{
    if (!m_members.empty())
        out.append(",\"generationConfig\":{").append(m_members).append("}");
}

void OllamaConfig::add(std::string_view name, std::string_view json)
{
    m_members += m_members.empty() ? "\"" : ",\"";
    m_members.append(name).append("\":").append(json);
}

Result<void> OllamaConfig::readStream(OllamaOptions &options) const
{
    const Result<bool> stream = flagField(m_body, "stream", m_root);
    if (!stream)
        return fail(stream.error());
    options.stream = *stream || !givenField(m_body, "stream");
    return {};
}

Result<void> OllamaConfig::readOptions(OllamaOptions &options)
{
    const Result<const json::object *> given = objectField(m_body, "options", m_root);
    if (!given)
        return fail(given.error());
    if (!*given)
        return {};
    for (const json::key_value_pair &member : **given) {
        const std::string_view name = member.key();
        if (!member.value().is_null() && std::ranges::find(HONOURED, name) == HONOURED.end())
            addIgnored(options.ignored, name);
    }
    if (Result<void> done = readSampling(**given, options); !done)
        return done;
    if (Result<void> done = readWhole(**given); !done)
        return done;
    return readStops(**given, options);
}

/// A penalty of zero is none, and a top_k of zero no bound; they are left out, since Gemini refuses them, as
/// newer models do with all penalties.
Result<void> OllamaConfig::readSampling(const json::object &given, OllamaOptions &options)
{
    static constexpr auto NUMBERS = std::to_array<std::pair<std::string_view, std::string_view>>(
        {{"temperature", "temperature"},
         {"top_p", "topP"},
         {"top_k", "topK"},
         {"presence_penalty", "presencePenalty"},
         {"frequency_penalty", "frequencyPenalty"}});
    const JsonPath path(m_root, "options");
    for (const auto &[name, geminiName] : NUMBERS) {
        const Result<const json::value *> number = numberField(given, name, path);
        if (!number)
            return fail(number.error());
        if (!*number || (name == "top_k" && valueOf(**number) < 1) ||
            (name.ends_with("_penalty") && valueOf(**number) == 0.0))
            continue;
        if (name.ends_with("_penalty") && !m_family.penalties)
            addIgnored(options.ignored, name);
        else
            add(geminiName, toJson(**number));
    }
    return {};
}

/// Numbers below nought are Ollama's words for "no limit" and "any seed".
Result<void> OllamaConfig::readWhole(const json::object &given)
{
    const JsonPath path(m_root, "options");
    const Result<std::optional<std::int64_t>> seed = wholeField(given, "seed", path);
    if (!seed)
        return fail(seed.error());
    if (*seed && **seed >= 0)
        add("seed", std::to_string(**seed));
    const Result<std::optional<std::int64_t>> limit = wholeField(given, "num_predict", path);
    if (!limit)
        return fail(limit.error());
    if (*limit && **limit > 0)
        add("maxOutputTokens", std::to_string(std::min(**limit, MOST_OUTPUT)));
    return {};
}

Result<void> OllamaConfig::readStops(const json::object &given, OllamaOptions &options)
{
    const json::value *stop = givenField(given, "stop");
    if (!stop)
        return {};
    const JsonPath parent(m_root, "options");
    const JsonPath path(parent, "stop");
    const json::array *list = stop->if_array();
    if (!list && !stop->is_string())
        return refuseKind(path, "a string or an array of strings");
    std::string json;
    std::size_t taken = 0;
    for (std::size_t i = 0; i < (list ? list->size() : 1); ++i) {
        const json::string *text = (list ? (*list)[i] : *stop).if_string();
        if (!text)
            return refuseKind(JsonPath(path, i), "a string");
        if (text->empty())
            continue;
        if (taken++ >= GEMINIS_STOPS) {
            options.stops.emplace_back(*text);
            continue;
        }
        json += taken > 1 ? ',' : '[';
        appendJsonString(json, *text);
    }
    if (taken > MAX_STOPS)
        return refuse(path, "may hold at most " + std::to_string(MAX_STOPS) + " texts.");
    if (taken > 0)
        add("stopSequences", json + ']');
    return {};
}

Result<void> OllamaConfig::readLogprobs()
{
    const Result<bool> logprobs = flagField(m_body, "logprobs", m_root);
    if (!logprobs)
        return fail(logprobs.error());
    const Result<std::optional<std::int64_t>> top = wholeField(m_body, "top_logprobs", m_root);
    if (!top)
        return fail(top.error());
    const std::int64_t count = top->value_or(0);
    if (count < 0 || count > MAX_TOP_LOGPROBS)
        return refuse(JsonPath(m_root, "top_logprobs"),
                      "must be between 0 and " + std::to_string(MAX_TOP_LOGPROBS) + ".");
    if (*logprobs)
        add("responseLogprobs", "true");
    if (*logprobs && count > 0)
        add("logprobs", std::to_string(count));
    return {};
}

/// "json", or a JSON Schema.
Result<void> OllamaConfig::readFormat()
{
    const json::value *format = givenField(m_body, "format");
    const json::string *word = format ? format->if_string() : nullptr;
    if (!format || (word && word->empty()))
        return {};
    const JsonPath path(m_root, "format");
    if (word ? *word != "json" : !format->is_object())
        return refuse(path, "must be 'json' or a JSON Schema.");
    add("responseMimeType", "\"application/json\"");
    if (word)
        return {};
    std::string json;
    if (Result<void> done = appendGeminiSchema(json, *format, path, SchemaUse::Answer); !done)
        return done;
    add("responseJsonSchema", json);
    return {};
}

/// Ollama lets a model that can think do so, and tells the thoughts, unless it is told otherwise.
Result<void> OllamaConfig::readThinking(OllamaOptions &options)
{
    const json::value *given = givenField(m_body, "think");
    const JsonPath path(m_root, "think");
    const bool can = m_family.thinking != ModelFamily::Thinking::None && takesThinking(options.model);
    if (!given) {
        // 2.5 Flash-Lite does not think of itself.
        const bool thinks = m_family.thinking == ModelFamily::Thinking::Level ||
                            options.model.find("lite") == std::string::npos;
        options.showThoughts = can && thinks;
        if (options.showThoughts)
            think({}, AUTOMATIC, true);
        return {};
    }
    const json::string *word = given->if_string();
    const auto *const effort =
        std::ranges::find(EFFORTS, word ? std::string_view(*word) : std::string_view(), &Effort::word);
    if (word ? effort == EFFORTS.end() : !given->is_bool())
        return refuse(path, "must be true, false, 'low', 'medium' or 'high'.");
    const bool wanted = word || given->get_bool();
    if (!can) // as Ollama says it: clients look for these words
        return wanted ? fail(Error{400, "unsupported_parameter",
                                   '"' + options.model + "\" does not support thinking", "think", 0})
                      : Result<void>();
    options.showThoughts = wanted;
    if (!wanted)
        think(m_family.minimalLevel ? "MINIMAL" : "LOW", m_family.leastBudget, false);
    else if (word)
        think(effort->level, effort->budget, true);
    else
        think({}, AUTOMATIC, true);
    return {};
}

void OllamaConfig::think(std::string_view level, std::int64_t budget, bool shown)
{
    const std::string json = thinkingConfig(m_family, level, budget, shown);
    if (!json.empty())
        add("thinkingConfig", json);
}

} // namespace Gateway
