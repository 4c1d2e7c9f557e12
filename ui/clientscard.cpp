#include "ui/clientscard.h"

#include <QGridLayout>
#include <QVBoxLayout>

#include "ui/widgets/card.h"
#include "ui/widgets/copybutton.h"
#include "ui/widgets/textlabel.h"

using namespace Qt::StringLiterals;

namespace Ui {

ClientsCard::ClientsCard(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_grid(new QGridLayout)
    , m_tokenHint(new TextLabel(theme, TextStyle::Small, &Tokens::text3))
{
    auto *heading = new TextLabel(theme, TextStyle::Section, &Tokens::text);
    heading->setText(tr("Connect a client"));
    m_grid->setHorizontalSpacing(16);
    m_grid->setVerticalSpacing(6);
    m_grid->setColumnStretch(1, 1);
    m_openAi = addRow(tr("OpenAI clients, base URL"), tr("Copy the base URL for OpenAI clients"), false);
    m_google = addRow(tr("Gemini clients, base URL"), tr("Copy the base URL for Gemini clients"), false);
    m_token = addRow(tr("Access token"), tr("Copy the access token"), true);
    m_tokenHint->setText(tr("The token was made at this start and is stored; it is shown this once."));
    m_tokenHint->setWordWrap(true);

    auto *card = new Card(theme, &Tokens::surface, &Tokens::border);
    auto *column = new QVBoxLayout(card);
    column->setContentsMargins(16, 12, 16, 14);
    column->setSpacing(10);
    column->addWidget(heading);
    column->addLayout(m_grid);
    column->addWidget(m_tokenHint);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(card);
    showAddress({});
    showToken({});
}

ClientsCard::Row ClientsCard::addRow(const QString &name, const QString &copyText, bool isSecret)
{
    Row row;
    row.name = new TextLabel(m_theme, TextStyle::Body, &Tokens::text2);
    row.name->setText(name);
    row.value = new TextLabel(m_theme, TextStyle::Mono, &Tokens::text);
    row.value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    row.copy = new CopyButton(m_theme, copyText, isSecret);
    const int line = m_grid->rowCount();
    m_grid->addWidget(row.name, line, 0);
    m_grid->addWidget(row.value, line, 1);
    m_grid->addWidget(row.copy, line, 2);
    return row;
}

void ClientsCard::showValue(const Row &row, const QString &value)
{
    row.value->setText(value.isEmpty() ? u"–"_s : value);
    row.copy->setCopiedText(value);
}

void ClientsCard::showAddress(const QString &address)
{
    showValue(m_openAi, address.isEmpty() ? QString() : address + "/v1"_L1);
    showValue(m_google, address);
}

void ClientsCard::showToken(const QString &token)
{
    const bool isThere = !token.isEmpty();
    showValue(m_token, token);
    m_token.name->setVisible(isThere);
    m_token.value->setVisible(isThere);
    m_token.copy->setVisible(isThere);
    m_tokenHint->setVisible(isThere);
}

} // namespace Ui
