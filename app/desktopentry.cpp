#include "app/desktopmodule.h"
#include "app/guiapplication.h"

using namespace Gateway;

extern "C" Q_DECL_EXPORT int runGeminiBalanceDesktop(int &argc, char **argv, const CommandLine &line);

int runGeminiBalanceDesktop(int &argc, char **argv, const CommandLine &line)
{
    static_assert(std::is_same_v<decltype(runGeminiBalanceDesktop), DesktopEntry>);
    return GuiApplication(argc, argv, line).run();
}
