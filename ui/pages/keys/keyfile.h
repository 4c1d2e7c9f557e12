#pragma once

#include <cstdint>

#include <QByteArray>
#include <QString>

#include "gateway/control/control.h"

namespace Ui {

/// A file with keys in it, as it can be given to KeyCommands::add().
struct KeyFile
{
    enum class Kind : std::uint8_t {
        Text,     ///< `content` is its text in UTF-8.
        Sealed,   ///< An export that needs its passphrase; `content` is base64.
        Database, ///< SQLite: Desktop::readDatabase() reads it.
        Other     ///< Neither.
    };

    QString name; ///< Without its folder.
    Kind kind = Kind::Other;
    QByteArray content;
    qint64 size = 0;
};

/// Reads a file of at most 64 MiB. Fails in words for people.
Gateway::Result<KeyFile> readKeyFile(const QString &path);

} // namespace Ui
