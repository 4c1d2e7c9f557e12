#include <optional>
#include <utility>

#include <QByteArray>
#include <QFile>

#include "app/cli/cliaction.h"
#include "app/cli/clicall.h"
#include "app/cli/clitext.h"
#include "app/cli/keyselection.h"
#include "app/foreigndatabase.h"
#include "gateway/common/text.h"
#include "gateway/control/json/words.h"
#include "gateway/control/local/keyedits.h"

namespace Gateway {

namespace {

/// Tokens, settings and proxies that the file holds, too.
void showOthers(const CliCall &call, const AddKeysResult &result)
{
    for (const std::string &warning : result.warnings)
        call.print(warning + '\n');
    if (result.others.empty())
        return;
    CliTable table({cliText(QT_TRANSLATE_NOOP("Cli", "Also found")),
                    cliText(QT_TRANSLATE_NOOP("Cli", "Name")), cliText(QT_TRANSLATE_NOOP("Cli", "Value")),
                    cliText(QT_TRANSLATE_NOOP("Cli", "Verdict"))});
    for (const OtherFind &find : result.others) {
        std::string verdict(nameOf(find.verdict));
        if (!find.note.empty())
            verdict += " (" + find.note + ')';
        table.add({std::string(nameOf(find.kind)), find.name, find.value, verdict});
    }
    call.print(table.text());
    if (call.has("with-settings"))
        call.print(cliText(QT_TRANSLATE_NOOP("Cli", "taken over: %1"), std::to_string(result.taken)) + '\n');
    else
        call.print(cliText(QT_TRANSLATE_NOOP(
                       "Cli", "Not taken over; \"keys import --with-settings\" takes over what is new.")) +
                   '\n');
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
    showOthers(call, result);
    const std::string counts = std::to_string(result.added) + " / " + std::to_string(result.known) + " / " +
                               std::to_string(result.repeated) + " / " + std::to_string(result.malformed);
    call.print(cliText(QT_TRANSLATE_NOOP("Cli", "added / known / repeated / malformed: %1"), counts) + '\n');
}

/// Of the file that the option names; empty without one.
Secret passphraseOf(CliCall &call)
{
    const std::optional<std::string> path = call.given("passphrase-file");
    if (!path)
        return {};
    const std::optional<std::string> text = call.fileText(*path);
    Secret passphrase(trimmed(text.value_or(std::string())));
    if (text && passphrase.isEmpty())
        call.refuse(cliText(QT_TRANSLATE_NOOP("Cli", "The passphrase is empty.")));
    return passphrase;
}

void addText(CliCall &call, std::string text)
{
    AddKeys wanted;
    wanted.passphrase = passphraseOf(call);
    wanted.text = wanted.passphrase.isEmpty() ? std::move(text)
                                              : QByteArray::fromStdString(text).toBase64().toStdString();
    wanted.isPreview = call.has("preview");
    wanted.withOthers = call.has("with-settings");
    KeyPatch patch = keyPatchOf(call);
    wanted.labelPattern = std::exchange(patch.label, std::nullopt).value_or(std::string());
    Result<KeySettings> settings = patched(KeySettings(), patch);
    if (!settings)
        call.fail(settings.error());
    if (call.isOver())
        return;
    wanted.settings = std::move(*settings);
    call.control().keys().add(std::move(wanted),
                              call.reply<AddKeysResult>([&call](const AddKeysResult &result) {
                                  showVerdicts(call, result);
                                  if (result.added + result.known + result.repeated + result.taken == 0)
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
    constexpr std::string_view SQLITE("SQLite format 3\0", 16);
    const std::string &path = call.words().front();
    std::optional<std::string> text = call.fileText(path);
    if (text && text->starts_with(SQLITE)) {
        Result<std::string> read = foreignDatabaseText(path);
        if (!read) {
            call.fail(read.error());
            return;
        }
        text = std::move(*read);
    }
    if (text)
        addText(call, std::move(*text));
}

bool writeFile(CliCall &call, const std::string &path, const QByteArray &content)
{
    QFile file(QString::fromStdString(path));
    constexpr QFile::Permissions owners = QFile::ReadOwner | QFile::WriteOwner;
    // 0600 before a byte of it is there, also where a file was there before.
    if (file.open(QIODevice::WriteOnly | QIODevice::Truncate, owners) && file.setPermissions(owners) &&
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
    wanted.passphrase = passphraseOf(call);
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

constexpr CliAction ACTIONS[] = {
    {"keys", "add", "KEY…", 1, -1, "label note tags project priority weight proxy tier kind base-url preview",
     QT_TRANSLATE_NOOP("Cli", "add keys"), add},
    {"keys", "import", "FILE", 1, 1,
     "label note tags project priority weight proxy tier kind base-url preview passphrase-file with-settings",
     QT_TRANSLATE_NOOP("Cli", "add the keys of a file of any shape; - is the terminal"), import},
    {"keys", "export", "[ID…]", 0, -1, "format reveal passphrase-file output",
     QT_TRANSLATE_NOOP("Cli", "write keys to a file, masked unless told otherwise"), exportKeys},
};

} // namespace

std::span<const CliAction> keyFileActions()
{
    return ACTIONS;
}

} // namespace Gateway
