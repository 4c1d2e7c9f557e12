#include "gateway/store/backup.h"

#include <filesystem>
#include <system_error>

#include "gateway/store/database.h"
#include "gateway/store/migrations.h"
#include "gateway/store/storefile.h"

namespace Gateway {

namespace {

namespace fs = std::filesystem;

std::string quoted(const std::string &text)
{
    std::string sql = "'";
    for (const char c : text)
        sql += c == '\'' ? std::string("''") : std::string(1, c);
    return sql + '\'';
}

tl::unexpected<Error> fileTrouble(const std::string &path, const std::error_code &trouble)
{
    return fail(500, "file_failed", path + ": " + trouble.message());
}

/// That it is one of ours, whole, and not of a later version.
Result<void> checkCopy(const std::string &file)
{
    Result<std::unique_ptr<Database>> copy = Database::open(file);
    if (!copy)
        return fail(std::move(copy.error()));
    const StatementPtr check = (*copy)->prepare("PRAGMA quick_check(1)");
    const Result<bool> row = check->step();
    if (!row || !*row || check->text(0) != "ok")
        return fail(422, "damaged", file + " is damaged.");
    const Result<int> version = schemaVersion(**copy);
    if (!version)
        return fail(version.error());
    if (*version == 0)
        return fail(422, "no_backup", file + " is no backup of Gemini Balance.");
    const auto steps = loadMigrations();
    if (!steps)
        return fail(steps.error());
    if (*version > steps->back().version)
        return fail(422, "store_newer", file + " was made by a later version of Gemini Balance.");
    return {};
}

} // namespace

Result<void> backUpDatabase(const std::string &database, const std::string &file)
{
    std::error_code trouble;
    if (!fs::exists(database, trouble))
        return fail(404, "no_database", "There is no database " + database + " yet.");
    if (fs::exists(file, trouble))
        return fail(409, "file_exists", file + " exists already. Name another file.");
    Result<std::unique_ptr<Database>> source = Database::open(database);
    if (!source)
        return fail(std::move(source.error()));
    // An empty file with the right mode first: the engine takes it over, and nobody else can read it
    // meanwhile.
    if (Result<void> prepared = prepareStoreFile(file); !prepared)
        return prepared;
    Result<void> written = (*source)->execute("VACUUM INTO " + quoted(file));
    if (!written)
        fs::remove(file, trouble);
    return written;
}

Result<void> restoreDatabase(const std::string &database, const std::string &file)
{
    std::error_code trouble;
    if (!fs::exists(file, trouble))
        return fail(404, "no_file", "There is no file " + file + '.');
    // Looked at and put in place as a copy: opening it would change the backup itself.
    const std::string incoming = database + ".incoming";
    if (Result<void> prepared = prepareStoreFile(incoming); !prepared)
        return prepared;
    fs::copy_file(file, incoming, fs::copy_options::overwrite_existing, trouble);
    if (trouble)
        return fileTrouble(incoming, trouble);
    fs::permissions(incoming, fs::perms::owner_read | fs::perms::owner_write, trouble);
    Result<void> checked = checkCopy(incoming);
    for (const char *suffix : {"-wal", "-shm"})
        fs::remove(incoming + suffix, trouble);
    if (!checked) {
        fs::remove(incoming, trouble);
        return checked;
    }
    if (fs::exists(database, trouble)) {
        // Folds what the log beside it still holds into the file that is kept.
        if (Result<std::unique_ptr<Database>> old = Database::open(database); old)
            static_cast<void>((*old)->execute("PRAGMA wal_checkpoint(TRUNCATE)"));
        fs::rename(database, database + ".before-restore", trouble);
        if (trouble)
            return fileTrouble(database, trouble);
        for (const char *suffix : {"-wal", "-shm"})
            fs::remove(database + suffix, trouble);
    }
    fs::rename(incoming, database, trouble);
    return trouble ? Result<void>(fileTrouble(database, trouble)) : Result<void>();
}

} // namespace Gateway
