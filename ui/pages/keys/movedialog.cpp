#include "ui/pages/keys/movedialog.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

#include "ui/widgets/textlabel.h"

namespace Ui {

MoveDialog::MoveDialog(const Theme &theme, int count, const QStringList &projects, QWidget *parent)
    : Dialog(theme, tr("Move %n key(s) to a project", nullptr, count), parent)
    , m_project(new QComboBox)
{
    constexpr int width = 420;
    setMinimumWidth(width);
    auto *label = new TextLabel(theme, TextStyle::Small, &Tokens::text2);
    label->setText(tr("&Project"));
    label->setBuddy(m_project);
    m_project->setEditable(true);
    m_project->addItems(projects);
    m_project->setCurrentIndex(-1);
    m_project->lineEdit()->setPlaceholderText(tr("none"));
    m_project->setAccessibleName(tr("Project"));
    auto *help = new TextLabel(theme, TextStyle::Small, &Tokens::text3);
    help->setText(tr("Keys of one Google project share one allowance. Without a name, each key is taken to "
                     "have a project of its own."));
    help->setWordWrap(true);
    body()->addWidget(label);
    body()->addWidget(m_project);
    body()->addWidget(help);
    body()->addStretch();
    footLeft()->addStretch();
    addCancel();
    Button *move = addButton(Button::Kind::Primary, tr("Move"));
    move->setDefault(true);
    connect(move, &QAbstractButton::clicked, this, [this] {
        Q_EMIT chosen(m_project->currentText().trimmed());
        accept();
    });
    m_project->setFocus();
}

} // namespace Ui
