#include "gateway/control/local/keyedits.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/common/text.h"
#include "gateway/settings/settingchecks.h"

namespace Gateway {

namespace {

constexpr std::size_t MAX_LABEL = 200;
constexpr std::size_t MAX_NOTE = 10'000;
constexpr std::size_t MAX_LIST = 1'000;
constexpr std::int64_t MAX_LIMIT = 1'000'000'000'000;

tl::unexpected<Error> refused(std::string_view member, std::string_view allowed)
{
    Error error{422, "invalid_value", {}, std::string(member), 0};
    error.text = "\"" + error.param + "\" must be " + std::string(allowed) + ".";
    return fail(std::move(error));
}

std::vector<std::string> tidied(const std::vector<std::string> &texts)
{
    std::vector<std::string> tidy;
    for (const std::string &text : texts) {
        if (const std::string_view piece = trimmed(text); !piece.empty())
            tidy.emplace_back(piece);
    }
    std::sort(tidy.begin(), tidy.end());
    tidy.erase(std::unique(tidy.begin(), tidy.end()), tidy.end());
    return tidy;
}

template <typename T>
void take(T &value, const std::optional<T> &change)
{
    if (change)
        value = *change;
}

void takeList(std::vector<std::string> &list, const std::optional<std::vector<std::string>> &change)
{
    if (change)
        list = tidied(*change);
}

std::string withoutSlashes(std::string_view url)
{
    url = trimmed(url);
    while (url.ends_with('/'))
        url.remove_suffix(1);
    return std::string(url);
}

} // namespace

Result<void> checkKeySettings(const KeySettings &settings)
{
    if (settings.label.size() > MAX_LABEL)
        return refused("label", "at most 200 bytes long");
    if (settings.note.size() > MAX_NOTE)
        return refused("note", "at most 10,000 bytes long");
    if (settings.project.size() > MAX_LABEL)
        return refused("project", "at most 200 bytes long");
    if (settings.priority < -1000 || settings.priority > 1000)
        return refused("priority", "a whole number from -1000 to 1000");
    if (settings.weight < 1 || settings.weight > 10'000)
        return refused("weight", "a whole number from 1 to 10,000");
    if (settings.tags.size() > MAX_LIST || settings.allowedModels.size() > MAX_LIST ||
        settings.deniedModels.size() > MAX_LIST)
        return refused("tags", "a list of at most 1,000, as those of models");
    if (!isProxyUrl(settings.proxy))
        return refused("proxy", "empty, or the URL of an http, https, socks5 or socks5h proxy");
    if (!settings.baseUrl.empty() && !isHttpBase(settings.baseUrl))
        return refused("baseUrl", "empty, or an http or https URL without user, query and fragment");
    const auto isLimit = [](std::int64_t limit) { return limit >= 0 && limit <= MAX_LIMIT; };
    if (!isLimit(settings.minuteRequests))
        return refused("minuteRequests", "0 or a limit");
    if (!isLimit(settings.minuteTokens))
        return refused("minuteTokens", "0 or a limit");
    if (!isLimit(settings.dayRequests))
        return refused("dayRequests", "0 or a limit");
    return {};
}

Result<KeySettings> patched(KeySettings settings, const KeyPatch &patch)
{
    take(settings.label, patch.label);
    take(settings.note, patch.note);
    takeList(settings.tags, patch.tags);
    take(settings.project, patch.project);
    take(settings.priority, patch.priority);
    take(settings.weight, patch.weight);
    take(settings.enabled, patch.enabled);
    takeList(settings.allowedModels, patch.allowedModels);
    takeList(settings.deniedModels, patch.deniedModels);
    take(settings.proxy, patch.proxy);
    take(settings.minuteRequests, patch.minuteRequests);
    take(settings.minuteTokens, patch.minuteTokens);
    take(settings.dayRequests, patch.dayRequests);
    take(settings.tier, patch.tier);
    take(settings.kind, patch.kind);
    if (patch.baseUrl)
        settings.baseUrl = withoutSlashes(*patch.baseUrl);
    if (Result<void> sound = checkKeySettings(settings); !sound)
        return fail(std::move(sound.error()));
    return settings;
}

} // namespace Gateway
