#include "app/cli/rekeyverb.h"

#include <string>

#include <QFile>

#include "app/configuration.h"
#include "app/launch.h"
#include "app/process.h"
#include "gateway/store/databaseurl.h"
#include "gateway/store/rekey.h"

namespace Gateway {

namespace {

int failed(const std::string &text)
{
    printError(text + '\n');
    return EXIT_FAILED;
}

/// Before anything is changed: whoever sees it can put it where it belongs whatever happens then.
void showKey(const Secret &key)
{
    printOut("The new master key, to be put in place of the old one; it is shown this once:\n  " +
             key.reveal() + '\n');
}

std::string doneText(const RekeyReport &report, bool isForgotten)
{
    const std::string count = std::to_string(report.texts);
    if (isForgotten)
        return count + " keys gave up their secrets: enter them anew. The master key is in " + report.place +
               ".\n";
    if (report.isShown)
        return count + " secrets are sealed with it. Put it in " + report.place + " before the next start.\n";
    return count + " secrets are sealed with a new master key, which is in " + report.place + ".\n";
}

} // namespace

int runRekeyVerb(const CommandLine &line)
{
    const Result<Settings> settings = loadSettingsWithoutStore(line, environmentTexts());
    if (!settings)
        return failed(settings.error().text);
    const Result<std::string> path = databasePath(databaseUrl(*settings));
    if (!path)
        return failed(path.error().text);
    if (!QFile::exists(QString::fromStdString(*path)))
        return failed("There is no database " + *path + " yet.");
    const MasterKeySources sources = masterKeySources(*settings, KeychainUse::LastResort);
    const Result<RekeyReport> report =
        line.forget ? forgetSealed(*path, sources) : rekeyStore(*path, sources, showKey);
    if (!report)
        return failed(report.error().text);
    printOut(doneText(*report, line.forget));
    return EXIT_DONE;
}

} // namespace Gateway
