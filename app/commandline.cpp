#include "app/commandline.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "gateway/settings/setting.h"

namespace Gateway {

namespace {

struct Switch
{
    std::string_view name;
    bool CommandLine::*member;
    std::string_view text;
};

constexpr std::array<Switch, 6> SWITCHES{{
    {"server", &CommandLine::server, "serve without windows"},
    {"help", &CommandLine::help, "show this text"},
    {"version", &CommandLine::version, "show the version"},
    {"json", &CommandLine::json, "with settings: print JSON"},
    {"forget", &CommandLine::forget, "with rekey: the old master key is lost; give up what it sealed"},
    {"markdown", &CommandLine::markdown, "with settings: print the table of all settings"},
}};
constexpr std::string_view ENV_FILE = "env-file";
constexpr std::array<std::string_view, 2> VERBS{"settings", "rekey"};

std::vector<std::string> optionNames()
{
    std::vector<std::string> names;
    for (const Switch &known : SWITCHES)
        names.emplace_back(known.name);
    names.emplace_back(ENV_FILE);
    for (const SettingRow &row : settingTable())
        names.push_back(optionName(row));
    return names;
}

std::string guess(std::string_view dashes, const std::string &nearest)
{
    if (nearest.empty())
        return "; --help lists what there is";
    return "; did you mean " + std::string(dashes) + nearest + "?";
}

/// Goes through the arguments once and gathers what is wrong.
class CommandLineReader
{
public:
    explicit CommandLineReader(const std::vector<std::string> &arguments)
        : m_arguments(arguments)
    {
    }

    Result<CommandLine> read()
    {
        for (m_at = 0; m_at < m_arguments.size(); ++m_at) {
            const std::string &argument = m_arguments[m_at];
            if (argument == "-h")
                m_line.help = true;
            else if (argument.starts_with("--") && argument.size() > 2)
                readOption(std::string_view(argument).substr(2));
            else
                readWord(argument);
        }
        if (!m_problems.empty())
            return fail(400, "invalid_arguments", std::move(m_problems));
        return std::move(m_line);
    }

private:
    void addProblem(const std::string &problem)
    {
        if (!m_problems.empty())
            m_problems += '\n';
        m_problems += problem;
    }

    void readWord(const std::string &word)
    {
        if (std::find(VERBS.begin(), VERBS.end(), word) == VERBS.end()) {
            const std::vector<std::string> verbs(VERBS.begin(), VERBS.end());
            addProblem("\"" + word + "\" is no command" + guess("", nearestName(word, verbs)));
        } else if (!m_line.verb.empty()) {
            addProblem("\"" + word + "\" is one command too many");
        } else {
            m_line.verb = word;
        }
    }

    void readOption(std::string_view option)
    {
        const std::size_t equals = option.find('=');
        const std::string_view name = option.substr(0, equals);
        const auto known = std::find_if(SWITCHES.begin(), SWITCHES.end(),
                                        [&](const Switch &candidate) { return candidate.name == name; });
        if (known != SWITCHES.end()) {
            m_line.*(known->member) = true;
            if (equals != std::string_view::npos)
                addProblem("--" + std::string(name) + " takes no value");
            return;
        }
        const SettingRow *row = findSettingByOption(name);
        if (!row && name != ENV_FILE) {
            addProblem("--" + std::string(name) + " is no option" +
                       guess("--", nearestName(name, optionNames())));
            // What follows is most likely its value and no command.
            if (equals == std::string_view::npos && hasValueNext())
                ++m_at;
            return;
        }
        std::string value;
        if (equals != std::string_view::npos) {
            value = option.substr(equals + 1);
        } else if (hasValueNext()) {
            value = m_arguments[++m_at];
        } else {
            addProblem("--" + std::string(name) + " needs a value");
            return;
        }
        if (row)
            m_line.settings.emplace_back(row->name, std::move(value));
        else
            m_line.envFiles.push_back(std::move(value));
    }

    bool hasValueNext() const
    {
        return m_at + 1 < m_arguments.size() && !m_arguments[m_at + 1].starts_with("--");
    }

    const std::vector<std::string> &m_arguments;
    std::size_t m_at = 0;
    CommandLine m_line;
    std::string m_problems;
};

void appendOption(std::string &text, const std::string &option, std::string_view what)
{
    constexpr std::size_t column = 34;
    text += "  " + option;
    text.append(option.size() + 4 > column ? 2 : column - option.size() - 2, ' ');
    text += what;
    text += '\n';
}

} // namespace

Result<CommandLine> parseCommandLine(const std::vector<std::string> &arguments)
{
    return CommandLineReader(arguments).read();
}

std::string helpText()
{
    std::string text = "Gemini Balance " GW_VERSION ": one local address for a pool of Gemini API keys.\n\n"
                       "gemini-balance [options]                       serve, with windows where there is a "
                       "display\n"
                       "gemini-balance settings [--json] [options]     print each setting and who set it\n"
                       "gemini-balance rekey [--forget] [options]      seal the stored secrets with a new "
                       "master key\n\n";
    for (const Switch &known : SWITCHES)
        appendOption(text, "--" + std::string(known.name), known.text);
    appendOption(text, "--env-file PATH", "read settings from a .env file; the environment wins over it");
    for (const std::string_view section : settingSections()) {
        text += '\n' + std::string(section) + "\n";
        for (const SettingRow &row : settingTable()) {
            if (row.section == section)
                appendOption(text, "--" + optionName(row), row.text);
        }
    }
    text += "\nEach of these is also read from the environment: --max-retries is MAX_RETRIES.\n";
    return text;
}

} // namespace Gateway
