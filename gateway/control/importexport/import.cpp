#include "gateway/control/importexport/import.h"

#include <algorithm>

#include "gateway/common/passphrasebox.h"
#include "gateway/common/text.h"
#include "gateway/control/importexport/csvimport.h"
#include "gateway/control/importexport/importbuilder.h"
#include "gateway/control/importexport/jsonimport.h"
#include "gateway/control/importexport/settingsimport.h"
#include "gateway/control/importexport/sqldump.h"
#include "gateway/control/importexport/textimport.h"
#include "gateway/settings/envfile.h"

namespace Gateway {

namespace {

constexpr std::string_view SQLITE_MAGIC("SQLite format 3\0", 16);

ImportResult nothing(ImportFormat format)
{
    ImportResult result;
    result.format = format;
    return result;
}

ImportResult importSettings(std::string_view text, ImportFormat format, const ImportedTexts &texts,
                            const KnownKeys &isKnown)
{
    ImportBuilder builder(text, format, isKnown);
    takeSettings(texts, builder);
    builder.takeLeftOvers();
    return builder.take();
}

} // namespace

ImportResult readImport(std::string_view bytes, const KnownKeys &isKnown)
{
    if (isSealedWithPassphrase(bytes))
        return nothing(ImportFormat::Sealed);
    if (bytes.starts_with(SQLITE_MAGIC))
        return nothing(ImportFormat::Database);
    if (const std::optional<ImportedTexts> texts = settingsInDump(bytes))
        return importSettings(bytes, ImportFormat::SqlDump, *texts, isKnown);
    if (std::optional<ImportResult> json = importJson(bytes, isKnown))
        return std::move(*json);
    if (std::optional<ImportResult> csv = importCsv(bytes, isKnown))
        return std::move(*csv);
    const Result<SettingTexts> env = parseEnvFile(bytes);
    if (env && namesSettings(*env))
        return importSettings(bytes, ImportFormat::Env, *env, isKnown);
    return importText(bytes, isKnown);
}

ImportResult readImport(const ForeignData &data, const KnownKeys &isKnown)
{
    ImportBuilder builder({}, ImportFormat::Database, isKnown);
    for (const ForeignKey &key : data.keys) {
        KeySettings settings;
        settings.enabled = key.enabled;
        builder.addKey(key.secret.reveal(), std::move(settings), {});
    }
    takeSettings(data.settings, builder);
    return builder.take();
}

} // namespace Gateway
