#include "gateway/settings/settings.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "gateway/common/json.h"
#include "gateway/common/text.h"
#include "gateway/settings/settingchecks.h"

namespace Gateway {

namespace {

constexpr std::size_t indexOf(Setting setting)
{
    return static_cast<std::size_t>(setting);
}

tl::unexpected<Error> refused(const SettingRow &row, std::string_view value)
{
    std::string text(row.name);
    text += " = \"";
    text += shownText(row, value);
    text += "\" is not allowed; allowed is ";
    text += allowedText(row);
    if (row.fault)
        text += ". " + row.fault(value);
    return fail(400, "invalid_setting", std::move(text));
}

/// A list may also be a JSON array of texts, as older gateways' environments have it. Nothing when that is
/// broken.
std::optional<std::vector<std::string>> piecesOf(std::string_view text)
{
    if (!text.starts_with('['))
        return splitList(text, ",\n");
    const Result<json::value> array = parseJson(text);
    if (!array || !array->is_array())
        return std::nullopt;
    std::vector<std::string> pieces;
    for (const json::value &element : array->get_array()) {
        if (!element.is_string())
            return std::nullopt;
        const std::string_view piece = trimmed(std::string_view(element.get_string()));
        if (!piece.empty())
            pieces.emplace_back(piece);
    }
    return pieces;
}

bool isChoice(const SettingRow &row, std::string_view value)
{
    const std::vector<std::string> words = splitList(row.choices, ",");
    return std::find(words.begin(), words.end(), value) != words.end();
}

} // namespace

std::string_view sourceName(SettingSource source)
{
    switch (source) {
    case SettingSource::Default:
        return "default";
    case SettingSource::Store:
        return "store";
    case SettingSource::Environment:
        return "environment";
    case SettingSource::CommandLine:
        return "command line";
    }
    return {};
}

Settings::Settings()
{
    for (const SettingRow &row : settingTable()) {
        Value &value = m_values[indexOf(row.id)];
        value.text = row.defaultValue;
        if (row.type == SettingType::Integer)
            value.integer = parseAmount(row.defaultValue, row.unit).value_or(row.minimum);
        else if (row.type == SettingType::Flag)
            value.integer = parseFlag(row.defaultValue).value_or(false) ? 1 : 0;
        else if (row.type == SettingType::List)
            value.list = splitList(row.defaultValue, ",\n");
    }
}

const std::string &Settings::text(Setting setting) const
{
    return m_values[indexOf(setting)].text;
}

std::int64_t Settings::integer(Setting setting) const
{
    return m_values[indexOf(setting)].integer;
}

bool Settings::flag(Setting setting) const
{
    return m_values[indexOf(setting)].integer != 0;
}

const std::vector<std::string> &Settings::list(Setting setting) const
{
    return m_values[indexOf(setting)].list;
}

SettingSource Settings::source(Setting setting) const
{
    return m_values[indexOf(setting)].source;
}

Result<void> Settings::set(Setting setting, std::string_view value, SettingSource source)
{
    Result<Value> next = parsed(settingRow(setting), trimmed(value));
    if (!next)
        return fail(std::move(next.error()));
    next->source = source;
    m_values[indexOf(setting)] = std::move(*next);
    return {};
}

Result<Settings::Value> Settings::parsed(const SettingRow &row, std::string_view text)
{
    Value value;
    value.text = text;
    bool allowed = true;
    switch (row.type) {
    case SettingType::Text:
        allowed = !row.accepts || row.accepts(text);
        break;
    case SettingType::Choice:
        allowed = isChoice(row, text);
        break;
    case SettingType::Integer: {
        const std::optional<std::int64_t> number = parseAmount(text, row.unit);
        allowed = number && *number >= row.minimum && *number <= row.maximum;
        value.integer = number.value_or(0);
        break;
    }
    case SettingType::Flag: {
        const std::optional<bool> on = parseFlag(text);
        allowed = on.has_value();
        value.integer = on.value_or(false) ? 1 : 0;
        break;
    }
    case SettingType::List: {
        std::optional<std::vector<std::string>> pieces = piecesOf(text);
        allowed = pieces && (!row.accepts || std::all_of(pieces->begin(), pieces->end(), row.accepts));
        if (pieces)
            value.list = std::move(*pieces);
        break;
    }
    }
    if (!allowed)
        return refused(row, text);
    return value;
}

} // namespace Gateway
