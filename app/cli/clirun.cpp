#include "app/cli/clirun.h"

#include <memory>

#include <QCoreApplication>
#include <QTimer>

#include "app/cli/cliaction.h"
#include "app/cli/clicall.h"
#include "app/cli/cliconnection.h"
#include "app/cli/clitext.h"
#include "app/cli/settingsverb.h"
#include "app/launch.h"
#include "app/process.h"

namespace Gateway {

int runCli(const CommandLine &line)
{
    loadCliTranslations();
    if (line.help) {
        printOut(cliHelp(line.verb));
        return EXIT_DONE;
    }
    const CliAction *action = findCliAction(line.verb, line.action);
    if (line.verb == "settings" && line.action == "list") {
        if (const std::optional<int> code = listSettingsOfNoServer(line))
            return *code;
    }
    const SystemClock clock;
    Result<std::unique_ptr<CliConnection>> connection = CliConnection::open(line, clock);
    if (!connection) {
        printError(connection.error().text + '\n');
        return EXIT_FAILED;
    }
    Control &control = (*connection)->control();
    const ActingAs actor(control, "command line");
    CliCall call(line, control, (*connection)->hint(), [](int code) { QCoreApplication::exit(code); });
    // From inside the loop, so that a run which ends at once ends it too.
    QTimer::singleShot(0, &call, [action, &call] { action->run(call); });
    return QCoreApplication::exec();
}

} // namespace Gateway
