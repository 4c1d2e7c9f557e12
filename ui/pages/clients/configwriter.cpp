#include "ui/pages/clients/configwriter.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QStringDecoder>

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr qint64 MAX_BYTES = 4 * 1024 * 1024;
constexpr auto OWNER_ONLY = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
constexpr auto OWNER_FOLDER = OWNER_ONLY | QFileDevice::ExeOwner;

class Words
{
    Q_DECLARE_TR_FUNCTIONS(Ui::ConfigWriter)
};

tl::unexpected<Error> cannot(int status, const char *code, const QString &text)
{
    return fail(status, code, text.toStdString());
}

/// Absent: there is no such file.
Result<std::optional<QByteArray>> contentOf(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return std::optional<QByteArray>();
    if (file.size() > MAX_BYTES)
        return cannot(422, "invalid_file", Words::tr("The file is too large for a settings file."));
    if (!file.open(QIODevice::ReadOnly))
        return cannot(403, "unreadable_file",
                      Words::tr("The file cannot be read: %1").arg(file.errorString()));
    return std::optional(file.readAll());
}

} // namespace

ConfigWriter::ConfigWriter(const QString &path)
    : m_path(path)
{
}

/// Dot files are often links into a folder that is kept elsewhere; the link stays.
QString ConfigWriter::realPath() const
{
    const QString target = QFileInfo(m_path).canonicalFilePath();
    return target.isEmpty() ? m_path : target;
}

Result<void> ConfigWriter::read()
{
    Result<std::optional<QByteArray>> content = contentOf(realPath());
    if (!content)
        return fail(std::move(content.error()));
    QStringDecoder decoder(QStringDecoder::Utf8, QStringConverter::Flag::ConvertInitialBom);
    const QString text = content->has_value() ? QString(decoder(**content)) : QString();
    if (decoder.hasError() || text.contains(QChar::Null))
        return cannot(422, "invalid_file", Words::tr("The file is no text in UTF-8."));
    m_read = std::move(*content);
    m_text = text;
    return {};
}

Result<void> ConfigWriter::checkUnchanged(const std::optional<QByteArray> &expected) const
{
    const Result<std::optional<QByteArray>> now = contentOf(realPath());
    if (!now || *now != expected)
        return cannot(409, "file_changed", Words::tr("The file changed since it was read."));
    return {};
}

Result<void> ConfigWriter::keepCopy()
{
    m_backupPath.clear();
    if (!m_read)
        return {};
    const QString stem = m_path + ".bak-"_L1 + QDateTime::currentDateTime().toString(u"yyyyMMdd-HHmmss"_s);
    QString path = stem;
    for (int i = 2; QFile::exists(path); ++i)
        path = stem + u'-' + QString::number(i);
    QFile copy(path);
    if (!copy.open(QIODevice::WriteOnly | QIODevice::NewOnly, OWNER_ONLY) ||
        copy.write(*m_read) != m_read->size() || !copy.flush())
        return cannot(403, "unwritable_file",
                      Words::tr("No copy of the old file can be kept: %1").arg(copy.errorString()));
    m_backupPath = path;
    return {};
}

Result<void> ConfigWriter::put(const QByteArray &content) const
{
    const QFileInfo info(realPath());
    if (const QDir folder = info.dir(); !folder.exists()) {
        if (!folder.mkpath(u"."_s))
            return cannot(403, "unwritable_file",
                          Words::tr("The folder %1 cannot be made.").arg(folder.path()));
        QFile::setPermissions(folder.path(), OWNER_FOLDER);
    }
    QSaveFile file(info.filePath());
    // Before the first byte, as what is written holds a token.
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(OWNER_ONLY) ||
        file.write(content) != content.size() || !file.commit())
        return cannot(403, "unwritable_file",
                      Words::tr("The file cannot be written: %1").arg(file.errorString()));
    return {};
}

Result<void> ConfigWriter::write(const QString &text)
{
    Result<void> done = checkUnchanged(m_read);
    if (done)
        done = keepCopy();
    const QByteArray content = text.toUtf8();
    if (done)
        done = put(content);
    if (!done)
        return done;
    m_before = m_read;
    m_read = content;
    m_written = content;
    m_text = text;
    return {};
}

Result<void> ConfigWriter::undo()
{
    if (Result<void> good = checkUnchanged(m_written); !good)
        return good;
    if (m_before) {
        if (Result<void> done = put(*m_before); !done)
            return done;
    } else if (!QFile::remove(realPath())) {
        return cannot(403, "unwritable_file", Words::tr("The file cannot be removed."));
    }
    if (!m_backupPath.isEmpty())
        QFile::remove(m_backupPath);
    m_backupPath.clear();
    m_written.reset();
    return read();
}

} // namespace Ui
