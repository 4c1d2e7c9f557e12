#include "ui/pages/keys/exportdialog.h"

#include <utility>

#include <QByteArray>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSaveFile>
#include <QStandardPaths>
#include <QVBoxLayout>

#include "ui/frame/shell.h"
#include "ui/widgets/inlineresult.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/textlabel.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr QSize SIZE{460, 300};

} // namespace

ExportDialog::ExportDialog(const PageParts &parts, std::vector<KeyId> ids, int count, QWidget *parent)
    : Dialog(parts.theme, tr("Export %n key(s)", nullptr, count), parent)
    , m_parts(parts)
    , m_ids(std::move(ids))
    , m_format(new Segmented(parts.theme, tr("Format of the file"), {u"CSV"_s, u"JSON"_s}))
    , m_kind(new Segmented(parts.theme, tr("How the keys are written"),
                           {tr("Masked"), tr("In full"), tr("Sealed")}))
    , m_help(new TextLabel(parts.theme, TextStyle::Small, &Tokens::text3))
    , m_passphrases(new QWidget)
    , m_passphrase(new QLineEdit)
    , m_again(new QLineEdit)
    , m_result(new InlineResult(parts.theme))
{
    setMinimumSize(SIZE);
    m_help->setWordWrap(true);
    m_help->setMinimumHeight(2 * m_help->fontMetrics().height());
    m_help->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    addRow(tr("Format"), m_format);
    addRow(tr("Keys"), m_kind);
    body()->addWidget(m_help);
    addPassphrase();
    body()->addWidget(m_result);
    body()->addStretch();
    m_result->hide();
    footLeft()->addStretch();
    addCancel();
    m_export = addButton(Button::Kind::Primary, tr("Export…"));
    m_export->setDefault(true);
    connect(m_export, &QAbstractButton::clicked, this, &ExportDialog::askWhere);
    connect(m_kind, &Segmented::chosen, this, &ExportDialog::follow);
    follow();
}

QHBoxLayout *ExportDialog::addRow(const QString &name, QWidget *field)
{
    auto *row = new QHBoxLayout;
    auto *label = new TextLabel(theme(), TextStyle::Body, &Tokens::text);
    label->setText(name);
    row->addWidget(label);
    row->addStretch();
    row->addWidget(field);
    body()->addLayout(row);
    return row;
}

ExportDialog::Kind ExportDialog::kind() const
{
    return static_cast<Kind>(m_kind->current());
}

void ExportDialog::addPassphrase()
{
    auto *grid = new QGridLayout(m_passphrases);
    grid->setContentsMargins(0, 0, 0, 0);
    const auto add = [&](QLineEdit *field, const QString &text, int column) {
        auto *label = new TextLabel(theme(), TextStyle::Small, &Tokens::text2);
        label->setText(text);
        label->setBuddy(field);
        field->setEchoMode(QLineEdit::Password);
        field->setAccessibleName(text);
        grid->addWidget(label, 0, column);
        grid->addWidget(field, 1, column);
        connect(field, &QLineEdit::textChanged, this, &ExportDialog::follow);
    };
    add(m_passphrase, tr("Passphrase"), 0);
    add(m_again, tr("Once more"), 1);
    body()->addWidget(m_passphrases);
}

void ExportDialog::follow()
{
    switch (kind()) {
    case Kind::Masked:
        m_help->setText(tr("Labels, projects and settings; of each key only its ends."));
        break;
    case Kind::InFull:
        m_help->setText(tr("Anyone who has the file can use the keys. The gateway notes that they were "
                           "exported."));
        break;
    case Kind::Sealed:
        m_help->setText(tr("Only who knows the passphrase can read the file. A lost passphrase cannot be "
                           "got back."));
        break;
    }
    const bool isSealed = kind() == Kind::Sealed;
    m_passphrases->setVisible(isSealed);
    const bool isSame = m_passphrase->text() == m_again->text();
    m_export->setEnabled(!isSealed || (!m_passphrase->text().isEmpty() && isSame));
    m_export->setToolTip(isSealed && !isSame ? tr("The two passphrases differ.") : QString());
}

QString ExportDialog::proposedName() const
{
    const QString name = m_format->current() == 0 ? u"gemini-keys.csv"_s : u"gemini-keys.json"_s;
    return kind() == Kind::Sealed ? name + u".sealed"_s : name;
}

void ExportDialog::askWhere()
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    auto *files = new QFileDialog(this, tr("Export keys"), folder);
    files->setAttribute(Qt::WA_DeleteOnClose);
    files->setAcceptMode(QFileDialog::AcceptSave);
    files->selectFile(proposedName());
    connect(files, &QFileDialog::fileSelected, this, &ExportDialog::writeTo);
    files->open();
}

KeyExport ExportDialog::request() const
{
    KeyExport request;
    request.ids = m_ids;
    request.format = m_format->current() == 0 ? ExportFormat::Csv : ExportFormat::Json;
    request.isRevealed = kind() == Kind::InFull;
    if (kind() == Kind::Sealed)
        request.passphrase = Secret(m_passphrase->text().toStdString());
    return request;
}

void ExportDialog::writeTo(const QString &path)
{
    m_export->setEnabled(false);
    m_result->showResult(InlineResult::Kind::Running, tr("Writing…"));
    m_parts.control.keys().exportKeys(request(), {this, [this, path](Result<ExportedFile> file) {
                                                      follow();
                                                      if (file)
                                                          write(*file, path);
                                                      else
                                                          m_result->showResult(
                                                              InlineResult::Kind::Bad,
                                                              QString::fromStdString(file.error().text));
                                                  }});
}

void ExportDialog::write(const ExportedFile &file, const QString &path)
{
    const QByteArray content = QByteArray::fromStdString(file.content);
    QSaveFile target(path);
    const bool isOpen = target.open(QIODevice::WriteOnly);
    // Keys are for nobody else on this computer, from the first byte on.
    if (isOpen)
        target.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    const bool isWritten =
        isOpen && target.write(file.isBase64 ? QByteArray::fromBase64(content) : content) >= 0;
    if (!isWritten || !target.commit()) {
        m_result->showResult(InlineResult::Kind::Bad,
                             tr("The file cannot be written: %1").arg(target.errorString()));
        return;
    }
    m_parts.shell.toast({u"export"_s,
                         tr("Keys written to %1").arg(QDir::toNativeSeparators(QFileInfo(path).fileName())),
                         {},
                         {}});
    accept();
}

} // namespace Ui
