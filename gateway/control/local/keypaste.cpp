#include "gateway/control/local/keypaste.h"

#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include <QByteArray>

#include "gateway/common/passphrasebox.h"
#include "gateway/control/importexport/import.h"
#include "gateway/control/local/keyedits.h"
#include "gateway/pool/keypool.h"
#include "gateway/telemetry/redact.h"

namespace Gateway {

namespace {

constexpr std::size_t LONGEST_TEXT = 64 << 20;
constexpr std::string_view COUNTER = "{n}";

/// The keys that are there, by their texts.
class KnownKeyTable
{
public:
    explicit KnownKeyTable(const KeyPool &pool)
        : m_rows(pool.snapshot())
    {
        m_byText.reserve(m_rows.size());
        for (const KeyRow &row : m_rows)
            m_byText.emplace(row.secret.reveal(), &row);
    }

    const KeyRow *find(std::string_view key) const
    {
        const auto found = m_byText.find(key);
        return found == m_byText.end() ? nullptr : found->second;
    }

private:
    std::vector<KeyRow> m_rows;
    std::unordered_map<std::string_view, const KeyRow *> m_byText;
};

Result<std::string> openedText(const AddKeys &keys)
{
    if (keys.text.size() > LONGEST_TEXT)
        return fail(Error{422, "too_large", "The text is longer than 64 MiB.", "text", 0});
    if (keys.passphrase.isEmpty())
        return keys.text;
    const std::string bytes = QByteArray::fromBase64(QByteArray::fromStdString(keys.text)).toStdString();
    Result<std::string> text =
        openWithPassphrase(keys.passphrase.reveal(), isSealedWithPassphrase(bytes) ? bytes : keys.text);
    if (!text) {
        text.error().status = 422;
        text.error().param = "passphrase";
    }
    return text;
}

/// `own` as the text says it, and where it says nothing as `common` does.
KeySettings filled(KeySettings own, const KeySettings &common)
{
    const KeySettings unsaid;
    const auto fill = [&](auto member) {
        if (own.*member == unsaid.*member)
            own.*member = common.*member;
    };
    fill(&KeySettings::label);
    fill(&KeySettings::note);
    fill(&KeySettings::tags);
    fill(&KeySettings::project);
    fill(&KeySettings::priority);
    fill(&KeySettings::weight);
    fill(&KeySettings::enabled);
    fill(&KeySettings::allowedModels);
    fill(&KeySettings::deniedModels);
    fill(&KeySettings::proxy);
    fill(&KeySettings::minuteRequests);
    fill(&KeySettings::minuteTokens);
    fill(&KeySettings::dayRequests);
    fill(&KeySettings::kind);
    fill(&KeySettings::baseUrl);
    fill(&KeySettings::tier);
    return own;
}

std::string labelFor(const std::string &pattern, std::size_t number)
{
    std::string label = pattern;
    const std::size_t at = label.find(COUNTER);
    if (at != std::string::npos)
        label.replace(at, COUNTER.size(), std::to_string(number));
    return label;
}

std::string noteFor(const ImportedKey &key)
{
    switch (key.fault) {
    case ImportFault::TooShort:
        return "too_short";
    case ImportFault::TooLong:
        return "too_long";
    case ImportFault::NotAKey:
        return "not_a_google_key";
    case ImportFault::None:
        break;
    }
    return key.isUnusual ? "unusual" : std::string();
}

AddedKey judged(const ImportedKey &key)
{
    AddedKey told;
    told.line = key.place.line;
    told.offset = static_cast<std::int64_t>(key.place.offset);
    told.length = static_cast<std::int64_t>(key.place.length);
    told.masked = key.secret.masked();
    told.label = key.settings.label;
    told.note = noteFor(key);
    return told;
}

void count(AddKeysResult &result, KeyVerdict verdict)
{
    result.added += verdict == KeyVerdict::New || verdict == KeyVerdict::Restored ? 1 : 0;
    result.known += verdict == KeyVerdict::Known ? 1 : 0;
    result.repeated += verdict == KeyVerdict::Repeated ? 1 : 0;
    result.malformed += verdict == KeyVerdict::Malformed ? 1 : 0;
}

/// Takes one key of the import into the paste.
Result<void> take(KeyPaste &paste, const AddKeys &wanted, ImportedKey key, const KnownKeyTable &known)
{
    AddedKey told = judged(key);
    if (key.verdict == ImportVerdict::Twice) {
        told.verdict = KeyVerdict::Repeated;
    } else if (const KeyRow *row = known.find(key.secret.reveal())) {
        told.verdict = KeyVerdict::Known; // however odd it looks
        told.note.clear();
        told.id = row->id;
        told.label = row->settings.label;
    } else if (key.verdict == ImportVerdict::Malformed) {
        told.verdict = KeyVerdict::Malformed;
    } else {
        KeySettings settings = filled(std::move(key.settings), wanted.settings);
        if (settings.label.empty())
            settings.label = labelFor(wanted.labelPattern, paste.newKeys.size() + 1);
        if (Result<void> sound = checkKeySettings(settings); !sound)
            return sound;
        told.label = settings.label;
        paste.places.push_back(paste.result.keys.size());
        paste.newKeys.push_back({std::move(key.secret), std::move(settings)});
    }
    count(paste.result, told.verdict);
    paste.result.keys.push_back(std::move(told));
    return {};
}

} // namespace

Result<KeyPaste> readPaste(const AddKeys &keys, const KeyPool &pool)
{
    const Result<std::string> text = openedText(keys);
    if (!text)
        return fail(text.error());
    const KnownKeyTable known(pool);
    ImportResult import =
        readImport(*text, [&known](std::string_view key) { return known.find(key) != nullptr; });
    if (import.format == ImportFormat::Sealed)
        return fail(
            Error{422, "sealed_file", "This is a sealed export: its passphrase is needed.", "passphrase", 0});
    if (import.format == ImportFormat::Database)
        return fail(Error{422, "database_file",
                          "This is a database: import it with the command line, \"keys import FILE\".",
                          "text", 0});
    KeyPaste paste;
    for (ImportedKey &key : import.keys) {
        if (Result<void> taken = take(paste, keys, std::move(key), known); !taken)
            return fail(std::move(taken.error()));
    }
    paste.others = {std::move(import.settings), std::move(import.tokens), std::move(import.proxies)};
    for (const ImportWarning &warning : import.warnings)
        paste.result.warnings.push_back(redacted(
            warning.line > 0 ? "Line " + std::to_string(warning.line) + ": " + warning.text : warning.text));
    return paste;
}

AddKeysResult addedResult(KeyPaste paste, const KeyAdditions &additions)
{
    for (std::size_t i = 0; i < paste.places.size() && i < additions.entries.size(); ++i) {
        AddedKey &told = paste.result.keys[paste.places[i]];
        told.id = additions.entries[i].id;
        if (additions.entries[i].kind == KeyAdditionKind::Revived)
            told.verdict = KeyVerdict::Restored;
        else if (additions.entries[i].kind == KeyAdditionKind::Known) // came in meanwhile
            told.verdict = KeyVerdict::Known;
    }
    paste.result.added = paste.result.known = paste.result.repeated = paste.result.malformed = 0;
    for (const AddedKey &told : paste.result.keys)
        count(paste.result, told.verdict);
    return std::move(paste.result);
}

} // namespace Gateway
