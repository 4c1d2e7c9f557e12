#include "ui/pages/settings/librariesdialog.h"

#include <QDesktopServices>
#include <QGridLayout>
#include <QUrl>
#include <QVBoxLayout>

#include "ui/widgets/textlabel.h"

using namespace Qt::StringLiterals;

namespace Ui {

LibrariesDialog::LibrariesDialog(const Theme &theme, const std::vector<Library> &libraries, QWidget *parent)
    : Dialog(theme, tr("Libraries"), parent)
{
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(24);
    grid->setVerticalSpacing(4);
    const QStringList heads = {tr("Name"), tr("Version"), tr("Licence")};
    for (int column = 0; column < heads.size(); ++column) {
        auto *head = new TextLabel(theme, TextStyle::Caption, &Tokens::text3);
        head->setText(heads[column]);
        grid->addWidget(head, 0, column);
    }
    grid->setColumnStretch(0, 1);
    for (const Library &library : libraries)
        addRow(grid, library);
    body()->addLayout(grid);
    body()->addStretch();
    Button *close = addButton(Button::Kind::Primary, tr("Close"));
    close->setDefault(true);
    connect(close, &QAbstractButton::clicked, this, &QDialog::accept);
}

void LibrariesDialog::addRow(QGridLayout *grid, const Library &library)
{
    const int row = grid->rowCount();
    const auto cell = [&](int column, const QString &text, Role role) {
        auto *label = new TextLabel(theme(), TextStyle::Body, role);
        label->setText(text);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        grid->addWidget(label, row, column);
    };
    cell(0, library.name, &Tokens::text);
    cell(1, library.version.isEmpty() ? u"–"_s : library.version, &Tokens::text2);
    cell(2, library.licence, &Tokens::text2);
    auto *open = new Button(theme(), Button::Kind::Ghost, u"external"_s, {});
    open->setSmall(true);
    open->setAccessibleName(tr("Open the page of %1").arg(library.name));
    open->setToolTip(library.url);
    connect(open, &QAbstractButton::clicked, this,
            [url = library.url] { QDesktopServices::openUrl(QUrl(url)); });
    grid->addWidget(open, row, 3);
}

} // namespace Ui
