#include "app/cli/cliaction.h"
#include "app/cli/clicall.h"
#include "app/cli/clitext.h"
#include "gateway/control/json/words.h"

namespace Gateway {

namespace {

std::string joined(const std::vector<std::string> &texts)
{
    std::string all;
    for (const std::string &text : texts)
        all += (all.empty() ? "" : ", ") + text;
    return all;
}

std::string useText(std::int64_t used, std::int64_t limit)
{
    return limit > 0 ? std::to_string(used) + '/' + std::to_string(limit) : std::to_string(used);
}

std::string tokenTable(const std::vector<TokenView> &tokens)
{
    CliTable table(
        {cliText(QT_TRANSLATE_NOOP("Cli", "Id")), cliText(QT_TRANSLATE_NOOP("Cli", "Name")),
         cliText(QT_TRANSLATE_NOOP("Cli", "Ends in")), cliText(QT_TRANSLATE_NOOP("Cli", "Enabled")),
         cliText(QT_TRANSLATE_NOOP("Cli", "Models")), cliText(QT_TRANSLATE_NOOP("Cli", "Requests today")),
         cliText(QT_TRANSLATE_NOOP("Cli", "Tokens today")), cliText(QT_TRANSLATE_NOOP("Cli", "Expires")),
         cliText(QT_TRANSLATE_NOOP("Cli", "Last used"))});
    for (const TokenView &token : tokens)
        table.add({token.id > 0 ? std::to_string(token.id) : "-", token.settings.name, token.hint,
                   token.settings.enabled ? cliText(QT_TRANSLATE_NOOP("Cli", "yes"))
                                          : cliText(QT_TRANSLATE_NOOP("Cli", "no")),
                   joined(token.settings.allowedModels),
                   useText(token.use.dayRequests, token.settings.limits.dayRequests),
                   useText(token.use.dayTokens, token.settings.limits.dayTokens),
                   timeText(token.settings.expiresMs), timeText(token.use.lastUsedMs)});
    return table.text();
}

std::optional<std::vector<Dialect>> dialectsOf(CliCall &call)
{
    const std::optional<std::vector<std::string>> names = call.list("dialects");
    if (!names)
        return std::nullopt;
    std::vector<Dialect> dialects;
    for (const std::string &name : *names) {
        if (const std::optional<Dialect> dialect = fromName<Dialect>(name))
            dialects.push_back(*dialect);
        else
            call.refuse(cliText(QT_TRANSLATE_NOOP("Cli", "--dialects takes some of %1."),
                                joinedWords(wordsOf(Dialect()))));
    }
    return dialects;
}

TokenPatch patchOf(CliCall &call)
{
    TokenPatch patch;
    patch.name = call.given("name");
    patch.note = call.given("note");
    patch.enabled = call.flag("enabled");
    patch.expiresMs = call.time("expires");
    patch.allowedModels = call.list("models");
    patch.allowedDialects = dialectsOf(call);
    patch.tags = call.list("tags");
    patch.networks = call.list("networks");
    patch.parameters = call.given("parameters");
    patch.minuteRequests = call.number("minute-requests");
    patch.minuteTokens = call.number("minute-tokens");
    patch.dayRequests = call.number("day-requests");
    patch.dayTokens = call.number("day-tokens");
    patch.monthMicroUsd = call.money("month-usd");
    return patch;
}

void showNew(const CliCall &call, const IssuedToken &token)
{
    if (call.isJson()) {
        call.printJson(jsonOf(token));
        return;
    }
    call.print(cliText(QT_TRANSLATE_NOOP("Cli", "The token is shown this once:")) + "\n  " +
               token.secret.reveal() + '\n');
}

void list(CliCall &call)
{
    call.control().tokens().list(
        call.reply<std::vector<TokenView>>([&call](const std::vector<TokenView> &tokens) {
            if (call.isJson())
                call.printJson(jsonList(tokens));
            else
                call.print(tokenTable(tokens));
        }));
}

void create(CliCall &call)
{
    TokenSettings settings = patched(TokenSettings(), patchOf(call));
    settings.name = call.words().front();
    if (!call.isOver())
        call.control().tokens().create(
            std::move(settings),
            call.reply<IssuedToken>([&call](const IssuedToken &token) { showNew(call, token); }));
}

void edit(CliCall &call)
{
    const std::vector<TokenId> ids = call.ids();
    TokenPatch patch = patchOf(call);
    if (call.isOver())
        return;
    call.control().tokens().patch(ids.front(), std::move(patch),
                                  call.reply<TokenView>([&call](const TokenView &token) {
                                      if (call.isJson())
                                          call.printJson(jsonOf(token));
                                      else
                                          call.print(tokenTable({token}));
                                  }));
}

void remove(CliCall &call)
{
    const std::vector<TokenId> ids = call.ids();
    if (!call.isOver())
        call.control().tokens().remove(
            ids.front(),
            call.done(cliText(QT_TRANSLATE_NOOP("Cli", "Deleted: clients with it are refused."))));
}

void rotate(CliCall &call)
{
    const std::vector<TokenId> ids = call.ids();
    if (!call.isOver())
        call.control().tokens().rotate(
            ids.front(),
            call.reply<IssuedToken>([&call](const IssuedToken &token) { showNew(call, token); }));
}

constexpr std::string_view RULES =
    "name note enabled expires models dialects tags networks parameters minute-requests "
    "minute-tokens day-requests day-tokens month-usd";

constexpr CliAction ACTIONS[] = {
    {"tokens", "list", "", 0, 0, "", QT_TRANSLATE_NOOP("Cli", "list access tokens and their use"), list},
    {"tokens", "create", "NAME", 1, 1, RULES, QT_TRANSLATE_NOOP("Cli", "create an access token"), create},
    {"tokens", "edit", "ID", 1, 1, RULES, QT_TRANSLATE_NOOP("Cli", "change what a token may do"), edit},
    {"tokens", "delete", "ID", 1, 1, "", QT_TRANSLATE_NOOP("Cli", "delete a token"), remove},
    {"tokens", "rotate", "ID", 1, 1, "", QT_TRANSLATE_NOOP("Cli", "give a token a new text"), rotate},
};

} // namespace

std::span<const CliAction> tokenActions()
{
    return ACTIONS;
}

} // namespace Gateway
