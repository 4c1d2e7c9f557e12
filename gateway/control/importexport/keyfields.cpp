#include "gateway/control/importexport/keyfields.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include "gateway/common/text.h"

namespace Gateway {

namespace {

constexpr KeyField FIELDS[] = {KeyField::Label,        KeyField::Key,         KeyField::Project,
                               KeyField::Tags,         KeyField::Weight,      KeyField::Priority,
                               KeyField::Note,         KeyField::Enabled,     KeyField::AllowedModels,
                               KeyField::DeniedModels, KeyField::Proxy,       KeyField::MinuteRequests,
                               KeyField::MinuteTokens, KeyField::DayRequests, KeyField::Tier,
                               KeyField::Kind,         KeyField::BaseUrl};

constexpr std::string_view NAMES[] = {
    "label",         "key",          "project",        "tags",          "weight",  "priority",
    "note",          "enabled",      "allowed_models", "denied_models", "proxy",   "minute_requests",
    "minute_tokens", "day_requests", "tier",           "kind",          "base_url"};

struct Alias
{
    std::string_view name; ///< In lower case, without blanks, '_' and '-'.
    KeyField field;
};

constexpr Alias ALIASES[] = {
    {"name", KeyField::Label},       {"title", KeyField::Label},        {"apikey", KeyField::Key},
    {"geminiapikey", KeyField::Key}, {"secret", KeyField::Key},         {"apitoken", KeyField::Key},
    {"keyvalue", KeyField::Key},     {"projectid", KeyField::Project},  {"group", KeyField::Project},
    {"tag", KeyField::Tags},         {"notes", KeyField::Note},         {"comment", KeyField::Note},
    {"remark", KeyField::Note},      {"description", KeyField::Note},   {"active", KeyField::Enabled},
    {"isactive", KeyField::Enabled}, {"status", KeyField::Enabled},     {"models", KeyField::AllowedModels},
    {"proxyurl", KeyField::Proxy},   {"rpm", KeyField::MinuteRequests}, {"tpm", KeyField::MinuteTokens},
    {"rpd", KeyField::DayRequests},
};

std::string plainName(std::string_view name)
{
    std::string plain;
    for (const char c : trimmed(name)) {
        if (c != ' ' && c != '_' && c != '-')
            plain += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    }
    return plain;
}

std::string joined(const std::vector<std::string> &list)
{
    std::string text;
    for (const std::string &piece : list)
        text += (text.empty() ? "" : ";") + piece;
    return text;
}

template <typename Number>
std::string setNumber(Number &target, std::string_view value, Number least, Number most)
{
    long long number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error != std::errc() || end != value.data() + value.size())
        return "\"" + std::string(value) + "\" is no whole number.";
    target = static_cast<Number>(std::clamp<long long>(number, least, most));
    return target == number ? std::string()
                            : std::string(value) + " is not from " + std::to_string(least) + " to " +
                                  std::to_string(most) + '.';
}

bool isAnyOf(std::string_view value, std::initializer_list<std::string_view> words)
{
    return std::any_of(words.begin(), words.end(),
                       [value](std::string_view word) { return equalsIgnoreCase(value, word); });
}

std::string setEnabled(KeySettings &settings, std::string_view value)
{
    if (isAnyOf(value, {"true", "1", "yes", "on", "enabled", "active", "valid", "ok"}))
        settings.enabled = true;
    else if (isAnyOf(value, {"false", "0", "no", "off", "disabled", "inactive", "invalid"}))
        settings.enabled = false;
    else
        return "\"" + std::string(value) + "\" is neither true nor false.";
    return {};
}

std::string setTier(KeySettings &settings, std::string_view value)
{
    if (isAnyOf(value, {"free"}))
        settings.tier = KeyTier::Free;
    else if (isAnyOf(value, {"paid"}))
        settings.tier = KeyTier::Paid;
    else if (isAnyOf(value, {"unknown"}))
        settings.tier = KeyTier::Unknown;
    else
        return "\"" + std::string(value) + "\" is neither free nor paid.";
    return {};
}

std::string setKind(KeySettings &settings, std::string_view value)
{
    if (isAnyOf(value, {"gemini"}))
        settings.kind = KeyKind::Gemini;
    else if (isAnyOf(value, {"vertex"}))
        settings.kind = KeyKind::Vertex;
    else
        return "\"" + std::string(value) + "\" is neither gemini nor vertex.";
    return {};
}

std::vector<std::string> sortedTags(std::string_view value)
{
    std::vector<std::string> tags = splitList(value, ";,|");
    std::sort(tags.begin(), tags.end());
    tags.erase(std::unique(tags.begin(), tags.end()), tags.end());
    return tags;
}

} // namespace

std::span<const KeyField> keyFields()
{
    return FIELDS;
}

std::string_view keyFieldName(KeyField field)
{
    return field == KeyField::None ? std::string_view() : NAMES[static_cast<std::size_t>(field)];
}

KeyField keyFieldNamed(std::string_view name)
{
    const auto *exact =
        std::find(std::begin(NAMES), std::end(NAMES), name); // our own exports, many times over
    if (exact != std::end(NAMES))
        return FIELDS[exact - std::begin(NAMES)];
    const std::string plain = plainName(name);
    for (const KeyField field : FIELDS) {
        if (plain == plainName(keyFieldName(field)))
            return field;
    }
    const auto *found = std::find_if(std::begin(ALIASES), std::end(ALIASES),
                                     [&plain](const Alias &alias) { return alias.name == plain; });
    return found == std::end(ALIASES) ? KeyField::None : found->field;
}

std::string keyFieldText(const KeySettings &settings, KeyField field)
{
    switch (field) {
    case KeyField::Label:
        return settings.label;
    case KeyField::Project:
        return settings.project;
    case KeyField::Tags:
        return joined(settings.tags);
    case KeyField::Weight:
        return std::to_string(settings.weight);
    case KeyField::Priority:
        return std::to_string(settings.priority);
    case KeyField::Note:
        return settings.note;
    case KeyField::Enabled:
        return settings.enabled ? "true" : "false";
    case KeyField::AllowedModels:
        return joined(settings.allowedModels);
    case KeyField::DeniedModels:
        return joined(settings.deniedModels);
    case KeyField::Proxy:
        return settings.proxy;
    case KeyField::MinuteRequests:
        return std::to_string(settings.minuteRequests);
    case KeyField::MinuteTokens:
        return std::to_string(settings.minuteTokens);
    case KeyField::DayRequests:
        return std::to_string(settings.dayRequests);
    case KeyField::Tier:
        return settings.tier == KeyTier::Free ? "free" : settings.tier == KeyTier::Paid ? "paid" : "";
    case KeyField::Kind:
        return settings.kind == KeyKind::Vertex ? "vertex" : "gemini";
    case KeyField::BaseUrl:
        return settings.baseUrl;
    case KeyField::Key:
    case KeyField::None:
        break;
    }
    return {};
}

std::string setKeyField(KeySettings &settings, KeyField field, std::string_view value)
{
    constexpr std::int64_t NO_END = std::numeric_limits<std::int64_t>::max();
    if (value.empty())
        return {};
    switch (field) {
    case KeyField::Label:
        settings.label = value;
        break;
    case KeyField::Project:
        settings.project = trimmed(value);
        break;
    case KeyField::Tags:
        settings.tags = sortedTags(value);
        break;
    case KeyField::Weight:
        return setNumber(settings.weight, trimmed(value), 1, 10'000);
    case KeyField::Priority:
        return setNumber(settings.priority, trimmed(value), -1000, 1000);
    case KeyField::Note:
        settings.note = value;
        break;
    case KeyField::Enabled:
        return setEnabled(settings, trimmed(value));
    case KeyField::AllowedModels:
        settings.allowedModels = splitList(value, ";,|");
        break;
    case KeyField::DeniedModels:
        settings.deniedModels = splitList(value, ";,|");
        break;
    case KeyField::Proxy:
        settings.proxy = trimmed(value);
        break;
    case KeyField::MinuteRequests:
        return setNumber(settings.minuteRequests, trimmed(value), std::int64_t{0}, NO_END);
    case KeyField::MinuteTokens:
        return setNumber(settings.minuteTokens, trimmed(value), std::int64_t{0}, NO_END);
    case KeyField::DayRequests:
        return setNumber(settings.dayRequests, trimmed(value), std::int64_t{0}, NO_END);
    case KeyField::Tier:
        return setTier(settings, trimmed(value));
    case KeyField::Kind:
        return setKind(settings, trimmed(value));
    case KeyField::BaseUrl:
        settings.baseUrl = trimmed(value);
        while (settings.baseUrl.ends_with('/'))
            settings.baseUrl.pop_back();
        break;
    case KeyField::Key:
    case KeyField::None:
        break;
    }
    return {};
}

} // namespace Gateway
