#include "ui/welcome/welcometoken.h"

#include <QHBoxLayout>
#include <QLineEdit>

#include "ui/widgets/card.h"
#include "ui/widgets/copybutton.h"
#include "ui/widgets/inlineresult.h"
#include "ui/widgets/textlabel.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

WelcomeToken::WelcomeToken(const PageParts &parts)
    : WelcomeStep(parts, tr("Create an access token"),
                  tr("Clients show it to the gateway in place of a Gemini key. You can make one for each "
                     "client later, "
                     "each with its own limits."))
    , m_name(new QLineEdit(tr("My computer")))
    , m_made(new Card(parts.theme, &Tokens::okBg, &Tokens::border))
    , m_text(new TextLabel(parts.theme, TextStyle::Mono, &Tokens::okText))
    , m_copy(new CopyButton(parts.theme, tr("Copy the access token"), true))
    , m_result(new InlineResult(parts.theme))
{
    auto *label = new TextLabel(parts.theme, TextStyle::Section, &Tokens::text);
    label->setText(tr("Name"));
    label->setBuddy(m_name);
    m_name->setAccessibleName(tr("Name"));
    m_name->setMaximumWidth(320);
    auto *hint = new TextLabel(parts.theme, TextStyle::Small, &Tokens::okText);
    hint->setText(tr("Copy it now: it is not shown again. A new one can be made at any time."));
    hint->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto *row = new QHBoxLayout;
    row->addWidget(m_text, 1);
    row->addWidget(m_copy);
    auto *column = new QVBoxLayout(m_made);
    column->setContentsMargins(14, 10, 10, 10);
    column->addLayout(row);
    column->addWidget(hint);
    m_made->hide();
    body()->addWidget(label);
    body()->addWidget(m_name);
    body()->addSpacing(8);
    body()->addWidget(m_made);
    body()->addWidget(m_result);
    body()->addStretch();
    connect(m_name, &QLineEdit::textChanged, this, &WelcomeStep::changed);
}

QString WelcomeToken::actText() const
{
    return m_token.isEmpty() ? tr("Create token") : tr("Next");
}

bool WelcomeToken::canAct() const
{
    return !m_isMaking && (!m_token.isEmpty() || !m_name->text().trimmed().isEmpty());
}

void WelcomeToken::enter()
{
    m_name->setFocus();
    m_name->selectAll();
}

void WelcomeToken::act()
{
    if (!m_token.isEmpty()) {
        Q_EMIT done();
        return;
    }
    TokenSettings settings;
    settings.name = m_name->text().trimmed().toStdString();
    m_isMaking = true;
    Q_EMIT changed();
    parts().control.tokens().create(
        std::move(settings), {this, [this](Result<IssuedToken> issued) {
                                  m_isMaking = false;
                                  if (!issued) {
                                      m_result->showResult(InlineResult::Kind::Bad,
                                                           QString::fromStdString(issued.error().text));
                                  } else {
                                      m_result->hide();
                                      m_token = QString::fromStdString(issued->secret.reveal());
                                      m_text->setText(m_token);
                                      m_copy->setCopiedText(m_token);
                                      m_name->setEnabled(false);
                                      m_made->show();
                                      m_copy->setFocus();
                                  }
                                  Q_EMIT changed();
                              }});
}

} // namespace Ui
