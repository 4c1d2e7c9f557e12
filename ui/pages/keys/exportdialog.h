#pragma once

#include "ui/frame/page.h"
#include "ui/widgets/dialog.h"

class QLineEdit;

namespace Ui {

class InlineResult;
class Segmented;
class TextLabel;

/// Asks how keys are to be written and where to, and writes them.
class ExportDialog final : public Dialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ExportDialog)

public:
    /// No ids: all keys. `count` is what is told of them.
    ExportDialog(const PageParts &parts, std::vector<Gateway::KeyId> ids, int count, QWidget *parent);

    /// Writes what is chosen to this file; the dialog closes when that went well.
    void writeTo(const QString &path);

private:
    enum class Kind : std::uint8_t { Masked, InFull, Sealed };

    Kind kind() const;
    QHBoxLayout *addRow(const QString &name, QWidget *field);
    void addPassphrase();
    void follow();
    QString proposedName() const;
    Gateway::KeyExport request() const;
    void askWhere();
    void write(const Gateway::ExportedFile &file, const QString &path);

    PageParts m_parts;
    std::vector<Gateway::KeyId> m_ids;
    Segmented *m_format;
    Segmented *m_kind;
    TextLabel *m_help;
    QWidget *m_passphrases;
    QLineEdit *m_passphrase;
    QLineEdit *m_again;
    InlineResult *m_result;
    Button *m_export = nullptr;
};

} // namespace Ui
