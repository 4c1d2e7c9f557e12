#include "app/cli/backupverbs.h"

#include <string>

#include "app/configuration.h"
#include "app/datafolder.h"
#include "app/launch.h"
#include "app/process.h"
#include "gateway/store/backup.h"
#include "gateway/store/databaseurl.h"

namespace Gateway {

namespace {

constexpr int LOCK_WAIT_MS = 500;

int failed(const std::string &text)
{
    printError(text + '\n');
    return EXIT_FAILED;
}

Result<std::string> storePath(const CommandLine &line, Settings &settings)
{
    Result<Settings> read = loadSettingsWithoutStore(line, environmentTexts());
    if (!read)
        return fail(std::move(read.error()));
    settings = std::move(*read);
    return databasePath(databaseUrl(settings));
}

} // namespace

int runBackupVerb(const CommandLine &line)
{
    Settings settings;
    const Result<std::string> path = storePath(line, settings);
    if (!path)
        return failed(path.error().text);
    const std::string &file = line.words.front();
    if (const Result<void> done = backUpDatabase(*path, file); !done)
        return failed(done.error().text);
    printOut("The store is copied to " + file +
             ". Keep its master key as well: without it no secret can be read.\n");
    return EXIT_DONE;
}

int runRestoreVerb(const CommandLine &line)
{
    Settings settings;
    const Result<std::string> path = storePath(line, settings);
    if (!path)
        return failed(path.error().text);
    const Result<DataLock> lock = DataLock::take(settings, LOCK_WAIT_MS);
    if (!lock)
        return failed(lock.error().text);
    if (const Result<void> done = restoreDatabase(*path, line.words.front()); !done)
        return failed(done.error().text);
    printOut("The store is as " + line.words.front() + " has it; what was there is in " + *path +
             ".before-restore.\n");
    return EXIT_DONE;
}

} // namespace Gateway
