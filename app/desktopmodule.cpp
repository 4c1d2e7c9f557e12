#include "app/desktopmodule.h"

#include <QFile>
#include <QLibrary>
#include <QString>

#include "app/process.h"

using namespace Qt::StringLiterals;

namespace Gateway {

DesktopEntry *loadDesktop(std::string &problem)
{
    const QString folder = QString::fromStdString(programFolder());
    // Beside the program in a build, in the library folder of an installation.
    for (const QString &path : {QString(folder + "/libgemini-balance-ui.so"_L1),
                                QString(folder + "/../lib/gemini-balance/libgemini-balance-ui.so"_L1)}) {
        if (!QFile::exists(path))
            continue;
        QLibrary library(path);
        if (auto *entry = reinterpret_cast<DesktopEntry *>(library.resolve(DESKTOP_ENTRY)))
            return entry;
        problem = library.errorString().toStdString();
        return nullptr;
    }
    problem = "the windows are not installed";
    return nullptr;
}

} // namespace Gateway
