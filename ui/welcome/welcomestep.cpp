#include "ui/welcome/welcomestep.h"

#include <QVBoxLayout>

#include "ui/widgets/textlabel.h"

namespace Ui {

WelcomeStep::WelcomeStep(const PageParts &parts, const QString &heading, const QString &text)
    : m_parts(parts)
    , m_body(new QVBoxLayout(this))
{
    setAccessibleName(heading);
    auto *title = new TextLabel(parts.theme, TextStyle::Title, &Tokens::text);
    title->setText(heading);
    auto *line = new TextLabel(parts.theme, TextStyle::Body, &Tokens::text2);
    line->setText(text);
    line->setWordWrap(true);
    m_body->setContentsMargins(0, 0, 0, 0);
    m_body->setSpacing(10);
    m_body->addWidget(title);
    m_body->addWidget(line);
    m_body->addSpacing(4);
}

} // namespace Ui
