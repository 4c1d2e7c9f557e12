#include "gateway/dialects/anthropic/messagesconfig.h"

#include <algorithm>

#include "gateway/dialects/chatrequestfields.h"
#include "gateway/dialects/schema.h"

namespace Gateway {

namespace {

constexpr std::size_t MAX_STOPS = 64;
/// No Gemini model says more at once; Claude's do, and clients ask for their limit.
constexpr std::int64_t MOST_OUTPUT = 65536;

double valueOf(const json::value &number)
{
    boost::system::error_code error;
    return number.to_number<double>(error);
}

} // namespace

MessagesConfig::MessagesConfig(const json::object &body, const ModelFamily &family)
    : m_body(body)
    , m_family(family)
{
}

Result<void> MessagesConfig::read(MessagesOptions &options)
{
    const Result<bool> stream = flagField(m_body, "stream", m_root);
    if (!stream)
        return fail(stream.error());
    options.stream = *stream;
    if (Result<void> done = readLimit(); !done)
        return done;
    if (Result<void> done = readSampling(); !done)
        return done;
    if (Result<void> done = readStops(options); !done)
        return done;
    if (Result<void> done = readFormat(); !done)
        return done;
    if (Result<void> done = readEffort(); !done)
        return done;
    return readThinking(options);
}

void MessagesConfig::append(std::string &out) const
{
    if (m_members.empty())
        return;
    out += ",\"generationConfig\":{";
    out += m_members;
    out += '}';
}

void MessagesConfig::add(std::string_view name, std::string_view json)
{
    m_members += m_members.empty() ? "\"" : ",\"";
    m_members += name;
    m_members += "\":";
    m_members += json;
}

Result<void> MessagesConfig::readLimit()
{
    const JsonPath path(m_root, "max_tokens");
    const Result<std::optional<std::int64_t>> limit = wholeField(m_body, "max_tokens", m_root);
    if (!limit)
        return fail(limit.error());
    if (!*limit)
        return refuseMissing(path);
    if (**limit < 1)
        return refuse(path, "must be at least 1.");
    add("maxOutputTokens", std::to_string(std::min(**limit, MOST_OUTPUT)));
    return {};
}

Result<void> MessagesConfig::readSampling()
{
    struct Number
    {
        std::string_view name;
        std::string_view geminiName;
        double most; ///< 0: no bound.
    };
    static constexpr Number NUMBERS[] = {
        {"temperature", "temperature", 1}, {"top_p", "topP", 1}, {"top_k", "topK", 0}};
    for (const auto &[name, geminiName, most] : NUMBERS) {
        const Result<const json::value *> number = numberField(m_body, name, m_root);
        if (!number)
            return fail(number.error());
        if (!*number)
            continue;
        if (valueOf(**number) < 0 || (most > 0 && valueOf(**number) > most))
            return refuse(JsonPath(m_root, name),
                          most > 0 ? "must be between 0 and 1." : "must not be negative.");
        add(geminiName, toJson(**number));
    }
    return {};
}

Result<void> MessagesConfig::readStops(MessagesOptions &options)
{
    const JsonPath path(m_root, "stop_sequences");
    const Result<const json::array *> stops = arrayField(m_body, "stop_sequences", m_root);
    if (!stops)
        return fail(stops.error());
    for (std::size_t i = 0; *stops && i < (*stops)->size(); ++i) {
        const json::string *text = (**stops)[i].if_string();
        if (!text)
            return refuseKind(JsonPath(path, i), "a string");
        if (!text->empty())
            options.stops.emplace_back(*text);
    }
    if (options.stops.size() > MAX_STOPS)
        return refuse(path, "may hold at most " + std::to_string(MAX_STOPS) + " texts.");
    return {};
}

/// `output_config.format`, or `output_format` as it was first called: {"type":"json_schema","schema":…}.
Result<void> MessagesConfig::readFormat()
{
    const Result<const json::object *> config = objectField(m_body, "output_config", m_root);
    if (!config)
        return fail(config.error());
    const bool isNew = *config && givenField(**config, "format");
    const JsonPath configPath(m_root, "output_config");
    const JsonPath &parent = isNew ? configPath : m_root;
    const std::string_view name = isNew ? "format" : "output_format";
    const Result<const json::object *> format = objectField(isNew ? **config : m_body, name, parent);
    if (!format)
        return fail(format.error());
    if (!*format)
        return {};
    const JsonPath path(parent, name);
    if (stringAt(**format, "type") != "json_schema")
        return refuse(JsonPath(path, "type"), "must be 'json_schema'.");
    const json::value *schema = givenField(**format, "schema");
    const JsonPath schemaPath(path, "schema");
    if (!schema)
        return refuseMissing(schemaPath);
    if (!schema->is_object())
        return refuseKind(schemaPath, "a JSON Schema");
    std::string json;
    if (Result<void> done = appendGeminiSchema(json, *schema, schemaPath, SchemaUse::Answer); !done)
        return done;
    add("responseMimeType", "\"application/json\"");
    add("responseJsonSchema", json);
    return {};
}

} // namespace Gateway
