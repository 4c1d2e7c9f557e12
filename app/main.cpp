#include <string>
#include <vector>

#include <QCoreApplication>

#include "app/cli/backupverbs.h"
#include "app/cli/clirun.h"
#include "app/cli/rekeyverb.h"
#include "app/cli/settingsverb.h"
#include "app/commandline.h"
#include "app/desktopmodule.h"
#include "app/launch.h"
#include "app/libraries.h"
#include "app/process.h"
#include "app/serverapplication.h"

using namespace Gateway;

namespace {

int run(int &argc, char **argv, const CommandLine &line)
{
    if (!line.server) {
        std::string problem = "there is no display";
        DesktopEntry *desktop = hasDisplay() ? loadDesktop(problem) : nullptr;
        if (desktop)
            return desktop(argc, argv, line);
        printError("Serving without windows (" + problem + "), as with --server\n");
    }
    return ServerApplication(argc, argv, line).run();
}

} // namespace

int main(int argc, char **argv)
{
    prepareProcess();
    const Result<CommandLine> line = parseCommandLine(std::vector<std::string>(argv + 1, argv + argc));
    if (!line) {
        printError(line.error().text + '\n');
        return EXIT_FAILED;
    }
    if (line->help && line->verb.empty()) {
        printOut(helpText());
        return EXIT_DONE;
    }
    if (line->version) {
        printOut("gemini-balance " GW_VERSION "\n" + librariesText());
        return EXIT_DONE;
    }
    if (line->verb == "settings" && line->markdown) {
        printOut(settingsMarkdown());
        return EXIT_DONE;
    }
    if (line->verb == "rekey") {
        const QCoreApplication application(argc, argv); // the database's driver is a plugin
        return runRekeyVerb(*line);
    }
    if (line->verb == "backup" || line->verb == "restore") {
        const QCoreApplication application(argc, argv);
        return line->verb == "backup" ? runBackupVerb(*line) : runRestoreVerb(*line);
    }
    if (!line->verb.empty()) {
        const QCoreApplication application(argc, argv);
        return runCli(*line);
    }
    return run(argc, argv, *line);
}
