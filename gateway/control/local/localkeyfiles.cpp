// Keys in and out as files: the second part of LocalKeys.
#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include <QByteArray>

#include "gateway/common/passphrasebox.h"
#include "gateway/control/importexport/keyexport.h"
#include "gateway/control/local/keypaste.h"
#include "gateway/control/local/localkeys.h"
#include "gateway/pool/keypool.h"
#include "gateway/store/store.h"

namespace Gateway {

namespace {

Result<ExportedFile> exportedFile(const std::vector<KeyRow> &rows, const KeyExport &wanted)
{
    const bool isSealed = !wanted.passphrase.isEmpty();
    const ExportSecrets secrets =
        wanted.isRevealed || isSealed ? ExportSecrets::Revealed : ExportSecrets::Masked;
    ExportedFile file;
    const bool isCsv = wanted.format == ExportFormat::Csv;
    file.name = isCsv ? "gemini-keys.csv" : "gemini-keys.json";
    file.mediaType = isCsv ? "text/csv" : "application/json";
    file.content = isCsv ? exportCsv(rows, secrets) : exportJson(rows, secrets);
    if (!isSealed)
        return file;
    Result<std::string> sealed = sealWithPassphrase(wanted.passphrase.reveal(), file.content);
    if (!sealed)
        return fail(std::move(sealed.error()));
    file.name += ".sealed";
    file.mediaType = "application/octet-stream";
    file.content = QByteArray::fromStdString(*sealed).toBase64().toStdString();
    file.isBase64 = true;
    return file;
}

int newOnes(const std::vector<OtherFind> &others)
{
    return static_cast<int>(std::count_if(others.begin(), others.end(), [](const OtherFind &find) {
        return find.verdict == FindVerdict::New;
    }));
}

} // namespace

void LocalKeys::inBackground(std::function<std::function<void()>()> work)
{
    m_background.start([this, work = std::move(work)] {
        QMetaObject::invokeMethod(&m_context, work(), Qt::QueuedConnection);
    });
}

void LocalKeys::add(AddKeys keys, Reply<AddKeysResult> reply)
{
    // Who asked is known now, not when the text has been read.
    const std::string actor = m_audit.actor();
    inBackground([this, keys = std::move(keys), actor, reply]() -> std::function<void()> {
        auto paste = std::make_shared<Result<KeyPaste>>(readPaste(keys, m_parts.pool));
        return [this, paste, isPreview = keys.isPreview, withOthers = keys.withOthers, actor, reply] {
            if (!*paste) {
                reply(fail(std::move(paste->error())));
                return;
            }
            FoundOthers others = std::exchange((*paste)->others, {});
            AddKeysResult &result = (*paste)->result;
            result.others = m_takeover.judged(others);
            if (withOthers)
                result.taken = newOnes(result.others);
            if (isPreview) {
                reply(std::move(result));
                return;
            }
            const auto added = [this, others = std::move(others), withOthers, actor,
                                reply](Result<AddKeysResult> told) {
                if (told && withOthers)
                    takeOthers(std::move(*told), others, actor, reply);
                else
                    reply(std::move(told));
            };
            if ((*paste)->newKeys.empty())
                added(std::move(result));
            else
                storePaste(std::move(**paste), actor, added);
        };
    });
}

void LocalKeys::storePaste(KeyPaste paste, const std::string &actor,
                           const std::function<void(Result<AddKeysResult>)> &done)
{
    auto kept = std::make_shared<KeyPaste>(std::move(paste));
    const Reply<KeyAdditions> added{&m_context, [this, kept, actor, done](Result<KeyAdditions> additions) {
                                        if (!additions) {
                                            done(fail(std::move(additions.error())));
                                            return;
                                        }
                                        for (const KeyRow &row : additions->rows)
                                            m_deleted.erase(row.id);
                                        m_audit.noteAs(actor, "keys.add",
                                                       std::to_string(additions->rows.size()) + " keys");
                                        m_parts.pool.load(std::move(additions->rows));
                                        done(addedResult(std::move(*kept), *additions));
                                    }};
    m_parts.store.addKeys(std::move(kept->newKeys), Tombstones::Revive, added);
}

void LocalKeys::takeOthers(AddKeysResult result, FoundOthers others, const std::string &actor,
                           const Reply<AddKeysResult> &reply)
{
    m_takeover.run(std::move(others), actor,
                   [result = std::move(result), reply](std::vector<OtherFind> told) mutable {
                       result.others = std::move(told);
                       result.taken = newOnes(result.others);
                       reply(std::move(result));
                   });
}

void LocalKeys::exportKeys(KeyExport request, Reply<ExportedFile> reply)
{
    std::vector<KeyRow> rows = rowsOf(request.ids);
    if (!request.ids.empty() && rows.empty()) {
        reply(unknownKey());
        return;
    }
    if (request.isRevealed || !request.passphrase.isEmpty())
        m_audit.note("keys.export", std::to_string(rows.size()) + " keys",
                     request.passphrase.isEmpty() ? "in full" : "sealed with a passphrase");
    auto kept = std::make_shared<std::vector<KeyRow>>(std::move(rows));
    inBackground([kept, request = std::move(request), reply]() -> std::function<void()> {
        auto file = std::make_shared<Result<ExportedFile>>(exportedFile(*kept, request));
        return [file, reply] { reply(std::move(*file)); };
    });
}

} // namespace Gateway
