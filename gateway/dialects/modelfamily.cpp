#include "gateway/dialects/modelfamily.h"

#include <charconv>

namespace Gateway {

namespace {

struct Version
{
    int major = 0; ///< 0: the name tells none.
    int minor = 0;
};

constexpr bool operator<(Version left, Version right)
{
    return left.major != right.major ? left.major < right.major : left.minor < right.minor;
}

constexpr int NEVER = 1000;
constexpr int LEAST_PRO_BUDGET = 128;
constexpr Version MODEL_TURN_END{3, 6};
constexpr Version PENALTIES_END{3, 6};   // ai.google.dev/gemini-api/docs/changelog
constexpr Version SPEECH_METADATA{3, 8}; // ai.google.dev/gemini-api/docs/speech-generation#migration

/// "gemini-3.1-pro" after "gemini-" → 3.1; "gemini-3-pro" → 3.0. A number of three digits or more is a date.
Version versionAfter(std::string_view name, std::string_view prefix)
{
    Version version;
    if (!name.starts_with(prefix))
        return version;
    name.remove_prefix(prefix.size());
    const char *end = name.data() + name.size();
    const auto major = std::from_chars(name.data(), end, version.major);
    if (major.ec != std::errc() || version.major > 99)
        return {};
    if (major.ptr != end && *major.ptr == '.')
        std::from_chars(major.ptr + 1, end, version.minor);
    return version;
}

/// Which thinkingLevel words are refused: MINIMAL by every Pro and, from 3.7 on, by Flash without Lite;
/// MEDIUM by 3.0 Pro (ai.google.dev/gemini-api/docs/thinking).
void setLevels(ModelFamily &family, std::string_view model, Version version)
{
    const bool pro = model.find("pro") != std::string_view::npos;
    const bool lite = model.find("lite") != std::string_view::npos;
    const bool known = version.major != NEVER;
    family.minimalLevel = !pro && (lite || (known && version < Version{3, 7}));
    family.mediumLevel = !(pro && !(Version{3, 0} < version));
}

ModelFamily gemma(Version version)
{
    ModelFamily family;
    family.thinking = ModelFamily::Thinking::None;
    family.callIds = false;
    family.mixesTools = false;
    family.signatures = false;
    family.signatureRequired = false;
    family.mediaResults = false;
    family.penalties = true;
    family.systemInstruction = version.major > 3;
    return family;
}

} // namespace

ModelFamily ModelFamily::of(std::string_view model)
{
    if (model.starts_with("gemma-"))
        return gemma(versionAfter(model, "gemma-"));
    Version version = versionAfter(model, "gemini-");
    if (version.major == 0)
        version.major = NEVER;
    ModelFamily family;
    setLevels(family, model, version);
    family.penalties = version < PENALTIES_END;
    family.goesOnModelTurn = version < MODEL_TURN_END;
    family.speechMetadata = !(version < SPEECH_METADATA);
    if (!(version < Version{3, 0}))
        return family;
    family.callIds = false;
    family.mixesTools = false;
    family.signatureRequired = false;
    family.mediaResults = false;
    family.signatures = !(version < Version{2, 5});
    family.thinking = family.signatures ? Thinking::Budget : Thinking::None;
    if (model.find("pro") != std::string_view::npos)
        family.leastBudget = LEAST_PRO_BUDGET;
    return family;
}

} // namespace Gateway
