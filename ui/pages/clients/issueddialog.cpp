#include "ui/pages/clients/issueddialog.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

#include "ui/frame/shell.h"
#include "ui/widgets/textlabel.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int WIDTH = 480;

} // namespace

IssuedDialog::IssuedDialog(const Theme &theme, Shell &shell, const IssuedToken &token, QWidget *parent)
    : Dialog(theme, tr("Token “%1”").arg(QString::fromStdString(token.token.settings.name)), parent)
{
    auto *text = new TextLabel(theme, TextStyle::Body, &Tokens::text2);
    text->setText(
        tr("Copy it now: it is shown this once. Only its last four characters are kept to tell it by."));
    text->setWordWrap(true);
    auto *field = new QLineEdit(QString::fromStdString(token.secret.reveal()));
    field->setReadOnly(true);
    field->setFont(theme.font(TextStyle::Mono));
    field->setAccessibleName(tr("The token"));
    field->setCursorPosition(0);
    auto *copy = new Button(theme, Button::Kind::Secondary, u"copy"_s, tr("Copy"));
    connect(copy, &QAbstractButton::clicked, this, [&shell, copy, secret = token.secret] {
        shell.copy(QString::fromStdString(secret.reveal()), true);
        copy->setText(tr("Copied"));
        copy->setIconName(u"check"_s);
    });
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(field, 1);
    row->addWidget(copy);
    body()->setSpacing(12);
    body()->addWidget(text);
    body()->addLayout(row);
    body()->addStretch(1);
    Button *done = addButton(Button::Kind::Primary, tr("Done"));
    connect(done, &QAbstractButton::clicked, this, &QDialog::accept);
    setMinimumWidth(WIDTH);
    copy->setFocus();
}

} // namespace Ui
