#include "ui/frame/quitquestion.h"

#include <QVBoxLayout>

#include "ui/widgets/textlabel.h"

namespace Ui {

QuitQuestion::QuitQuestion(const Theme &theme, QWidget *parent)
    : Dialog(theme, tr("Quit Gemini Balance?"), parent)
{
    setFixedWidth(420);
    auto *heading = new TextLabel(theme, TextStyle::Heading, &Tokens::text);
    heading->setText(windowTitle());
    auto *text = new TextLabel(theme, TextStyle::Body, &Tokens::text2);
    text->setText(tr("Clients get no answer once it has quit. Minimised, it goes on serving."));
    text->setWordWrap(true);
    body()->addWidget(heading);
    body()->addWidget(text);
    addCancel();
    const Button *quit = addButton(Button::Kind::Danger, tr("Quit"));
    const Button *minimise = addButton(Button::Kind::Primary, tr("Minimise"));
    connect(quit, &QAbstractButton::clicked, this, [this] {
        accept();
        Q_EMIT quitChosen();
    });
    connect(minimise, &QAbstractButton::clicked, this, [this] {
        accept();
        Q_EMIT minimiseChosen();
    });
}

} // namespace Ui
