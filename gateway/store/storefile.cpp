#include "gateway/store/storefile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace Gateway {

namespace {

constexpr QFile::Permissions OWNER_FILE = QFile::ReadOwner | QFile::WriteOwner;
constexpr QFile::Permissions OWNER_FOLDER = OWNER_FILE | QFile::ExeOwner;
constexpr QFile::Permissions OTHERS = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup |
                                      QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;

tl::unexpected<Error> unavailable(const std::string &path, const std::string &why)
{
    return fail(500, "store_unavailable", "The database " + path + " cannot be opened: " + why + ".");
}

/// QDir::mkpath() leaves the mode to the umask, so each missing folder is made by itself.
bool makeFolders(const QString &folder)
{
    if (QFileInfo(folder).isDir())
        return true;
    const QString parent = QFileInfo(folder).absolutePath();
    return parent != folder && makeFolders(parent) &&
           (QDir().mkdir(folder, OWNER_FOLDER) || QFileInfo(folder).isDir());
}

} // namespace

Result<void> prepareStoreFile(const std::string &path)
{
    const QFileInfo info(QString::fromStdString(path));
    if (!makeFolders(info.absolutePath()))
        return unavailable(path, "its folder cannot be made");
    if (info.isDir())
        return unavailable(path, "it is a folder");
    QFile file(info.absoluteFilePath());
    if (!info.exists() && !file.open(QFile::WriteOnly | QFile::NewOnly, OWNER_FILE) && !file.exists())
        return unavailable(path, file.errorString().toStdString());
    file.close();
    if ((file.permissions() & OTHERS) != 0 && !file.setPermissions(OWNER_FILE))
        return unavailable(path, "it is readable by others and its mode cannot be changed");
    return {};
}

} // namespace Gateway
