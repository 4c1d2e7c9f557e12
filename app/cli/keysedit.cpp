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

KeyPatch patchOf(CliCall &call)
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
    return patch;
}

void showVerdicts(const CliCall &call, const AddKeysResult &result)
{
    if (call.isJson()) {
        call.printJson(jsonOf(result));
        return;
    }
    CliTable table({cliText(QT_TRANSLATE_NOOP("Cli", "Line")), cliText(QT_TRANSLATE_NOOP("Cli", "Key")),
                    cliText(QT_TRANSLATE_NOOP("Cli", "Verdict")), cliText(QT_TRANSLATE_NOOP("Cli", "Id")),
                    cliText(QT_TRANSLATE_NOOP("Cli", "Label"))});
    for (const AddedKey &key : result.keys) {
        std::string verdict(nameOf(key.verdict));
        if (!key.note.empty())
            verdict += " (" + key.note + ')';
        table.add({std::to_string(key.line), key.masked, verdict, key.id > 0 ? std::to_string(key.id) : "",
                   key.label});
    }
    if (!table.isEmpty())
        call.print(table.text());
    const std::string counts = std::to_string(result.added) + " / " + std::to_string(result.known) + " / " +
                               std::to_string(result.repeated) + " / " + std::to_string(result.malformed);
    call.print(cliText(QT_TRANSLATE_NOOP("Cli", "added / known / repeated / malformed: %1"), counts) + '\n');
}

void addText(CliCall &call, std::string text)
{
    AddKeys wanted;
    wanted.text = std::move(text);
    wanted.isPreview = call.has("preview");
    const KeyPatch patch = patchOf(call);
    if (call.isOver())
        return;
    wanted.labelPattern = patch.label.value_or(std::string());
    wanted.settings.note = patch.note.value_or(std::string());
    wanted.settings.tags = patch.tags.value_or(std::vector<std::string>());
    wanted.settings.project = patch.project.value_or(std::string());
    wanted.settings.proxy = patch.proxy.value_or(std::string());
    wanted.settings.weight = patch.weight.value_or(wanted.settings.weight);
    wanted.settings.priority = patch.priority.value_or(wanted.settings.priority);
    wanted.settings.tier = patch.tier.value_or(wanted.settings.tier);
    call.control().keys().add(std::move(wanted),
                              call.reply<AddKeysResult>([&call](const AddKeysResult &result) {
                                  showVerdicts(call, result);
                                  if (result.added + result.known + result.repeated == 0)
                                      call.finish(1);
                              }));
}

void add(CliCall &call)
{
    std::string text;
    for (const std::string &word : call.words())
        text += word + '\n';
    addText(call, std::move(text));
}

void import(CliCall &call)
{
    if (std::optional<std::string> text = call.fileText(call.words().front()))
        addText(call, std::move(*text));
}

bool writeFile(CliCall &call, const std::string &path, const QByteArray &content)
{
    QFile file(QString::fromStdString(path));
    // 0600 before a byte of it is there.
    if (file.open(QIODevice::WriteOnly | QIODevice::Truncate, QFile::ReadOwner | QFile::WriteOwner) &&
        file.write(content) == content.size() && file.flush())
        return true;
    call.refuse(path + ": " + file.errorString().toStdString());
    return false;
}

void exportKeys(CliCall &call)
{
    KeyExport wanted;
    wanted.ids = call.ids();
    wanted.isRevealed = call.has("reveal");
    const std::string format = call.has("format") ? call.text("format") : "csv";
    if (const std::optional<ExportFormat> known = fromName<ExportFormat>(format))
        wanted.format = *known;
    else
        call.refuse(cliText(QT_TRANSLATE_NOOP("Cli", "--format takes one of %1."),
                            joinedWords(wordsOf(ExportFormat()))));
    if (const std::optional<std::string> path = call.given("passphrase-file")) {
        const std::optional<std::string> passphrase = call.fileText(*path);
        wanted.passphrase = Secret(trimmed(passphrase.value_or(std::string())));
        if (wanted.passphrase.isEmpty())
            call.refuse(cliText(QT_TRANSLATE_NOOP("Cli", "The passphrase is empty.")));
    }
    if (call.isOver())
        return;
    call.control().keys().exportKeys(
        std::move(wanted), call.reply<ExportedFile>([&call](const ExportedFile &file) {
            QByteArray content = QByteArray::fromStdString(file.content);
            if (file.isBase64)
                content = QByteArray::fromBase64(content);
            const std::string path = call.text("output");
            if (path.empty())
                call.print({content.constData(), static_cast<std::size_t>(content.size())});
            else if (writeFile(call, path, content))
                call.print(path + '\n');
        }));
}

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
    const KeyPatch patch = patchOf(call);
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
    {"keys", "add", "KEY…", 1, -1, "label note tags project priority weight proxy tier preview",
     QT_TRANSLATE_NOOP("Cli", "add keys"), add},
    {"keys", "import", "FILE", 1, 1, "label note tags project priority weight proxy tier preview",
     QT_TRANSLATE_NOOP("Cli", "add the keys of a file of any shape; - is the terminal"), import},
    {"keys", "export", "[ID…]", 0, -1, "format reveal passphrase-file output",
     QT_TRANSLATE_NOOP("Cli", "write keys to a file, masked unless told otherwise"), exportKeys},
    {"keys", "edit", "[ID…]", 0, -1,
     "all label note tags project priority weight models deny proxy minute-requests minute-tokens "
     "day-requests tier",
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
