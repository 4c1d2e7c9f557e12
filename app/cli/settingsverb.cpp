#include "app/cli/settingsverb.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "app/cli/cliaction.h"
#include "app/cli/clicall.h"
#include "app/cli/clitext.h"
#include "app/configuration.h"
#include "app/datafolder.h"
#include "app/launch.h"
#include "app/process.h"
#include "gateway/common/json.h"
#include "gateway/control/local/localsettings.h"
#include "gateway/settings/setting.h"
#include "gateway/store/store.h"

namespace Gateway {

namespace {

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

std::string settingsText(const std::vector<SettingView> &settings)
{
    constexpr std::size_t nameWidth = 29;
    constexpr std::size_t valueWidth = 44;
    std::string out;
    for (const SettingView &setting : settings) {
        appendPadded(out, setting.name, nameWidth);
        appendPadded(out, setting.value.empty() ? "(empty)" : setting.value, valueWidth);
        out += "  " + setting.source;
        if (setting.isPending)
            out += cliText(QT_TRANSLATE_NOOP("Cli", ", after a restart"));
        out += '\n';
    }
    return out;
}

std::optional<int> listSettingsOfNoServer(const CommandLine &line)
{
    const auto isUrl = [](const auto &option) { return option.first == "url"; };
    if (std::any_of(line.options.begin(), line.options.end(), isUrl))
        return std::nullopt;
    const SystemClock clock;
    const Result<Configuration> read =
        loadConfiguration(line, environmentTexts(), StorePolicy::OnlyIfThere, clock);
    if (!read) {
        printError(read.error().text + '\n');
        return EXIT_FAILED;
    }
    if (findServer(read->settings))
        return std::nullopt;
    std::vector<SettingView> views;
    for (const SettingRow &row : settingTable())
        views.push_back(settingView(row, read->settings, read->settings));
    printOut(line.json ? toJson(jsonList(views)) + '\n' : settingsText(views));
    return EXIT_DONE;
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

namespace {

void list(CliCall &call)
{
    call.control().settings().list(
        call.reply<std::vector<SettingView>>([&call](const std::vector<SettingView> &settings) {
            if (call.isJson())
                call.printJson(jsonList(settings));
            else
                call.print(settingsText(settings));
        }));
}

Reply<SettingView> changeReply(CliCall &call)
{
    return call.reply<SettingView>([&call](const SettingView &setting) {
        if (call.isJson())
            call.printJson(jsonOf(setting));
        else
            call.print(settingsText({setting}));
    });
}

void set(CliCall &call)
{
    call.control().settings().set(call.words()[0], call.words()[1], changeReply(call));
}

void reset(CliCall &call)
{
    call.control().settings().reset(call.words()[0], changeReply(call));
}

constexpr CliAction ACTIONS[] = {
    {"settings", "list", "", 0, 0, "", QT_TRANSLATE_NOOP("Cli", "list settings and who set them"), list},
    {"settings", "set", "NAME VALUE", 2, 2, "", QT_TRANSLATE_NOOP("Cli", "set a setting"), set},
    {"settings", "reset", "NAME", 1, 1, "", QT_TRANSLATE_NOOP("Cli", "set a setting back to its default"),
     reset},
};

} // namespace

std::span<const CliAction> settingActions()
{
    return ACTIONS;
}

} // namespace Gateway
