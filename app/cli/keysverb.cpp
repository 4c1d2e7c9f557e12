#include <QDateTime>

#include "app/cli/cliaction.h"
#include "app/cli/clicall.h"
#include "app/cli/clitext.h"
#include "app/cli/keyselection.h"
#include "gateway/control/json/words.h"

namespace Gateway {

namespace {

std::string limitText(const QuotaInfo &quota)
{
    std::string text = std::string(nameOf(quota.kind)) + ' ' + std::to_string(quota.used);
    return quota.limit > 0 ? text + '/' + std::to_string(quota.limit) : text;
}

void list(CliCall &call)
{
    KeyQuery query = keyQueryOf(call);
    query.limit = call.number("limit").value_or(0);
    query.after = call.number("cursor").value_or(0);
    if (call.isOver())
        return;
    call.control().keys().list(std::move(query), call.reply<KeyInfoPage>([&call](const KeyInfoPage &page) {
        if (call.isJson())
            call.printJson(jsonOf(page));
        else
            call.print(keyTable(page.keys));
    }));
}

std::string modelTable(const KeyInfo &key)
{
    CliTable table({cliText(QT_TRANSLATE_NOOP("Cli", "Model")),
                    cliText(QT_TRANSLATE_NOOP("Cli", "Rests until")),
                    cliText(QT_TRANSLATE_NOOP("Cli", "Reason")), cliText(QT_TRANSLATE_NOOP("Cli", "Used"))});
    for (const KeyModelInfo &model : key.models) {
        std::string used;
        for (const QuotaInfo &quota : model.quotas)
            used += (used.empty() ? "" : ", ") + limitText(quota);
        const bool isAbsent = model.unavailableUntilMs > 0;
        table.add({model.model, timeText(isAbsent ? model.unavailableUntilMs : model.restUntilMs),
                   isAbsent ? model.unavailableReason : model.restReason, used});
    }
    return table.isEmpty() ? std::string() : '\n' + table.text();
}

void show(CliCall &call)
{
    KeyQuery query;
    query.ids = call.ids();
    query.withModels = true;
    if (call.isOver())
        return;
    call.control().keys().list(std::move(query), call.reply<KeyInfoPage>([&call](const KeyInfoPage &page) {
        if (page.keys.empty()) {
            call.fail({404, "unknown_key", cliText(QT_TRANSLATE_NOOP("Cli", "No key fits.")), {}, 0});
            return;
        }
        showKeys(call, page.keys);
        for (std::size_t i = 0; !call.isJson() && i < page.keys.size(); ++i)
            call.print(modelTable(page.keys[i]));
    }));
}

void remove(CliCall &call)
{
    selectKeys(call, [&call](std::vector<KeyId> ids) {
        call.control().keys().remove(std::move(ids),
                                     call.done(cliText(QT_TRANSLATE_NOOP(
                                         "Cli", "Deleted. “keys restore” brings them back within a day."))));
    });
}

void restore(CliCall &call)
{
    std::vector<KeyId> ids = call.ids();
    if (!call.isOver())
        call.control().keys().restore(
            std::move(ids), call.reply<std::vector<KeyInfo>>(
                                [&call](const std::vector<KeyInfo> &keys) { showKeys(call, keys); }));
}

void rest(CliCall &call)
{
    const std::optional<std::int64_t> span = call.duration("for");
    if (call.isOver())
        return;
    if (!span) {
        call.refuse(cliText(QT_TRANSLATE_NOOP("Cli", "How long? Say so with --for 10m.")));
        return;
    }
    selectKeys(call, [&call, span = *span](std::vector<KeyId> ids) {
        const std::int64_t untilMs = QDateTime::currentMSecsSinceEpoch() + span;
        call.control().keys().rest(
            std::move(ids), untilMs,
            call.done(cliText(QT_TRANSLATE_NOOP("Cli", "They rest until %1."), timeText(untilMs))));
    });
}

void lift(CliCall &call)
{
    selectKeys(call, [&call](std::vector<KeyId> ids) {
        call.control().keys().lift(std::move(ids), call.text("model"),
                                   call.done(cliText(QT_TRANSLATE_NOOP("Cli", "They are used again."))));
    });
}

void resetFailures(CliCall &call)
{
    selectKeys(call, [&call](std::vector<KeyId> ids) {
        call.control().keys().resetFailures(
            std::move(ids), call.done(cliText(QT_TRANSLATE_NOOP("Cli", "Their failures are forgotten."))));
    });
}

void reveal(CliCall &call)
{
    const std::vector<KeyId> ids = call.ids();
    if (call.isOver())
        return;
    call.control().keys().reveal(ids.front(), call.reply<RevealedKey>([&call](const RevealedKey &key) {
        if (call.isJson())
            call.printJson(jsonOf(key));
        else
            call.print(key.secret.reveal() + '\n');
    }));
}

constexpr CliAction ACTIONS[] = {
    {"keys", "list", "", 0, 0, "status search tag project model deleted limit cursor",
     QT_TRANSLATE_NOOP("Cli", "list keys and how they do"), list},
    {"keys", "show", "ID…", 1, -1, "", QT_TRANSLATE_NOOP("Cli", "show keys with their models and quotas"),
     show},
    {"keys", "delete", "[ID…]", 0, -1, "all search tag project status",
     QT_TRANSLATE_NOOP("Cli", "delete keys"), remove},
    {"keys", "restore", "ID…", 1, -1, "", QT_TRANSLATE_NOOP("Cli", "bring deleted keys back"), restore},
    {"keys", "rest", "[ID…]", 0, -1, "for all search tag project status",
     QT_TRANSLATE_NOOP("Cli", "let keys rest for a while"), rest},
    {"keys", "lift", "[ID…]", 0, -1, "model all search tag project status",
     QT_TRANSLATE_NOOP("Cli", "end the rests of keys, put sidelined ones back"), lift},
    {"keys", "reset", "[ID…]", 0, -1, "all search tag project status",
     QT_TRANSLATE_NOOP("Cli", "forget failures in a row"), resetFailures},
    {"keys", "reveal", "ID", 1, 1, "", QT_TRANSLATE_NOOP("Cli", "print a key in full; this is recorded"),
     reveal},
};

} // namespace

std::span<const CliAction> keyActions()
{
    return ACTIONS;
}

} // namespace Gateway
