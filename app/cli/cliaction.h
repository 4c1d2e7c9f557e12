#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace Gateway {

class CliCall;

/// An option of the command line's verbs.
struct CliOption
{
    std::string_view name;  ///< Without dashes.
    std::string_view value; ///< What it takes, as help shows it: "N", "TEXT"; empty: a switch.
    std::string_view text;  ///< What it does; marked for translation.
};

/// "keys add": what one verb and its action do.
struct CliAction
{
    std::string_view verb;
    std::string_view action; ///< The first one of a verb is meant when none is given.
    std::string_view words;  ///< What follows, as help shows it: "ID…".
    int fewestWords;
    int mostWords;            ///< -1: any number.
    std::string_view options; ///< Names with blanks between; those of every verb are not named.
    std::string_view text;    ///< Marked for translation.
    void (*run)(CliCall &call);
};

// One file a verb.
std::span<const CliAction> keyActions();
std::span<const CliAction> keyEditActions();
std::span<const CliAction> keyFileActions();
std::span<const CliAction> tokenActions();
std::span<const CliAction> settingActions();
std::span<const CliAction> requestActions();
std::span<const CliAction> servingActions();
std::span<const CliAction> proxyActions();
std::span<const CliAction> priceActions();

/// All of them, by verb.
const std::vector<CliAction> &cliActions();
/// The verbs, each once.
std::vector<std::string> cliVerbs();
/// Null: the verb has no such action. An empty `action` is the verb's first.
const CliAction *findCliAction(std::string_view verb, std::string_view action);
/// Whether the action takes the option.
bool takesOption(const CliAction &action, std::string_view option);
/// All options of the verbs.
std::vector<std::string> cliOptionNames();
/// Null when there is none of that name.
const CliOption *findCliOption(std::string_view name);

/// The help of one verb, translated.
std::string cliHelp(std::string_view verb);

} // namespace Gateway
