#include "app/cli/cliaction.h"

#include <algorithm>
#include <iterator>

#include "app/cli/clitext.h"
#include "gateway/common/text.h"

namespace Gateway {

namespace {

constexpr CliOption OPTIONS[] = {
    {"url", "URL",
     QT_TRANSLATE_NOOP("Cli", "the server to speak to, in place of the one of the data folder")},
    {"token", "TOKEN", QT_TRANSLATE_NOOP("Cli", "the server's AUTH_TOKEN")},
    {"of-token", "NAME", QT_TRANSLATE_NOOP("Cli", "of this access token")},
    {"label", "TEXT", QT_TRANSLATE_NOOP("Cli", "label; with add: {n} counts the keys")},
    {"note", "TEXT", QT_TRANSLATE_NOOP("Cli", "note")},
    {"tags", "LIST", QT_TRANSLATE_NOOP("Cli", "tags, with commas between")},
    {"project", "NAME", QT_TRANSLATE_NOOP("Cli", "Google project")},
    {"priority", "N", QT_TRANSLATE_NOOP("Cli", "higher ones first, -1000 to 1000")},
    {"weight", "N", QT_TRANSLATE_NOOP("Cli", "share of the requests, 1 to 10000")},
    {"models", "LIST", QT_TRANSLATE_NOOP("Cli", "allowed models, * stands for any letters; empty: all")},
    {"deny", "LIST", QT_TRANSLATE_NOOP("Cli", "models that are not allowed")},
    {"proxy", "URL", QT_TRANSLATE_NOOP("Cli", "proxy of its own")},
    {"minute-requests", "N", QT_TRANSLATE_NOOP("Cli", "requests a minute; 0: no limit")},
    {"minute-tokens", "N", QT_TRANSLATE_NOOP("Cli", "tokens a minute; 0: no limit")},
    {"day-requests", "N", QT_TRANSLATE_NOOP("Cli", "requests a day; 0: no limit")},
    {"day-tokens", "N", QT_TRANSLATE_NOOP("Cli", "tokens a day; 0: no limit")},
    {"month-usd", "N", QT_TRANSLATE_NOOP("Cli", "US dollars a month; 0: no limit")},
    {"tier", "WORD", QT_TRANSLATE_NOOP("Cli", "unknown, free or paid")},
    {"kind", "WORD", QT_TRANSLATE_NOOP("Cli", "gemini, or vertex for Vertex AI's express mode")},
    {"base-url", "URL", QT_TRANSLATE_NOOP("Cli", "where the key is used; empty: the usual place")},
    {"all", "", QT_TRANSLATE_NOOP("Cli", "all keys")},
    {"failing", "", QT_TRANSLATE_NOOP("Cli", "those that are sidelined or had failures")},
    {"status", "WORD",
     QT_TRANSLATE_NOOP("Cli", "usable, resting, sidelined or disabled; with requests: 429 or 500-599")},
    {"search", "TEXT", QT_TRANSLATE_NOOP("Cli", "those that have this in label, note, key, project or tags")},
    {"tag", "NAME", QT_TRANSLATE_NOOP("Cli", "those with this tag")},
    {"model", "NAME", QT_TRANSLATE_NOOP("Cli", "of or for this model")},
    {"deleted", "", QT_TRANSLATE_NOOP("Cli", "deleted ones that can be restored")},
    {"for", "TIME", QT_TRANSLATE_NOOP("Cli", "how long: 90s, 10m, 2h")},
    {"with-settings", "",
     QT_TRANSLATE_NOOP("Cli", "take over the tokens, settings and proxies of the file as well")},
    {"preview", "", QT_TRANSLATE_NOOP("Cli", "only say what would be added")},
    {"format", "WORD", QT_TRANSLATE_NOOP("Cli", "csv or json")},
    {"reveal", "", QT_TRANSLATE_NOOP("Cli", "keys in full")},
    {"passphrase-file", "FILE",
     QT_TRANSLATE_NOOP("Cli", "the passphrase in this file seals the export, or opens it")},
    {"output", "FILE", QT_TRANSLATE_NOOP("Cli", "where to write it, in place of the terminal")},
    {"name", "NAME", QT_TRANSLATE_NOOP("Cli", "name")},
    {"enabled", "WORD", QT_TRANSLATE_NOOP("Cli", "yes or no")},
    {"expires", "TIME", QT_TRANSLATE_NOOP("Cli", "2027-01-31, a time with it, or never")},
    {"dialects", "LIST", QT_TRANSLATE_NOOP("Cli", "allowed dialects; empty: all")},
    {"networks", "LIST", QT_TRANSLATE_NOOP("Cli", "addresses or networks it may come from; empty: any")},
    {"parameters", "TEXT",
     QT_TRANSLATE_NOOP("Cli", "what its requests are given, e.g. \"thinking=low; search\"; empty: nothing")},
    {"key", "ID", QT_TRANSLATE_NOOP("Cli", "of this key")},
    {"dialect", "NAME", QT_TRANSLATE_NOOP("Cli", "of this dialect")},
    {"from", "TIME",
     QT_TRANSLATE_NOOP("Cli", "not before: 2027-01-31, a time with it, or 2h for two hours ago")},
    {"until", "TIME", QT_TRANSLATE_NOOP("Cli", "before that time")},
    {"failed", "", QT_TRANSLATE_NOOP("Cli", "only those that failed")},
    {"retried", "", QT_TRANSLATE_NOOP("Cli", "only those with more than one attempt")},
    {"min-duration", "MS", QT_TRANSLATE_NOOP("Cli", "that took so long at least")},
    {"error", "TEXT", QT_TRANSLATE_NOOP("Cli", "that have this in their error")},
    {"limit", "N", QT_TRANSLATE_NOOP("Cli", "at most so many")},
    {"cursor", "N", QT_TRANSLATE_NOOP("Cli", "where the page before ended")},
    {"input", "USD", QT_TRANSLATE_NOOP("Cli", "US dollars for a million tokens in")},
    {"cached", "USD", QT_TRANSLATE_NOOP("Cli", "likewise, tokens from a cache")},
    {"price-output", "USD", QT_TRANSLATE_NOOP("Cli", "likewise, tokens out")},
};

bool isOfEveryVerb(std::string_view option)
{
    return option == "url" || option == "token";
}

void appendOption(std::string &help, const CliOption &option)
{
    std::string name = "--" + std::string(option.name);
    if (!option.value.empty())
        name += ' ' + std::string(option.value);
    appendHelpLine(help, name, cliText(option.text));
}

} // namespace

const std::vector<CliAction> &cliActions()
{
    static const std::vector<CliAction> actions = [] {
        std::vector<CliAction> all;
        for (const std::span<const CliAction> some :
             {keyActions(), keyEditActions(), keyFileActions(), tokenActions(), settingActions(),
              requestActions(), servingActions(), proxyActions(), priceActions()})
            all.insert(all.end(), some.begin(), some.end());
        return all;
    }();
    return actions;
}

std::vector<std::string> cliVerbs()
{
    std::vector<std::string> verbs;
    for (const CliAction &action : cliActions()) {
        if (std::find(verbs.begin(), verbs.end(), action.verb) == verbs.end())
            verbs.emplace_back(action.verb);
    }
    return verbs;
}

const CliAction *findCliAction(std::string_view verb, std::string_view action)
{
    for (const CliAction &known : cliActions()) {
        if (known.verb == verb && (action.empty() || known.action == action))
            return &known;
    }
    return nullptr;
}

const CliOption *findCliOption(std::string_view name)
{
    const auto found = std::find_if(std::begin(OPTIONS), std::end(OPTIONS),
                                    [name](const CliOption &option) { return option.name == name; });
    return found == std::end(OPTIONS) ? nullptr : found;
}

bool takesOption(const CliAction &action, std::string_view option)
{
    if (isOfEveryVerb(option))
        return true;
    const std::vector<std::string> options = splitList(action.options, " ");
    return std::find(options.begin(), options.end(), option) != options.end();
}

std::vector<std::string> cliOptionNames()
{
    std::vector<std::string> names;
    for (const CliOption &option : OPTIONS)
        names.emplace_back(option.name);
    return names;
}

std::string cliHelp(std::string_view verb)
{
    std::string help;
    std::vector<std::string> options;
    for (const CliAction &action : cliActions()) {
        if (action.verb != verb)
            continue;
        std::string usage = "gemini-balance " + std::string(verb);
        if (!action.action.empty())
            usage += ' ' + std::string(action.action);
        if (!action.words.empty())
            usage += ' ' + std::string(action.words);
        help += usage + "\n    " + cliText(action.text) + '\n';
        std::string line;
        for (const std::string &option : splitList(action.options, " ")) {
            line += (line.empty() ? "    --" : " --") + option;
            if (std::find(options.begin(), options.end(), option) == options.end())
                options.push_back(option);
        }
        if (!line.empty())
            help += line + '\n';
    }
    help += '\n';
    for (const std::string &option : options) {
        if (const CliOption *known = findCliOption(option))
            appendOption(help, *known);
    }
    for (const CliOption &option : OPTIONS) {
        if (isOfEveryVerb(option.name) &&
            std::find(options.begin(), options.end(), option.name) == options.end())
            appendOption(help, option);
    }
    appendHelpLine(help, "--json", cliText(QT_TRANSLATE_NOOP("Cli", "print JSON")));
    return help;
}

} // namespace Gateway
