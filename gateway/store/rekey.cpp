#include "gateway/store/rekey.h"

#include <optional>
#include <utility>

#include "gateway/store/metarepository.h"
#include "gateway/store/migrations.h"
#include "gateway/store/sealedcolumns.h"
#include "gateway/store/transaction.h"

namespace Gateway {

namespace {

constexpr std::string_view LOST = "Its secret was given up with the master key: enter the key anew.";

/// Migrated, and closed to every other process: leaving WAL needs the file alone, and so nobody goes on
/// writing with the old key.
Result<std::unique_ptr<Database>> openAlone(const std::string &path)
{
    const Result<std::vector<MigrationStep>> steps = loadMigrations();
    if (!steps)
        return fail(steps.error());
    Result<std::unique_ptr<Database>> database = Database::open(path);
    if (!database)
        return database;
    Result<void> done = migrate(**database, *steps);
    for (const std::string_view pragma :
         {"PRAGMA locking_mode = EXCLUSIVE", "PRAGMA journal_mode = DELETE"}) {
        if (done)
            done = (*database)->execute(pragma);
    }
    if (done)
        return database;
    if (done.error().code == "store_locked")
        done.error().text = "The database " + (*database)->path() +
                            " is in use. Stop the gateway that runs with it, then try again.";
    return fail(std::move(done.error()));
}

Result<std::int64_t> sealAnewWith(Database &database, const UnlockedVault &from, const UnlockedVault &to)
{
    Transaction transaction(database, true);
    if (!transaction.begun())
        return fail(transaction.begun().error());
    Result<std::int64_t> count = sealAnew(database, Sealer(from.key), Sealer(to.key));
    if (!count)
        return count;
    Result<void> done = noteKey(database, to);
    if (done)
        done = transaction.commit();
    if (!done)
        return fail(std::move(done.error()));
    return count;
}

} // namespace

Result<RekeyReport> rekeyStore(const std::string &path, const MasterKeySources &sources,
                               const std::function<void(const Secret &)> &showKey)
{
    const Result<std::unique_ptr<Database>> database = openAlone(path);
    if (!database)
        return fail(database.error());
    const Result<UnlockedVault> old = unlockVault(**database, sources);
    if (!old)
        return fail(old.error());
    const UnlockedVault made{MasterKey::random(), old->storeId, old->source};
    const bool isWritable = made.source->isWritable();
    if (!isWritable)
        showKey(made.key.text());
    else if (Result<void> saved = made.source->save(made.storeId, {old->key, made.key}); !saved)
        return fail(std::move(saved.error()));
    const Result<std::int64_t> count = sealAnewWith(**database, *old, made);
    const MasterKey &right = count ? made.key : old->key;
    if (isWritable) {
        if (Result<void> saved = made.source->save(made.storeId, {right}); !saved && count)
            return fail(std::move(saved.error()));
    }
    if (!count)
        return fail(count.error());
    return RekeyReport{*count, made.source->name(), !isWritable};
}

Result<RekeyReport> forgetSealed(const std::string &path, const MasterKeySources &sources)
{
    const Result<std::unique_ptr<Database>> database = openAlone(path);
    if (!database)
        return fail(database.error());
    const Result<UnlockedVault> there = unlockVault(**database, sources);
    if (!there && there.error().code != "master_key_missing" && there.error().code != "master_key_wrong")
        return fail(there.error()); // a key that is only written wrongly is not lost
    if (there)
        return fail(409, "master_key_there",
                    "The master key is there and opens the store; nothing has to be given up. To change it, "
                    "use rekey without --forget.");
    MetaRepository meta(**database);
    const Result<std::optional<std::string>> id = meta.find(MetaRepository::STORE_ID);
    if (!id)
        return fail(id.error());
    const Result<UnlockedVault> vault = chooseKey(sources, id->value_or(std::string()));
    if (!vault)
        return fail(vault.error());
    Transaction transaction(**database, true);
    if (!transaction.begun())
        return fail(transaction.begun().error());
    const Result<std::int64_t> lost = wipeSealedTexts(**database, LOST);
    if (!lost)
        return fail(lost.error());
    Result<void> done = noteKey(**database, *vault);
    if (done)
        done = transaction.commit();
    if (!done)
        return fail(std::move(done.error()));
    return RekeyReport{*lost, vault->source->name(), false};
}

} // namespace Gateway
