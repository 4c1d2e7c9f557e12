#include "app/cli/keyselection.h"

#include <array>
#include <utility>

#include "app/cli/clitext.h"
#include "gateway/control/json/words.h"

namespace Gateway {

namespace {

std::string stateText(const KeyInfo &key)
{
    const std::string word =
        cliText(std::array{QT_TRANSLATE_NOOP("Cli", "usable"), QT_TRANSLATE_NOOP("Cli", "resting"),
                           QT_TRANSLATE_NOOP("Cli", "sidelined"),
                           QT_TRANSLATE_NOOP("Cli", "disabled")}[static_cast<std::size_t>(key.status)]);
    if (key.status == KeyStatus::Resting)
        return word + ' ' + cliText(QT_TRANSLATE_NOOP("Cli", "until %1"), timeText(key.untilMs));
    return word;
}

} // namespace

KeyQuery keyQueryOf(CliCall &call)
{
    KeyQuery query;
    query.search = call.text("search");
    query.tag = call.text("tag");
    query.project = call.text("project");
    query.model = call.text("model");
    query.isDeleted = call.has("deleted");
    if (const std::optional<std::string> word = call.given("status")) {
        query.status = fromName<KeyStatus>(*word);
        if (!query.status)
            call.refuse(cliText(QT_TRANSLATE_NOOP("Cli", "--status takes one of %1."),
                                joinedWords(wordsOf(KeyStatus()))));
    }
    return query;
}

void selectKeys(CliCall &call, std::function<void(std::vector<KeyId>)> then)
{
    if (!call.words().empty()) {
        std::vector<KeyId> ids = call.ids();
        if (!call.isOver())
            then(std::move(ids));
        return;
    }
    const bool chooses =
        call.has("all") || call.has("search") || call.has("tag") || call.has("status") || call.has("project");
    if (!chooses) {
        call.refuse(cliText(QT_TRANSLATE_NOOP("Cli", "Which keys? Name their ids, or use --all, --search, "
                                                     "--tag, --project or --status.")));
        return;
    }
    KeyQuery query = keyQueryOf(call);
    if (call.isOver())
        return;
    call.control().keys().list(
        std::move(query),
        call.reply<KeyInfoPage>(
            [&call, then = std::move(then)](const KeyInfoPage &page) {
                std::vector<KeyId> ids;
                for (const KeyInfo &key : page.keys)
                    ids.push_back(key.id);
                if (ids.empty())
                    call.fail({404, "unknown_key", cliText(QT_TRANSLATE_NOOP("Cli", "No key fits.")), {}, 0});
                else
                    then(std::move(ids));
            },
            true));
}

std::string keyTable(const std::vector<KeyInfo> &keys)
{
    CliTable table({cliText(QT_TRANSLATE_NOOP("Cli", "Id")), cliText(QT_TRANSLATE_NOOP("Cli", "Key")),
                    cliText(QT_TRANSLATE_NOOP("Cli", "Label")), cliText(QT_TRANSLATE_NOOP("Cli", "State")),
                    cliText(QT_TRANSLATE_NOOP("Cli", "Project")), cliText(QT_TRANSLATE_NOOP("Cli", "Calls")),
                    cliText(QT_TRANSLATE_NOOP("Cli", "Failed")),
                    cliText(QT_TRANSLATE_NOOP("Cli", "Last used")),
                    cliText(QT_TRANSLATE_NOOP("Cli", "Reason"))});
    for (const KeyInfo &key : keys)
        table.add({std::to_string(key.id), key.masked, key.settings.label, stateText(key),
                   key.settings.project, std::to_string(key.calls), std::to_string(key.failedCalls),
                   timeText(key.lastUsedMs), key.reason});
    return table.text();
}

void showKeys(const CliCall &call, const std::vector<KeyInfo> &keys)
{
    if (call.isJson())
        call.printJson(jsonList(keys));
    else
        call.print(keyTable(keys));
}

KeyPatch keyPatchOf(CliCall &call)
{
    KeyPatch patch;
    patch.label = call.given("label");
    patch.note = call.given("note");
    patch.tags = call.list("tags");
    patch.project = call.given("project");
    patch.allowedModels = call.list("models");
    patch.deniedModels = call.list("deny");
    patch.proxy = call.given("proxy");
    if (const auto priority = call.number("priority"))
        patch.priority = static_cast<int>(std::clamp<std::int64_t>(*priority, INT32_MIN, INT32_MAX));
    if (const auto weight = call.number("weight"))
        patch.weight = static_cast<int>(std::clamp<std::int64_t>(*weight, INT32_MIN, INT32_MAX));
    patch.minuteRequests = call.number("minute-requests");
    patch.minuteTokens = call.number("minute-tokens");
    patch.dayRequests = call.number("day-requests");
    if (const std::optional<std::string> word = call.given("tier")) {
        patch.tier = fromName<KeyTier>(*word);
        if (!patch.tier)
            call.refuse(cliText(QT_TRANSLATE_NOOP("Cli", "--tier takes one of %1."),
                                joinedWords(wordsOf(KeyTier()))));
    }
    if (const std::optional<std::string> word = call.given("kind")) {
        patch.kind = fromName<KeyKind>(*word);
        if (!patch.kind)
            call.refuse(cliText(QT_TRANSLATE_NOOP("Cli", "--kind takes one of %1."),
                                joinedWords(wordsOf(KeyKind()))));
    }
    patch.baseUrl = call.given("base-url");
    return patch;
}

} // namespace Gateway
