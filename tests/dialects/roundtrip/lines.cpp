#include "tests/dialects/roundtrip/lines.h"

#include <cmath>

namespace RoundTrip {

namespace {

constexpr double LARGEST_WHOLE = 9007199254740992.0; // 2^53

std::string quoted(std::string_view text)
{
    return json::serialize(json::string(text));
}

std::string signatureTail(std::string_view signature)
{
    return signature.empty() ? std::string() : " signed " + std::string(signature);
}

} // namespace

std::string plainJson(const json::value &value)
{
    std::string out;
    if (const json::object *object = value.if_object()) {
        for (const json::key_value_pair &member : *object)
            out += (out.empty() ? "" : ",") + quoted(member.key()) + ':' + plainJson(member.value());
        return '{' + out + '}';
    }
    if (const json::array *array = value.if_array()) {
        for (const json::value &element : *array)
            out += (out.empty() ? "" : ",") + plainJson(element);
        return '[' + out + ']';
    }
    const double *number = value.if_double();
    if (number && std::floor(*number) == *number && std::abs(*number) < LARGEST_WHOLE)
        return std::to_string(static_cast<std::int64_t>(*number));
    return json::serialize(value);
}

std::string textLine(std::string_view who, std::string_view text, std::string_view signature)
{
    return std::string(who) + " says " + quoted(text) + signatureTail(signature);
}

std::string mediaLine(const Media &media)
{
    return "shows " + (media.file.empty() ? media.mime + ' ' + base64(media.bytes) : media.file);
}

std::string callLine(std::string_view id, std::string_view name, const json::object &args,
                     std::string_view signature)
{
    return "model calls " + std::string(id) + ' ' + std::string(name) + ' ' + plainJson(args) +
           signatureTail(signature);
}

std::string resultLine(std::string_view id, std::string_view name, const json::object &response)
{
    return "user returns " + std::string(id) + ' ' + std::string(name) + ' ' + plainJson(response);
}

std::string toolLine(std::string_view name, std::string_view description)
{
    return "tool " + std::string(name) + ' ' + quoted(description);
}

void addConfigLines(std::vector<std::string> &lines, const json::object &config)
{
    for (const std::string_view name :
         {"temperature", "topP", "topK", "maxOutputTokens", "seed", "stopSequences", "responseMimeType"}) {
        if (const json::value *value = config.if_contains(name))
            lines.push_back(std::string(name) + ' ' + plainJson(*value));
    }
}

void addSchemaLines(std::vector<std::string> &lines, const std::string &path, const json::object &schema)
{
    std::string line = "schema " + path;
    for (const std::string_view keyword :
         {"type", "description", "enum", "minimum", "maximum", "required", "additionalProperties"}) {
        if (const json::value *value = schema.if_contains(keyword))
            line += ' ' + std::string(keyword) + ' ' + plainJson(*value);
    }
    lines.push_back(std::move(line));
    if (const json::value *properties = schema.if_contains("properties")) {
        for (const json::key_value_pair &property : properties->as_object())
            addSchemaLines(lines, path + '.' + std::string(property.key()), property.value().as_object());
    }
    if (const json::value *items = schema.if_contains("items"))
        addSchemaLines(lines, path + "[]", items->as_object());
    if (const json::value *choices = schema.if_contains("anyOf")) {
        for (const json::value &choice : choices->as_array())
            addSchemaLines(lines, path + '|', choice.as_object());
    }
}

} // namespace RoundTrip
