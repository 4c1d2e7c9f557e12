#include "gateway/dialects/thinkingconfig.h"

namespace Gateway {

std::string thinkingConfig(const ModelFamily &family, std::string_view level, std::int64_t budget, bool shown)
{
    if (family.thinking == ModelFamily::Thinking::None)
        return {};
    std::string json = "{";
    if (family.thinking == ModelFamily::Thinking::Budget) {
        json += "\"thinkingBudget\":" + std::to_string(budget);
    } else if (!level.empty()) {
        if (level == "MEDIUM" && !family.mediumLevel)
            level = "HIGH";
        json.append("\"thinkingLevel\":\"").append(level).append("\"");
    }
    if (shown)
        json += json.size() > 1 ? ",\"includeThoughts\":true" : "\"includeThoughts\":true";
    return json.size() > 1 ? json + '}' : std::string();
}

bool takesThinking(std::string_view model)
{
    return model.starts_with("gemini-") && model.find("image") == std::string_view::npos &&
           model.find("tts") == std::string_view::npos;
}

} // namespace Gateway
