// How hard the model thinks, and Gemini's own parameters.
#include "gateway/dialects/chatrequestfields.h"
#include "gateway/dialects/openai/chatrequestconfig.h"

namespace Gateway {

namespace {

constexpr int ALL_LEVELS = 8; // deeper than any of these messages

/// reasoning_effort as Google's own OpenAI endpoint maps it (ai.google.dev/gemini-api/docs/openai#thinking).
struct Effort
{
    std::string_view word;
    std::string_view level;
    int budget; ///< Tokens.
};

constexpr Effort EFFORTS[] = {
    {"none", "MINIMAL", 0},  {"minimal", "MINIMAL", 512}, {"low", "LOW", 1024},   {"medium", "MEDIUM", 8192},
    {"high", "HIGH", 24576}, {"xhigh", "HIGH", 24576},    {"max", "HIGH", 24576},
};

const Effort *effortOf(std::string_view word)
{
    for (const Effort &effort : EFFORTS) {
        if (effort.word == word)
            return &effort;
    }
    return nullptr;
}

/// The level nearest to `level` that the model takes.
std::string_view levelFor(const ModelFamily &family, std::string_view level)
{
    if (level == "MINIMAL" && !family.minimalLevel)
        return "LOW";
    if (level == "MEDIUM" && !family.mediumLevel)
        return "HIGH";
    return level;
}

} // namespace

/// Who names an effort sees the thoughts as well, save for "none". Gemini 3 cannot stop thinking: none is
/// then the least level.
Result<void> ChatConfig::addEffort(json::object &thinking, std::string_view word, const JsonPath &path) const
{
    const Effort *effort = effortOf(word);
    if (!effort)
        return refuse(path, "must be one of 'none', 'minimal', 'low', 'medium', 'high', 'xhigh'.");
    const bool none = word == "none";
    if (none && m_family.thinking == ModelFamily::Thinking::None)
        return {};
    if (m_family.thinking == ModelFamily::Thinking::Level) {
        thinking.emplace("thinkingLevel", levelFor(m_family, effort->level));
    } else {
        const bool least = word == "none" || (word == "minimal" && m_family.leastBudget > 0);
        thinking.emplace("thinkingBudget", least ? m_family.leastBudget : effort->budget);
    }
    if (!none)
        thinking.emplace("includeThoughts", true);
    return {};
}

Result<void> ChatConfig::readThinking()
{
    const JsonPath effortPath(m_root, "reasoning_effort");
    const Result<std::string_view> effort = textField(m_body, "reasoning_effort", m_root);
    if (!effort)
        return fail(effort.error());
    json::object thinking(m_body.storage());
    if (const json::value *own = m_google.find("thinking_config")) {
        const std::string place = m_google.pathOf("thinking_config");
        if (!own->is_object())
            return refuseKind(JsonPath(m_root, place), "an object");
        for (const json::key_value_pair &member : own->get_object())
            thinking.emplace(camelCase(member.key()), member.value());
        const bool measured = thinking.contains("thinkingLevel") || thinking.contains("thinkingBudget");
        if (measured && !effort->empty())
            return refuse(effortPath, "cannot be given together with a level or budget in " + place + ".");
    }
    if (!effort->empty()) {
        if (Result<void> done = addEffort(thinking, *effort, effortPath); !done)
            return done;
    }
    if (!thinking.empty())
        setValue("thinkingConfig", json::value(std::move(thinking)));
    return {};
}

/// What the client says in Gemini's own words wins over its OpenAI parameters.
Result<void> ChatConfig::readGoogle()
{
    for (const std::string_view name :
         {"response_modalities", "speech_config", "image_config", "media_resolution"}) {
        const json::value *value = m_google.find(name);
        if (!value)
            continue;
        std::string json;
        appendCamelCase(json, *value, ALL_LEVELS);
        set(camelCase(name), std::move(json));
    }
    const json::value *config = m_google.find("generation_config");
    if (!config)
        return {};
    if (!config->is_object())
        return refuseKind(JsonPath(m_root, m_google.pathOf("generation_config")), "an object");
    for (const json::key_value_pair &member : config->get_object())
        setValue(camelCase(member.key()), member.value());
    return {};
}

} // namespace Gateway
