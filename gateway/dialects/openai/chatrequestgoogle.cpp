#include "gateway/dialects/openai/chatrequestgoogle.h"

#include <algorithm>

#include "gateway/dialects/chatrequestfields.h"

namespace Gateway {

namespace {

constexpr std::string_view KNOWN[] = {
    "thinking_config", "cached_content",    "safety_settings",     "tools",
    "tool_config",     "generation_config", "response_modalities", "speech_config",
    "image_config",    "media_resolution",  "service_tier",        "labels",
    "store",
};

/// Whether `name` is `snakeName` in either case.
bool isSpelled(std::string_view name, std::string_view snakeName)
{
    return name == snakeName || (name.find('_') == std::string_view::npos && name == camelCase(snakeName));
}

const json::value *memberOf(const json::object &object, std::string_view snakeName)
{
    if (const json::value *member = givenField(object, snakeName))
        return member;
    return givenField(object, camelCase(snakeName));
}

} // namespace

std::string camelCase(std::string_view snakeName)
{
    std::string out;
    out.reserve(snakeName.size());
    bool raise = false;
    for (const char letter : snakeName) {
        if (letter == '_') {
            raise = !out.empty();
            continue;
        }
        out += raise && letter >= 'a' && letter <= 'z' ? char(letter - 'a' + 'A') : letter;
        raise = false;
    }
    return out;
}

void appendCamelCase(std::string &out, const json::value &value, int depth)
{
    const json::object *object = value.if_object();
    if (!object || depth == 0) {
        appendJson(out, value);
        return;
    }
    out += '{';
    for (const json::key_value_pair &member : *object) {
        if (out.back() != '{')
            out += ',';
        appendJsonString(out, camelCase(member.key()));
        out += ':';
        appendCamelCase(out, member.value(), depth - 1);
    }
    out += '}';
}

Result<ChatGoogle> ChatGoogle::read(const json::object &body)
{
    ChatGoogle google;
    if (Result<void> done = google.add(givenField(body, "google"), "google"); !done)
        return fail(done.error());
    const JsonPath root;
    const Result<const json::object *> extra = objectField(body, "extra_body", root);
    if (!extra)
        return fail(extra.error());
    if (*extra) {
        if (Result<void> done = google.add(givenField(**extra, "google"), "extra_body.google"); !done)
            return fail(done.error());
    }
    return google;
}

Result<void> ChatGoogle::add(const json::value *google, std::string_view path)
{
    if (!google)
        return {};
    const JsonPath root;
    const JsonPath googlePath(root, path);
    const json::object *object = google->if_object();
    if (!object)
        return refuseKind(googlePath, "an object");
    for (const json::key_value_pair &member : *object) {
        const std::string_view name = member.key();
        const bool known = std::any_of(std::begin(KNOWN), std::end(KNOWN),
                                       [name](std::string_view word) { return isSpelled(name, word); });
        if (!known)
            return refuse(JsonPath(googlePath, name), "is not known here.", "unknown_parameter");
    }
    m_sources[m_count++] = {object, path};
    return {};
}

const json::value *ChatGoogle::find(std::string_view snakeName) const
{
    for (int i = 0; i < m_count; ++i) {
        if (const json::value *member = memberOf(*m_sources[i].object, snakeName))
            return member;
    }
    return nullptr;
}

std::string ChatGoogle::pathOf(std::string_view snakeName) const
{
    for (int i = 0; i < m_count; ++i) {
        if (memberOf(*m_sources[i].object, snakeName))
            return std::string(m_sources[i].path) + '.' + std::string(snakeName);
    }
    return std::string(snakeName);
}

} // namespace Gateway
