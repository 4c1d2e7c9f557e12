#include "ui/pages/keys/keyfile.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QStringDecoder>

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr qint64 LARGEST = 64LL << 20;
constexpr QByteArrayView SEALED = "GwSealed";
constexpr QByteArrayView DATABASE = "SQLite format 3";

QString tr(const char *text)
{
    return QCoreApplication::translate("KeyFile", text);
}

/// UTF-8, or UTF-16 with its mark as spreadsheets write it.
QByteArray textOf(const QByteArray &bytes)
{
    const auto encoding = QStringConverter::encodingForData(bytes);
    QStringDecoder decoder(encoding.value_or(QStringConverter::Utf8));
    const QString text = decoder(bytes);
    return decoder.hasError() || text.contains(QChar(u'\0')) ? QByteArray() : text.toUtf8();
}

} // namespace

Result<KeyFile> readKeyFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(400, "unreadable_file",
                    tr(QT_TRANSLATE_NOOP("KeyFile", "The file cannot be read: %1"))
                        .arg(file.errorString())
                        .toStdString());
    KeyFile read{QFileInfo(path).fileName(), KeyFile::Kind::Other, {}, file.size()};
    const QByteArray bytes = file.read(LARGEST + 1);
    if (bytes.size() > LARGEST)
        return fail(422, "too_large",
                    tr(QT_TRANSLATE_NOOP("KeyFile", "The file is larger than 64 MiB.")).toStdString());
    read.size = bytes.size();
    if (bytes.startsWith(SEALED)) {
        read.kind = KeyFile::Kind::Sealed;
        read.content = bytes.toBase64();
    } else if (bytes.startsWith(DATABASE)) {
        read.kind = KeyFile::Kind::Database;
    } else if (read.content = textOf(bytes); !read.content.isEmpty() || bytes.isEmpty()) {
        read.kind = KeyFile::Kind::Text;
    }
    return read;
}

} // namespace Ui
