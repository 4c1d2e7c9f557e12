// Keys that come as a file: the third part of AddKeysDialog.
#include <utility>

#include <QFileDialog>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPointer>

#include "ui/desktop.h"
#include "ui/pages/keys/addkeysdialog.h"
#include "ui/text/format.h"
#include "ui/widgets/inlineresult.h"
#include "ui/widgets/textlabel.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

void AddKeysDialog::askForFile()
{
    auto *files = new QFileDialog(this, tr("Open a file with keys"));
    files->setAttribute(Qt::WA_DeleteOnClose);
    files->setFileMode(QFileDialog::ExistingFile);
    connect(files, &QFileDialog::fileSelected, this, &AddKeysDialog::openFile);
    files->open();
}

void AddKeysDialog::openFile(const QString &path)
{
    Result<KeyFile> file = readKeyFile(path);
    if (!file)
        showFailure(file.error());
    else if (file->kind == KeyFile::Kind::Database)
        readDatabase(path, std::move(*file));
    else
        takeFile(std::move(*file));
}

void AddKeysDialog::readDatabase(const QString &path, KeyFile file)
{
    if (!m_parts.desktop)
        return;
    m_parts.desktop->readDatabase(
        path, [dialog = QPointer<AddKeysDialog>(this), file = std::move(file)](Result<QByteArray> text) {
            if (!dialog)
                return;
            if (!text) {
                dialog->showFailure(text.error());
                return;
            }
            KeyFile read = file;
            read.kind = KeyFile::Kind::Text;
            read.content = std::move(*text);
            dialog->showFile(std::move(read)); // its keys stand in no lines of the editor
        });
}

void AddKeysDialog::takeFile(KeyFile file)
{
    constexpr qsizetype longestShown = 4 << 20;
    switch (file.kind) {
    case KeyFile::Kind::Database:
    case KeyFile::Kind::Other:
        m_result->showResult(InlineResult::Kind::Bad, tr("This file is neither text nor a sealed export."));
        return;
    case KeyFile::Kind::Text:
        if (file.content.size() <= longestShown) {
            setText(QString::fromUtf8(file.content));
            return;
        }
        break;
    case KeyFile::Kind::Sealed:
        break;
    }
    showFile(std::move(file));
}

void AddKeysDialog::showFile(KeyFile file)
{
    const bool isSealed = file.kind == KeyFile::Kind::Sealed;
    m_fileName->setText(u"%1, %2"_s.arg(file.name, bytesText(file.size)));
    m_file = std::move(file);
    m_editor->clear();
    m_editor->hide();
    m_fileRow->show();
    m_passphrase->setVisible(isSealed);
    if (isSealed)
        m_passphrase->setFocus();
    else
        preview();
}

void AddKeysDialog::dropFile()
{
    m_file.reset();
    m_passphrase->clear();
    m_fileRow->hide();
    m_editor->show();
    m_result->hide();
    m_keys->setKeys({});
    m_found = 0;
    followAddButton();
}

} // namespace Ui
