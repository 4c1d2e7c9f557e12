#include <algorithm>

#include <QFile>
#include <QTimer>

#include "app/cli/cliaction.h"
#include "app/cli/clicall.h"
#include "app/cli/clitext.h"
#include "app/cli/keyselection.h"
#include "gateway/common/text.h"
#include "gateway/control/json/words.h"

namespace Gateway {

namespace {

constexpr int PROGRESS_MS = 300;

void patchKeys(CliCall &call, const KeyPatch &patch)
{
    selectKeys(call, [&call, patch](std::vector<KeyId> ids) {
        call.control().keys().patch(std::move(ids), patch,
                                    call.reply<std::vector<KeyInfo>>(
                                        [&call](const std::vector<KeyInfo> &keys) { showKeys(call, keys); }));
    });
}

void edit(CliCall &call)
{
    // Here --project, --tags and the like are what the keys get, so they do not choose.
    if (call.words().empty() && !call.has("all")) {
        call.refuse(cliText(QT_TRANSLATE_NOOP("Cli", "Which keys? Name their ids, or use --all.")));
        return;
    }
    const KeyPatch patch = keyPatchOf(call);
    if (call.isOver())
        return;
    const auto run = [&call, patch](std::vector<KeyId> ids) {
        call.control().keys().patch(std::move(ids), patch,
                                    call.reply<std::vector<KeyInfo>>(
                                        [&call](const std::vector<KeyInfo> &keys) { showKeys(call, keys); }));
    };
    if (!call.words().empty()) {
        std::vector<KeyId> ids = call.ids();
        if (!call.isOver())
            run(std::move(ids));
        return;
    }
    call.control().keys().list({}, call.reply<KeyInfoPage>(
                                       [run](const KeyInfoPage &page) {
                                           std::vector<KeyId> ids;
                                           for (const KeyInfo &key : page.keys)
                                               ids.push_back(key.id);
                                           run(std::move(ids));
                                       },
                                       true));
}

void enable(CliCall &call)
{
    KeyPatch patch;
    patch.enabled = true;
    patchKeys(call, patch);
}

void disable(CliCall &call)
{
    KeyPatch patch;
    patch.enabled = false;
    patchKeys(call, patch);
}

void showChecks(CliCall &call, const CheckProgress &progress)
{
    if (call.isJson()) {
        call.printJson(jsonOf(progress));
    } else {
        CliTable table({cliText(QT_TRANSLATE_NOOP("Cli", "Id")), cliText(QT_TRANSLATE_NOOP("Cli", "Verdict")),
                        cliText(QT_TRANSLATE_NOOP("Cli", "Took")),
                        cliText(QT_TRANSLATE_NOOP("Cli", "Reason"))});
        for (const CheckResult &result : progress.results)
            table.add({std::to_string(result.id), std::string(nameOf(result.verdict)),
                       durationText(result.durationMs),
                       result.code + (result.code.empty() ? "" : " ") + result.text});
        call.print(table.text());
    }
    call.finish(progress.bad > 0 ? 1 : 0);
}

void followCheck(CliCall &call)
{
    call.control().keys().checkProgress(call.reply<CheckProgress>(
        [&call](const CheckProgress &progress) {
            if (progress.isRunning)
                QTimer::singleShot(PROGRESS_MS, &call, [&call] { followCheck(call); });
            else
                showChecks(call, progress);
        },
        true));
}

void check(CliCall &call)
{
    const auto start = [&call](CheckRequest wanted) {
        call.control().keys().check(
            std::move(wanted),
            call.reply<CheckProgress>([&call](const CheckProgress &) { followCheck(call); }, true));
    };
    if (call.has("failing"))
        start({CheckScope::Failing, {}});
    else if (call.has("all"))
        start({CheckScope::All, {}});
    else
        selectKeys(call, [start](std::vector<KeyId> ids) { start({CheckScope::Selected, std::move(ids)}); });
}

constexpr CliAction ACTIONS[] = {
    {"keys", "edit", "[ID…]", 0, -1,
     "all label note tags project priority weight models deny proxy minute-requests minute-tokens "
     "day-requests tier kind base-url",
     QT_TRANSLATE_NOOP("Cli", "change what is said of keys"), edit},
    {"keys", "enable", "[ID…]", 0, -1, "all search tag project status",
     QT_TRANSLATE_NOOP("Cli", "use keys again"), enable},
    {"keys", "disable", "[ID…]", 0, -1, "all search tag project status",
     QT_TRANSLATE_NOOP("Cli", "use keys no more until they are enabled"), disable},
    {"keys", "check", "[ID…]", 0, -1, "all failing search tag project status",
     QT_TRANSLATE_NOOP("Cli", "ask Google whether keys work"), check},
};

} // namespace

std::span<const CliAction> keyEditActions()
{
    return ACTIONS;
}

} // namespace Gateway
