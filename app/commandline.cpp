#include "app/commandline.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "app/cli/cliaction.h"
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
    {"json", &CommandLine::json, "with a command: print JSON"},
    {"forget", &CommandLine::forget, "with rekey: the old master key is lost; give up what it sealed"},
    {"markdown", &CommandLine::markdown, "with settings: print the table of all settings"},
}};
constexpr std::string_view ENV_FILE = "env-file";
constexpr std::string_view REKEY = "rekey";
constexpr std::string_view BACKUP = "backup";
constexpr std::string_view RESTORE = "restore";

std::vector<std::string> optionNames()
{
    std::vector<std::string> names;
    for (const Switch &known : SWITCHES)
        names.emplace_back(known.name);
    names.emplace_back(ENV_FILE);
    for (const SettingRow &row : settingTable())
        names.push_back(optionName(row));
    for (std::string &name : cliOptionNames())
        names.push_back(std::move(name));
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
        if (m_problems.empty() && !m_line.help)
            readAction();
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
        if (!m_line.verb.empty()) {
            m_line.words.push_back(word);
            return;
        }
        std::vector<std::string> verbs = cliVerbs();
        for (const std::string_view own : {REKEY, BACKUP, RESTORE})
            verbs.emplace_back(own);
        if (std::find(verbs.begin(), verbs.end(), word) == verbs.end())
            addProblem("\"" + word + "\" is no command" + guess("", nearestName(word, verbs)));
        else
            m_line.verb = word;
    }

    /// The verb's action is its first word, where it has several.
    void readAction()
    {
        if (m_line.verb.empty()) {
            if (!m_line.options.empty())
                addProblem("--" + m_line.options.front().first + " goes with a command; --help lists them");
            return;
        }
        if (m_line.verb == REKEY) { // works on the store alone, never through a server
            if (!m_line.words.empty() || !m_line.options.empty())
                addProblem("\"rekey\" takes --forget and settings only");
            return;
        }
        if (m_line.verb == BACKUP || m_line.verb == RESTORE) { // likewise
            if (m_line.words.size() != 1 || !m_line.options.empty())
                addProblem("\"" + m_line.verb + "\" takes one file, and settings");
            return;
        }
        const CliAction *action = findCliAction(m_line.verb, {});
        if (!action->action.empty() && !m_line.words.empty()) {
            const std::string word = m_line.words.front();
            action = findCliAction(m_line.verb, word);
            if (!action) {
                addProblem("\"" + m_line.verb + ' ' + word + "\" is no command; \"" + m_line.verb +
                           " --help\" lists what there is");
                return;
            }
            m_line.words.erase(m_line.words.begin());
        }
        m_line.action = action->action;
        checkAction(*action);
    }

    void checkAction(const CliAction &action)
    {
        std::string name = m_line.verb;
        if (!action.action.empty())
            name += ' ' + m_line.action;
        const auto words = static_cast<int>(m_line.words.size());
        if (words < action.fewestWords)
            addProblem("\"" + name + "\" needs " + std::string(action.words));
        else if (action.mostWords >= 0 && words > action.mostWords)
            addProblem("\"" + m_line.words[static_cast<std::size_t>(action.mostWords)] +
                       "\" is one word too many for \"" + name + '"');
        for (const auto &[option, value] : m_line.options) {
            if (!takesOption(action, option))
                addProblem("\"" + name + "\" does not take --" + option);
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
        const CliOption *ofVerb = row ? nullptr : findCliOption(name);
        if (ofVerb && ofVerb->value.empty()) {
            m_line.options.emplace_back(name, std::string());
            if (equals != std::string_view::npos)
                addProblem("--" + std::string(name) + " takes no value");
            return;
        }
        if (!row && !ofVerb && name != ENV_FILE) {
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
        else if (ofVerb)
            m_line.options.emplace_back(name, std::move(value));
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
                       "gemini-balance rekey [--forget] [options]      seal the stored secrets with a new "
                       "master key\n"
                       "gemini-balance backup FILE [options]           copy the store to a file\n"
                       "gemini-balance restore FILE [options]          put such a copy in the store's place\n"
                       "gemini-balance COMMAND [options]               work with a gateway; COMMAND --help "
                       "says more\n\n";
    for (const std::string &verb : cliVerbs()) {
        std::string actions;
        for (const CliAction &action : cliActions()) {
            if (action.verb == verb && !action.action.empty())
                actions += (actions.empty() ? "" : ", ") + std::string(action.action);
        }
        appendOption(text, verb, actions);
    }
    text += '\n';
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
