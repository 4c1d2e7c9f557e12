#include "gateway/dialects/openai/chatrequestconfig.h"

#include <algorithm>

#include "gateway/dialects/chatrequestfields.h"
#include "gateway/dialects/schema.h"

namespace Gateway {

namespace {

constexpr std::int64_t MAX_CHOICES = 8;       // candidateCount of Gemini
constexpr std::size_t MAX_STOPS = 5;          // stopSequences of Gemini
constexpr std::int64_t MAX_TOP_LOGPROBS = 20; // of both

bool isZero(const json::value &number)
{
    boost::system::error_code error;
    return number.to_number<double>(error) == 0.0 && !error;
}

} // namespace

ChatConfig::ChatConfig(const json::object &body, const ChatGoogle &google, const ModelFamily &family)
    : m_body(body)
    , m_google(google)
    , m_family(family)
{
}

Result<void> ChatConfig::read(ChatOptions &options)
{
    if (Result<void> done = readSampling(); !done)
        return done;
    if (Result<void> done = readLimits(options); !done)
        return done;
    if (Result<void> done = readStop(); !done)
        return done;
    if (Result<void> done = readLogprobs(options); !done)
        return done;
    if (Result<void> done = readFormat(options); !done)
        return done;
    if (Result<void> done = readModalities(options); !done)
        return done;
    if (Result<void> done = readThinking(); !done)
        return done;
    return readGoogle();
}

void ChatConfig::append(std::string &out) const
{
    if (m_members.empty())
        return;
    out += ",\"generationConfig\":{";
    bool first = true;
    for (const auto &[name, json] : m_members) {
        if (!first)
            out += ',';
        first = false;
        appendJsonString(out, name);
        out += ':';
        out += json;
    }
    out += '}';
}

/// A name set twice keeps its place and takes the later value.
void ChatConfig::set(std::string_view name, std::string json)
{
    const auto known = std::find_if(m_members.begin(), m_members.end(),
                                    [name](const auto &member) { return member.first == name; });
    if (known == m_members.end())
        m_members.emplace_back(name, std::move(json));
    else
        known->second = std::move(json);
}

void ChatConfig::setValue(std::string_view name, const json::value &value)
{
    set(name, toJson(value));
}

/// A penalty of zero is no penalty; it is left out, since most models refuse the field itself. logit_bias has
/// no counterpart.
Result<void> ChatConfig::readSampling()
{
    static constexpr std::pair<std::string_view, std::string_view> NUMBERS[] = {
        {"temperature", "temperature"},
        {"top_p", "topP"},
        {"top_k", "topK"},
        {"presence_penalty", "presencePenalty"},
        {"frequency_penalty", "frequencyPenalty"},
    };
    for (const auto &[name, geminiName] : NUMBERS) {
        const Result<const json::value *> number = numberField(m_body, name, m_root);
        if (!number)
            return fail(number.error());
        if (*number && !(name.ends_with("_penalty") && isZero(**number)))
            setValue(geminiName, **number);
    }
    const Result<std::optional<std::int64_t>> seed = wholeField(m_body, "seed", m_root);
    if (!seed)
        return fail(seed.error());
    if (*seed)
        set("seed", std::to_string(**seed));
    const Result<const json::object *> bias = objectField(m_body, "logit_bias", m_root);
    if (!bias)
        return fail(bias.error());
    if (*bias && !(*bias)->empty())
        return refuse(JsonPath(m_root, "logit_bias"), "cannot be honoured: Gemini has nothing like it.",
                      "unsupported_parameter");
    return {};
}

Result<void> ChatConfig::readLimits(ChatOptions &options)
{
    for (const std::string_view name : {"max_tokens", "max_completion_tokens"}) {
        const Result<std::optional<std::int64_t>> limit = wholeField(m_body, name, m_root);
        if (!limit)
            return fail(limit.error());
        if (*limit)
            set("maxOutputTokens", std::to_string(**limit));
    }
    const Result<std::optional<std::int64_t>> count = wholeField(m_body, "n", m_root);
    if (!count)
        return fail(count.error());
    const std::int64_t choices = count->value_or(1);
    if (choices < 1 || choices > MAX_CHOICES)
        return refuse(JsonPath(m_root, "n"), "must be between 1 and " + std::to_string(MAX_CHOICES) + ".");
    options.choiceCount = static_cast<int>(choices);
    if (choices > 1)
        set("candidateCount", std::to_string(choices));
    return {};
}

Result<void> ChatConfig::readStop()
{
    const json::value *stop = givenField(m_body, "stop");
    if (!stop)
        return {};
    const JsonPath path(m_root, "stop");
    const json::array *list = stop->if_array();
    if (!list && !stop->is_string())
        return refuseKind(path, "a string or an array of strings");
    std::string json = "[";
    std::size_t written = 0;
    for (std::size_t i = 0; i < (list ? list->size() : 1); ++i) {
        const json::string *text = (list ? (*list)[i] : *stop).if_string();
        if (!text)
            return refuseKind(JsonPath(path, i), "a string");
        if (text->empty())
            continue;
        json += written++ ? "," : "";
        appendJsonString(json, *text);
    }
    if (written > MAX_STOPS)
        return refuse(path,
                      "may hold at most " + std::to_string(MAX_STOPS) + " texts: Gemini takes no more.");
    if (written > 0)
        set("stopSequences", json + ']');
    return {};
}

Result<void> ChatConfig::readLogprobs(ChatOptions &options)
{
    const Result<bool> logprobs = flagField(m_body, "logprobs", m_root);
    if (!logprobs)
        return fail(logprobs.error());
    const Result<std::optional<std::int64_t>> top = wholeField(m_body, "top_logprobs", m_root);
    if (!top)
        return fail(top.error());
    const std::int64_t count = top->value_or(0);
    const JsonPath path(m_root, "top_logprobs");
    if (count < 0 || count > MAX_TOP_LOGPROBS)
        return refuse(path, "must be between 0 and " + std::to_string(MAX_TOP_LOGPROBS) + ".");
    if (count > 0 && !*logprobs)
        return refuse(path, "needs 'logprobs' to be true.");
    options.logprobs = *logprobs;
    options.topLogprobs = static_cast<int>(count);
    if (*logprobs)
        set("responseLogprobs", "true");
    if (count > 0)
        set("logprobs", std::to_string(count));
    return {};
}

Result<void> ChatConfig::readFormat(ChatOptions &options)
{
    const Result<const json::object *> format = objectField(m_body, "response_format", m_root);
    if (!format)
        return fail(format.error());
    if (!*format)
        return {};
    const JsonPath path(m_root, "response_format");
    const std::string_view type = stringAt(**format, "type");
    if (type == "text")
        return {};
    if (type != "json_object" && type != "json_schema")
        return refuse(JsonPath(path, "type"), "must be 'text', 'json_object' or 'json_schema'.");
    options.jsonAnswer = true;
    set("responseMimeType", "\"application/json\"");
    return type == "json_schema" ? readJsonSchema(**format, path) : Result<void>();
}

Result<void> ChatConfig::readJsonSchema(const json::object &format, const JsonPath &path)
{
    const JsonPath wrapperPath(path, "json_schema");
    const Result<const json::object *> wrapper = objectField(format, "json_schema", path);
    if (!wrapper)
        return fail(wrapper.error());
    if (!*wrapper)
        return refuseMissing(wrapperPath);
    // OpenAI takes a format without a schema: any JSON then.
    const json::value *schema = givenField(**wrapper, "schema");
    if (!schema)
        return {};
    const JsonPath schemaPath(wrapperPath, "schema");
    const json::object *object = schema->if_object();
    if (!object)
        return refuseKind(schemaPath, "a JSON Schema");
    std::string json;
    const std::string_view description = stringAt(**wrapper, "description");
    if (!description.empty() && !object->contains("description")) {
        json::value described = *schema;
        described.get_object().emplace("description", description);
        if (Result<void> done = appendGeminiSchema(json, described, schemaPath, SchemaUse::Answer); !done)
            return done;
    } else if (Result<void> done = appendGeminiSchema(json, *schema, schemaPath, SchemaUse::Answer); !done) {
        return done;
    }
    set("responseJsonSchema", std::move(json));
    return {};
}

/// Text is what Gemini answers anyway; pictures must be asked for. Audio would need another form of answer.
Result<void> ChatConfig::readModalities(ChatOptions &options)
{
    const Result<const json::array *> list = arrayField(m_body, "modalities", m_root);
    if (!list)
        return fail(list.error());
    const JsonPath path(m_root, "modalities");
    bool text = false;
    bool image = false;
    for (std::size_t i = 0; *list && i < (*list)->size(); ++i) {
        const json::value &word = (**list)[i];
        text = text || word == "text";
        image = image || word == "image";
        if (word == "audio")
            return refuse(JsonPath(path, i), "Gemini's audio is not offered by chat completions here.",
                          "unsupported_value");
        if (word != "text" && word != "image")
            return refuse(JsonPath(path, i), "must be 'text' or 'image'.");
    }
    options.imagesApart = image;
    if (image)
        set("responseModalities", text ? "[\"TEXT\",\"IMAGE\"]" : "[\"IMAGE\"]");
    return {};
}

} // namespace Gateway
