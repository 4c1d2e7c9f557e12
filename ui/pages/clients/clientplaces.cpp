#include "ui/pages/clients/clientplaces.h"

#include <algorithm>

#include <QDir>
#include <QFile>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace Ui {

ClientPlaces ClientPlaces::ofThisUser()
{
    ClientPlaces places;
    places.home = QDir::homePath();
    places.platform = thisPlatform();
    switch (places.platform) {
    case Platform::Linux:
        places.config = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation);
        break;
    case Platform::MacOs:
        places.config = places.home + "/Library/Application Support"_L1;
        break;
    case Platform::Windows:
        places.config = QDir::fromNativeSeparators(qEnvironmentVariable("APPDATA"));
        break;
    }
    return places;
}

QString ClientPlaces::resolved(const RecipePath &path) const
{
    const char *chosen = path.unixLike;
    if (platform == Platform::MacOs && path.macOs)
        chosen = path.macOs;
    if (platform == Platform::Windows && path.windows)
        chosen = path.windows;
    QString text = QString::fromUtf8(chosen);
    if (text.startsWith("~/"_L1))
        text.replace(0, 1, home);
    return text.replace("{config}"_L1, config);
}

bool ClientPlaces::isInstalled(const ClientRecipe &recipe) const
{
    return std::any_of(recipe.traces.begin(), recipe.traces.end(),
                       [this](const RecipePath &trace) { return QFile::exists(resolved(trace)); });
}

QString ClientPlaces::shownPath(const QString &path) const
{
    return path.startsWith(home + u'/') ? u'~' + path.mid(home.size()) : QDir::toNativeSeparators(path);
}

} // namespace Ui
