#include "ui/welcome/welcomeclient.h"

#include <QGridLayout>
#include <QVBoxLayout>

#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/copybutton.h"
#include "ui/widgets/textlabel.h"

using namespace Qt::StringLiterals;

namespace Ui {

WelcomeClient::WelcomeClient(const PageParts &parts, std::function<QString()> token)
    : WelcomeStep(parts, tr("Connect a client"),
                  tr("Give a program one of these addresses and the token, and it has Gemini."))
    , m_token(std::move(token))
    , m_grid(new QGridLayout)
{
    m_grid->setHorizontalSpacing(16);
    m_grid->setVerticalSpacing(8);
    m_grid->setColumnStretch(1, 1);
    m_openAi = addRow(tr("OpenAI clients"), tr("Copy the address for OpenAI clients"), false);
    m_gemini = addRow(tr("Gemini clients"), tr("Copy the address for Gemini clients"), false);
    m_tokenRow = addRow(tr("Access token"), tr("Copy the access token"), true);
    auto *card = new Card(parts.theme, &Tokens::surface, &Tokens::border);
    auto *inside = new QVBoxLayout(card);
    inside->setContentsMargins(16, 12, 12, 12);
    inside->addLayout(m_grid);
    auto *more = new Button(parts.theme, Button::Kind::Secondary, u"clients"_s, tr("Set up a known client…"));
    auto *hint = new TextLabel(parts.theme, TextStyle::Small, &Tokens::text3);
    hint->setText(tr("Claude Code, Codex, gemini-cli, Cline, Continue, Zed and others: the settings to copy, "
                     "or written for you."));
    hint->setWordWrap(true);
    connect(more, &QAbstractButton::clicked, this, &WelcomeClient::clientsRequested);
    body()->addWidget(card);
    body()->addSpacing(8);
    body()->addWidget(more, 0, Qt::AlignLeading);
    body()->addWidget(hint);
    body()->addStretch();
}

WelcomeClient::Row WelcomeClient::addRow(const QString &name, const QString &what, bool isSecret)
{
    auto *label = new TextLabel(parts().theme, TextStyle::Section, &Tokens::text2);
    label->setText(name);
    Row row{new TextLabel(parts().theme, TextStyle::Mono, &Tokens::text),
            new CopyButton(parts().theme, what, isSecret)};
    row.value->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    const int line = m_grid->rowCount();
    m_grid->addWidget(label, line, 0);
    m_grid->addWidget(row.value, line, 1);
    m_grid->addWidget(row.copy, line, 2);
    return row;
}

void WelcomeClient::enter()
{
    const QString address = QString::fromStdString(parts().control.status().address);
    const auto show = [](const Row &row, const QString &text, const QString &shown) {
        row.value->setText(shown);
        row.copy->setCopiedText(text);
    };
    show(m_openAi, address + "/v1"_L1, address + "/v1"_L1);
    show(m_gemini, address, address);
    const QString token = m_token();
    show(m_tokenRow, token, token.isEmpty() ? tr("none yet; you can make one on the page Clients") : token);
}

QString WelcomeClient::actText() const
{
    return tr("Open Gemini Balance");
}

void WelcomeClient::act()
{
    Q_EMIT done();
}

} // namespace Ui
