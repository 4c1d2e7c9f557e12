#pragma once

#include <optional>

#include <QByteArray>
#include <QString>

#include "gateway/common/result.h"

namespace Ui {

/// Changes one file of another program: reads it, writes it whole with a copy of the old one beside it, and
/// can put the old one back. Never over what somebody else has changed meanwhile. Files and copies are
/// readable by their owner alone, as they hold a token.
class ConfigWriter
{
public:
    /// `path` need not be there; links are followed.
    explicit ConfigWriter(const QString &path);

    const QString &path() const { return m_path; }

    /// 422 when it is no text in UTF-8 or over 4 MiB, 403 when it cannot be opened. A file that is not there
    /// reads as empty.
    Gateway::Result<void> read();
    bool isThere() const { return m_read.has_value(); }
    const QString &text() const { return m_text; }

    /// 409 "file_changed" when it is not as it was read; 403 when it cannot be written.
    Gateway::Result<void> write(const QString &text);
    /// Where the old file lies since write(); empty when there was none.
    const QString &backupPath() const { return m_backupPath; }

    bool canUndo() const { return m_written.has_value(); }
    /// Puts back what was there before write(), or nothing; 409 when the file is not as it was written.
    Gateway::Result<void> undo();

private:
    QString realPath() const;
    Gateway::Result<void> checkUnchanged(const std::optional<QByteArray> &expected) const;
    Gateway::Result<void> keepCopy();
    Gateway::Result<void> put(const QByteArray &content) const;

    QString m_path;
    QString m_text;
    std::optional<QByteArray> m_read;   ///< Absent: the file was not there.
    std::optional<QByteArray> m_before; ///< As m_read before write().
    std::optional<QByteArray> m_written;
    QString m_backupPath;
};

} // namespace Ui
