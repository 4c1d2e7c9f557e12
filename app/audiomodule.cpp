#include "app/audiomodule.h"

#include <QFile>
#include <QLibrary>
#include <QLoggingCategory>
#include <QString>

#include "app/process.h"

using namespace Qt::StringLiterals;

namespace Gateway {

namespace {

Q_LOGGING_CATEGORY(lcAudio, "app.audio")

const AudioLibrary *findAudioLibrary()
{
    const QString folder = QString::fromStdString(programFolder());
    for (const QString &path : {QString(folder + "/libgemini-balance-audio.so"_L1),
                                QString(folder + "/../lib/gemini-balance/libgemini-balance-audio.so"_L1)}) {
        if (!QFile::exists(path))
            continue;
        QLibrary library(path);
        if (auto *entry = reinterpret_cast<AudioEntry *>(library.resolve(AUDIO_ENTRY)))
            return entry();
        qCWarning(lcAudio, "The codecs cannot be loaded: %s", qUtf8Printable(library.errorString()));
        return nullptr;
    }
    return nullptr;
}

} // namespace

const AudioLibrary *loadAudioLibrary()
{
    static const AudioLibrary *const library = findAudioLibrary();
    return library;
}

} // namespace Gateway
