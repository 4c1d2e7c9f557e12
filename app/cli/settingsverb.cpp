#include "app/cli/settingsverb.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "app/configuration.h"
#include "app/launch.h"
#include "app/process.h"
#include "gateway/common/json.h"
#include "gateway/settings/setting.h"
#include "gateway/store/store.h"

namespace Gateway {

namespace {

std::string_view typeName(SettingType type)
{
    switch (type) {
    case SettingType::Text:
        return "text";
    case SettingType::Integer:
        return "integer";
    case SettingType::Flag:
        return "flag";
    case SettingType::List:
        return "list";
    case SettingType::Choice:
        return "choice";
    }
    return {};
}

void appendPadded(std::string &out, std::string_view text, std::size_t width)
{
    out += text;
    const auto letters = static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
    out.append(letters < width ? width - letters : 0, ' ');
}

/// A | would end the cell.
std::string cell(std::string_view text)
{
    std::string escaped;
    for (const char c : text)
        escaped += c == '|' ? std::string("\\|") : std::string(1, c);
    return escaped;
}

} // namespace

int runSettingsVerb(const CommandLine &line)
{
    if (line.markdown) {
        printOut(settingsMarkdown());
        return EXIT_DONE;
    }
    const SystemClock clock;
    const Result<Configuration> read =
        loadConfiguration(line, environmentTexts(), StorePolicy::OnlyIfThere, clock);
    if (!read) {
        printError(read.error().text + '\n');
        return EXIT_FAILED;
    }
    printOut(line.json ? settingsJson(read->settings) : settingsText(read->settings));
    return EXIT_DONE;
}

std::string settingsText(const Settings &settings)
{
    constexpr std::size_t nameWidth = 29;
    constexpr std::size_t valueWidth = 44;
    std::string out;
    for (const SettingRow &row : settingTable()) {
        const std::string value = shownText(row, settings.text(row.id));
        appendPadded(out, row.name, nameWidth);
        appendPadded(out, value.empty() ? "(empty)" : value, valueWidth);
        out += "  ";
        out += sourceName(settings.source(row.id));
        out += '\n';
    }
    return out;
}

std::string settingsJson(const Settings &settings)
{
    json::array rows;
    for (const SettingRow &row : settingTable()) {
        rows.push_back(json::object{
            {"name", row.name},
            {"value", shownText(row, settings.text(row.id))},
            {"source", sourceName(settings.source(row.id))},
            {"default", row.defaultValue},
            {"type", typeName(row.type)},
            {"allowed", allowedText(row)},
            {"secret", row.isSecret},
            {"needsRestart", row.needsRestart},
            {"section", row.section},
            {"text", row.text},
        });
    }
    return toJson(rows) + '\n';
}

std::string settingsMarkdown()
{
    std::string out = "| Setting | Default | Allowed | What it does |\n|---|---|---|---|\n";
    for (const std::string_view section : settingSections()) {
        out += "| **" + cell(section) + "** | | | |\n";
        for (const SettingRow &row : settingTable()) {
            if (row.section != section)
                continue;
            out += "| `" + std::string(row.name) + "` | ";
            if (!row.defaultValue.empty())
                out += '`' + std::string(row.defaultValue) + '`';
            out += " | " + cell(allowedText(row)) + " | " + cell(row.text) + " |\n";
        }
    }
    return out;
}

} // namespace Gateway
