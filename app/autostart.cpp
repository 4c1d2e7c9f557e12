#include "app/autostart.h"

#include <utility>

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QSaveFile>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace Gateway {

namespace {

/// As the Exec key wants a path with blanks or signs (Desktop Entry Specification, "The Exec key").
QString quoted(QString path)
{
    path.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s).replace(u'`', u"\\`"_s).replace(u'$', u"\\$"_s);
    path.replace(u'%', u"%%"_s);
    return u'"' + path + u'"';
}

} // namespace

Autostart::Autostart(QString folder, QString program)
    : m_folder(std::move(folder))
    , m_program(std::move(program))
{
}

Autostart Autostart::ofUser()
{
    // An AppImage's own path changes from start to start; the image's does not.
    const QString image = qEnvironmentVariable("APPIMAGE");
    return {QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + "/autostart"_L1,
            image.isEmpty() ? QCoreApplication::applicationFilePath() : image};
}

QString Autostart::path() const
{
    return m_folder + "/gemini-balance.desktop"_L1;
}

bool Autostart::isOn() const
{
    QFile file(path());
    return file.open(QIODevice::ReadOnly) && !file.readAll().contains("Hidden=true");
}

Result<void> Autostart::set(bool isOn)
{
    const auto failed = [this](const QString &cause) {
        return fail(500, "autostart_failed",
                    QCoreApplication::translate("Autostart", "%1: %2").arg(path(), cause).toStdString());
    };
    if (!isOn) {
        QFile file(path());
        return !file.exists() || file.remove() ? Result<void>() : Result<void>(failed(file.errorString()));
    }
    QDir().mkpath(m_folder);
    QSaveFile file(path());
    if (!file.open(QIODevice::WriteOnly))
        return failed(file.errorString());
    file.write(
        "[Desktop Entry]\nType=Application\nName=Gemini Balance\nIcon=gemini-balance\nTerminal=false\n");
    file.write("Exec=" + quoted(m_program).toUtf8() + "\n");
    if (!file.commit())
        return failed(file.errorString());
    return {};
}

} // namespace Gateway
