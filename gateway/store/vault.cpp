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

bool isRightKey(const MasterKey &key, std::string_view check)
{
    const Result<Secret> text = Sealer(key).open(SealedTable::META, MetaRepository::SEAL_CHECK, check);
    return text && text->equals(CHECK_TEXT);
}

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
Result<UnlockedVault> findRightKey(const Database &database, const MasterKeySources &sources,
                                   const std::string &storeId, const std::string &check,
                                   const std::string &place)
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
            if (!isRightKey(key, check))
                continue;
            // Of two, a new sealing was interrupted: the store says on which side of its end.
            if (keys->size() > 1 && source->isWritable()) {
                if (const Result<void> saved = source->save(storeId, {key}); !saved)
                    qCWarning(storeLog, "%s", saved.error().text.c_str());
            }
            return UnlockedVault{key, storeId, source};
        }
    }
    if (isMissing && trouble)
        return fail(std::move(*trouble));
    return lockedOut(database, sources, isMissing, place);
}

/// A transaction is open. The key is durable before anything is sealed with it.
Result<UnlockedVault> sealForTheFirstTime(Database &database, MetaRepository &meta,
                                          const MasterKeySources &sources)
{
    Result<UnlockedVault> vault = chooseKey(sources, randomId());
    if (!vault)
        return vault;
    const Result<std::int64_t> sealed = sealClearTexts(database, Sealer(vault->key));
    if (!sealed)
        return fail(sealed.error());
    Result<void> done = noteKey(database, *vault);
    if (done && *sealed > 0)
        done = meta.put(MetaRepository::SCRUB_DUE, "1");
    if (!done)
        return fail(std::move(done.error()));
    return vault;
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
    return findRightKey(database, sources, id->value_or(std::string()), **check,
                        place->value_or(std::string()));
}

} // namespace

Result<UnlockedVault> chooseKey(const MasterKeySources &sources, const std::string &storeId)
{
    for (const auto &source : sources) {
        const Result<std::vector<MasterKey>> keys = source->load(storeId);
        if (!keys)
            return fail(keys.error());
        if (!keys->empty())
            return UnlockedVault{keys->front(), storeId, source};
    }
    Error trouble{503, "master_key_missing", "There is no place for the master key.", {}, 0};
    for (const auto &source : sources) {
        if (!source->isWritable())
            continue;
        const MasterKey key = MasterKey::random();
        Result<void> saved = source->save(storeId, {key});
        if (saved)
            return UnlockedVault{key, storeId, source};
        trouble = std::move(saved.error());
    }
    return fail(std::move(trouble));
}

Result<void> noteKey(Database &database, const UnlockedVault &vault)
{
    MetaRepository meta(database);
    Result<void> done = meta.put(MetaRepository::STORE_ID, vault.storeId);
    if (done)
        done = meta.put(MetaRepository::SEAL_CHECK,
                        Sealer(vault.key).seal(SealedTable::META, MetaRepository::SEAL_CHECK, CHECK_TEXT));
    return done ? meta.put(MetaRepository::SEAL_PLACE, vault.source->name()) : done;
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
