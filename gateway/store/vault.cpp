#include "gateway/store/vault.h"

#include <array>
#include <optional>

#include <sodium.h>

#include "gateway/store/metarepository.h"
#include "gateway/store/sealedcolumns.h"
#include "gateway/store/storelog.h"
#include "gateway/store/transaction.h"

namespace Gateway {

namespace {

constexpr std::string_view CHECK_TEXT = "gemini-balance";

struct FoundKey
{
    MasterKey key;
    std::shared_ptr<MasterKeySource> source;
};

std::string randomId()
{
    std::array<unsigned char, 16> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    std::array<char, 33> hex{};
    sodium_bin2hex(hex.data(), hex.size(), bytes.data(), bytes.size());
    return hex.data();
}

std::string namesOf(const MasterKeySources &sources)
{
    std::string names;
    for (const auto &source : sources)
        names += (names.empty() ? "" : " or ") + source->name();
    return names;
}

tl::unexpected<Error> lockedOut(const Database &database, const MasterKeySources &sources, bool isMissing,
                                const std::string &place)
{
    std::string text = "The secrets in " + database.path() + " are sealed with a master key that is not ";
    text += isMissing ? "there: looked for it in " : "the one in ";
    text += namesOf(sources) + ".";
    if (!place.empty())
        text += " It was last found in " + place + ".";
    text += " Put it back, or name it with GATEWAY_MASTER_KEY or GATEWAY_MASTER_KEY_FILE. If it is lost, "
            "\"gemini-balance rekey --forget\" gives the sealed keys up: their labels and settings stay, and "
            "you enter them anew.";
    return fail(503, isMissing ? "master_key_missing" : "master_key_wrong", std::move(text));
}

/// The key among the sources that `check` was sealed with.
Result<FoundKey> findRightKey(const Database &database, const MasterKeySources &sources,
                              const std::string &storeId, const std::string &check, const std::string &place)
{
    bool isMissing = true;
    std::optional<Error> trouble;
    for (const auto &source : sources) {
        Result<std::vector<MasterKey>> keys = source->load(storeId);
        if (!keys) {
            trouble = trouble ? trouble : std::move(keys.error());
            continue;
        }
        for (const MasterKey &key : *keys) {
            isMissing = false;
            if (!isRightKey(Sealer(key), check))
                continue;
            // Of two, a new sealing was interrupted: the store says on which side of its end.
            if (keys->size() > 1 && source->isWritable()) {
                if (const Result<void> saved = source->save(storeId, {key}); !saved)
                    qCWarning(storeLog, "%s", saved.error().text.c_str());
            }
            return FoundKey{key, source};
        }
    }
    if (isMissing && trouble)
        return fail(std::move(*trouble));
    return lockedOut(database, sources, isMissing, place);
}

/// For a store that has no key yet.
Result<FoundKey> takeOrMakeKey(const MasterKeySources &sources, const std::string &storeId)
{
    for (const auto &source : sources) {
        const Result<std::vector<MasterKey>> keys = source->load(storeId);
        if (!keys)
            return fail(keys.error());
        if (!keys->empty())
            return FoundKey{keys->front(), source};
    }
    Error trouble{503, "master_key_missing", "There is no place for the master key.", {}, 0};
    for (const auto &source : sources) {
        if (!source->isWritable())
            continue;
        const MasterKey key = MasterKey::random();
        Result<void> saved = source->save(storeId, {key});
        if (saved)
            return FoundKey{key, source};
        trouble = std::move(saved.error());
    }
    return fail(std::move(trouble));
}

Result<void> writeMeta(MetaRepository &meta, const FoundKey &found, const std::string &storeId,
                       bool isScrubDue)
{
    Result<void> done = meta.put(MetaRepository::STORE_ID, storeId);
    if (done)
        done = meta.put(MetaRepository::SEAL_CHECK, checkValueOf(Sealer(found.key)));
    if (done)
        done = meta.put(MetaRepository::SEAL_PLACE, found.source->name());
    if (done && isScrubDue)
        done = meta.put(MetaRepository::SCRUB_DUE, "1");
    return done;
}

/// A transaction is open. The key is durable before anything is sealed with it.
Result<UnlockedVault> sealForTheFirstTime(Database &database, MetaRepository &meta,
                                          const MasterKeySources &sources)
{
    const std::string storeId = randomId();
    const Result<FoundKey> found = takeOrMakeKey(sources, storeId);
    if (!found)
        return fail(found.error());
    const Sealer sealer(found->key);
    const Result<std::int64_t> sealed = sealClearTexts(database, sealer);
    if (!sealed)
        return fail(sealed.error());
    if (Result<void> done = writeMeta(meta, *found, storeId, *sealed > 0); !done)
        return fail(std::move(done.error()));
    return UnlockedVault{sealer, storeId, found->source};
}

Result<UnlockedVault> unlockOrSeal(Database &database, const MasterKeySources &sources)
{
    MetaRepository meta(database);
    Transaction transaction(database, true);
    if (!transaction.begun())
        return fail(transaction.begun().error());
    const Result<std::optional<std::string>> check = meta.find(MetaRepository::SEAL_CHECK);
    const Result<std::optional<std::string>> id = meta.find(MetaRepository::STORE_ID);
    const Result<std::optional<std::string>> place = meta.find(MetaRepository::SEAL_PLACE);
    if (!check || !id || !place)
        return fail(!check ? check.error() : !id ? id.error() : place.error());
    if (!*check) {
        Result<UnlockedVault> vault = sealForTheFirstTime(database, meta, sources);
        if (!vault)
            return vault;
        if (Result<void> committed = transaction.commit(); !committed)
            return fail(std::move(committed.error()));
        return vault;
    }
    const std::string storeId = id->value_or(std::string());
    const Result<FoundKey> found =
        findRightKey(database, sources, storeId, **check, place->value_or(std::string()));
    if (!found)
        return fail(found.error());
    return UnlockedVault{Sealer(found->key), storeId, found->source};
}

} // namespace

bool isRightKey(const Sealer &sealer, std::string_view check)
{
    const Result<Secret> text = sealer.open(SealedTable::META, MetaRepository::SEAL_CHECK, check);
    return text && text->equals(CHECK_TEXT);
}

std::string checkValueOf(const Sealer &sealer)
{
    return sealer.seal(SealedTable::META, MetaRepository::SEAL_CHECK, CHECK_TEXT);
}

Result<UnlockedVault> unlockVault(Database &database, const MasterKeySources &sources)
{
    Result<UnlockedVault> vault = unlockOrSeal(database, sources);
    if (vault)
        scrubIfDue(database);
    return vault;
}

void scrubIfDue(Database &database)
{
    MetaRepository meta(database);
    const Result<std::optional<std::string>> due = meta.find(MetaRepository::SCRUB_DUE);
    if (!due || !*due)
        return;
    // The write-ahead log may hold old pages too: it is emptied before and after.
    for (const std::string_view sql :
         {"PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"}) {
        if (const Result<void> done = database.execute(sql); !done) {
            qCWarning(storeLog, "Clear texts may be left in the file until the next start: %s",
                      done.error().text.c_str());
            return;
        }
    }
    if (const Result<void> done = meta.remove(MetaRepository::SCRUB_DUE); !done)
        qCWarning(storeLog, "%s", done.error().text.c_str());
}

} // namespace Gateway
