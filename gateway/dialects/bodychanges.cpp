#include "gateway/dialects/bodychanges.h"

#include <algorithm>
#include <array>
#include <utility>

#include "gateway/dialects/bodymembers.h"
#include "gateway/dialects/bodytools.h"
#include "gateway/dialects/modelfamily.h"
#include "gateway/dialects/thinkingconfig.h"

namespace Gateway {

namespace {

using Effort = ThinkingWish::Effort;

constexpr Member CONFIG{"generationConfig", "generation_config"};
constexpr Member THINKING{"thinkingConfig", "thinking_config"};
constexpr Member LEVEL{"thinkingLevel", "thinking_level"};
constexpr Member BUDGET{"thinkingBudget", "thinking_budget"};
constexpr Member SYSTEM{"systemInstruction", "system_instruction"};
constexpr Member SAFETY{"safetySettings", "safety_settings"};
constexpr Member INNER{"generateContentRequest", "generate_content_request"};

/// The categories whose thresholds a request may set
/// (ai.google.dev/gemini-api/docs/safety-settings).
constexpr std::array<std::string_view, 4> CATEGORIES{"HARM_CATEGORY_HARASSMENT", "HARM_CATEGORY_HATE_SPEECH",
                                                     "HARM_CATEGORY_SEXUALLY_EXPLICIT",
                                                     "HARM_CATEGORY_DANGEROUS_CONTENT"};

constexpr const char *GAP = "\n\n"; ///< Between instructions.
constexpr std::int64_t AUTOMATIC = -1;
// Between the budgets that Google gives its levels (ai.google.dev/gemini-api/docs/openai#thinking).
constexpr std::int64_t LOW_FROM = 768;
constexpr std::int64_t MEDIUM_FROM = 4096;
constexpr std::int64_t HIGH_FROM = 16384;

bool isGenerate(std::string_view method)
{
    return method == "generateContent" || method == "streamGenerateContent";
}

bool isNamed(std::string_view model, std::string_view part)
{
    return model.find(part) != std::string_view::npos;
}

std::int64_t budgetOf(const ThinkingWish &wish, const ModelFamily &family)
{
    const auto least = [&family](std::int64_t tokens) {
        return std::max<std::int64_t>(tokens, family.leastBudget);
    };
    switch (wish.effort) {
    case Effort::Off:
        return family.leastBudget;
    case Effort::Minimal: // as Google's own endpoint maps it: Pro has its least
        return family.leastBudget > 0 ? family.leastBudget : 512;
    case Effort::Low:
        return 1024;
    case Effort::Medium:
        return 8192;
    case Effort::High:
        return 24576;
    case Effort::Automatic:
        return AUTOMATIC;
    case Effort::Tokens:
        break;
    }
    return least(wish.tokens);
}

/// Empty: the model's own choice.
std::string_view levelOf(const ThinkingWish &wish, const ModelFamily &family)
{
    Effort effort = wish.effort;
    if (effort == Effort::Tokens && wish.tokens >= LOW_FROM)
        effort = wish.tokens < MEDIUM_FROM ? Effort::Low
                                           : (wish.tokens < HIGH_FROM ? Effort::Medium : Effort::High);
    switch (effort) {
    case Effort::Low:
        return "LOW";
    case Effort::Medium:
        return family.mediumLevel ? "MEDIUM" : "HIGH";
    case Effort::High:
        return "HIGH";
    case Effort::Automatic:
        return {};
    case Effort::Off:
    case Effort::Minimal:
    case Effort::Tokens:
        break;
    }
    return family.minimalLevel ? "MINIMAL" : "LOW";
}

/// Changes one request for generateContent.
class BodyChange
{
public:
    BodyChange(json::object &request, std::string_view model, const ModelParameters &parameters)
        : m_request(request)
        , m_model(model)
        , m_parameters(parameters)
        , m_family(ModelFamily::of(model))
    {
    }

    /// Whether anything changed.
    bool make()
    {
        setNumber("temperature", "temperature", m_parameters.temperature);
        setNumber("topP", "top_p", m_parameters.topP);
        setNumber("topK", "top_k", m_parameters.topK);
        setNumber("maxOutputTokens", "max_output_tokens", m_parameters.maxTokens);
        if (m_parameters.thinking && takesThinking(m_model))
            think(*m_parameters.thinking);
        if (m_parameters.image.value_or(false) &&
            !hasMember(CONFIG, {"responseModalities", "response_modalities"}))
            set(config(), {"responseModalities", "response_modalities"}, json::array{"TEXT", "IMAGE"});
        if (m_parameters.safety)
            setSafety(*m_parameters.safety);
        const bool isCached = findMember(m_request, {"cachedContent", "cached_content"}) != nullptr;
        if (!isCached) {
            instruct();
            m_changed = addGoogleTools(m_request, m_model, m_family, m_parameters) || m_changed;
        }
        return m_changed;
    }

private:
    json::object &config() { return objectMember(m_request, CONFIG); }

    bool hasMember(const Member &parent, const Member &member)
    {
        json::value *value = findMember(m_request, parent);
        return value && value->is_object() && findMember(value->get_object(), member);
    }

    void set(json::object &object, const Member &member, json::value value)
    {
        setMember(object, member, std::move(value));
        m_changed = true;
    }

    template <typename Number>
    void setNumber(std::string_view camel, std::string_view snake, const std::optional<Wish<Number>> &wish)
    {
        const Member member{camel, snake};
        if (wish && (wish->wins || !hasMember(CONFIG, member)))
            set(config(), member, wish->value);
    }

    void think(const Wish<ThinkingWish> &wish)
    {
        if (m_family.thinking == ModelFamily::Thinking::None)
            return;
        const bool goesByLevel = m_family.thinking == ModelFamily::Thinking::Level;
        const std::string_view level = levelOf(wish.value, m_family);
        json::value *given = findMember(m_request, CONFIG);
        given = given && given->is_object() ? findMember(given->get_object(), THINKING) : nullptr;
        if (given && given->is_object()) {
            json::object &thinking = given->get_object();
            const bool measured = findMember(thinking, LEVEL) || findMember(thinking, BUDGET);
            if (measured && !wish.wins)
                return;
            m_changed = eraseMember(thinking, LEVEL) || m_changed;
            m_changed = eraseMember(thinking, BUDGET) || m_changed;
        }
        if (!goesByLevel)
            set(objectMember(config(), THINKING), BUDGET, budgetOf(wish.value, m_family));
        else if (!level.empty())
            set(objectMember(config(), THINKING), LEVEL, json::value(level));
    }

    void setSafety(const Wish<std::string> &wish)
    {
        json::value *given = findMember(m_request, SAFETY);
        if (given && !given->is_array())
            return;
        json::array settings = given ? given->get_array() : json::array();
        bool changed = false;
        for (const std::string_view category : CATEGORIES) {
            const auto found = std::find_if(settings.begin(), settings.end(), [&](const json::value &one) {
                return one.is_object() && stringAt(one.get_object(), "category") == category;
            });
            const bool isThere = found != settings.end();
            if (isThere && !wish.wins)
                continue;
            changed = true;
            if (isThere)
                found->get_object()["threshold"] = wish.value;
            else
                settings.push_back(json::object{{"category", category}, {"threshold", wish.value}});
        }
        if (changed)
            set(m_request, SAFETY, std::move(settings));
    }

    /// The list into which instructions go; null where there is no place for them.
    json::array *instructionParts()
    {
        if (isNamed(m_model, "image") || isNamed(m_model, "tts"))
            return nullptr;
        if (m_family.systemInstruction) {
            json::value *given = findMember(m_request, SYSTEM);
            return given && !given->is_object() ? nullptr
                                                : arrayMember(objectMember(m_request, SYSTEM), "parts");
        }
        json::value *turns = m_request.if_contains("contents");
        if (!turns || !turns->is_array() || turns->get_array().empty() ||
            !turns->get_array().front().is_object() ||
            stringAt(turns->get_array().front().get_object(), "role") == "model")
            return nullptr;
        return arrayMember(turns->get_array().front().get_object(), "parts");
    }

    void instruct()
    {
        if (!m_parameters.systemBefore && !m_parameters.systemAfter)
            return;
        json::array *parts = instructionParts();
        if (!parts)
            return;
        const bool inTurn = !m_family.systemInstruction; // before the client's own words, then
        const bool hasRest = !parts->empty();
        const auto add = [parts](json::array::const_iterator place, std::string text) {
            return parts->insert(place, json::object{{"text", std::move(text)}}) + 1;
        };
        json::array::const_iterator place = parts->begin();
        if (m_parameters.systemBefore)
            place = add(place, *m_parameters.systemBefore + (hasRest || m_parameters.systemAfter ? GAP : ""));
        if (m_parameters.systemAfter && inTurn)
            add(place, *m_parameters.systemAfter + GAP);
        else if (m_parameters.systemAfter)
            add(parts->end(), (hasRest ? GAP : "") + *m_parameters.systemAfter);
        m_changed = true;
    }

    json::object &m_request;
    const std::string_view m_model;
    const ModelParameters &m_parameters;
    const ModelFamily m_family;
    bool m_changed = false;
};

bool setDimensions(json::object &request, const Wish<std::int64_t> &wish)
{
    constexpr Member DIMENSIONS{"outputDimensionality", "output_dimensionality"};
    if (findMember(request, DIMENSIONS) && !wish.wins)
        return false;
    setMember(request, DIMENSIONS, wish.value);
    return true;
}

bool changeEmbedding(json::object &body, std::string_view method, const ModelParameters &parameters)
{
    if (!parameters.dimensions)
        return false;
    if (method == "embedContent")
        return setDimensions(body, *parameters.dimensions);
    json::value *requests = body.if_contains("requests");
    if (!requests || !requests->is_array())
        return false;
    bool changed = false;
    for (json::value &request : requests->get_array()) {
        const bool isSet = request.is_object() && setDimensions(request.get_object(), *parameters.dimensions);
        changed = changed || isSet;
    }
    return changed;
}

bool change(json::object &body, std::string_view model, std::string_view method,
            const ModelParameters &parameters)
{
    if (method == "embedContent" || method == "batchEmbedContents")
        return changeEmbedding(body, method, parameters);
    if (isGenerate(method))
        return BodyChange(body, model, parameters).make();
    json::value *inner = findMember(body, INNER);
    return inner && inner->is_object() && BodyChange(inner->get_object(), model, parameters).make();
}

} // namespace

bool mayChangeBody(std::string_view method, const ModelParameters &parameters)
{
    if (method == "embedContent" || method == "batchEmbedContents")
        return parameters.dimensions.has_value();
    return (isGenerate(method) || method == "countTokens") && parameters.changesBodies();
}

Result<std::optional<std::string>> changedBody(std::string_view body, std::string_view model,
                                               std::string_view method, const ModelParameters &parameters)
{
    if (!mayChangeBody(method, parameters))
        return std::nullopt;
    Result<json::object> parsed = parseJsonObject(body);
    if (!parsed)
        return tl::unexpected<Error>(std::move(parsed.error()));
    if (!change(*parsed, model, method, parameters))
        return std::nullopt;
    return toJson(*parsed);
}

} // namespace Gateway
