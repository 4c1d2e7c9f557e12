#include "ui/gatewaycard.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include "ui/statusview.h"
#include "ui/widgets/button.h"
#include "ui/widgets/copybutton.h"
#include "ui/widgets/statedisc.h"
#include "ui/widgets/textlabel.h"

using namespace Qt::StringLiterals;

namespace Ui {

GatewayCard::GatewayCard(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_disc(new StateDisc(theme))
    , m_title(new TextLabel(theme, TextStyle::Heading, &Tokens::text))
    , m_address(new TextLabel(theme, TextStyle::Mono, &Tokens::text))
    , m_line(new TextLabel(theme, TextStyle::Small, &Tokens::text3))
    , m_copy(new CopyButton(theme, tr("Copy the gateway's address"), false))
    , m_retry(new Button(theme, Button::Kind::Primary, u"refresh"_s, tr("Try again")))
{
    m_address->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_line->setWordWrap(true);
    connect(m_retry, &QAbstractButton::clicked, this, &GatewayCard::retryRequested);

    auto *first = new QHBoxLayout;
    first->setSpacing(8);
    first->addWidget(m_title);
    first->addSpacing(4);
    first->addWidget(m_address);
    first->addWidget(m_copy);
    first->addStretch();
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    words->addLayout(first);
    words->addWidget(m_line);

    auto *card = new Card(theme, &Tokens::surface, &Tokens::border);
    auto *row = new QHBoxLayout(card);
    row->setContentsMargins(16, 14, 16, 14);
    row->setSpacing(14);
    row->addWidget(m_disc, 0, Qt::AlignTop);
    row->addLayout(words, 1);
    row->addWidget(m_retry);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(card);
}

void GatewayCard::showStatus(const Gateway::GatewayStatus &status)
{
    const StatusView view = statusView(status);
    const QString address = QString::fromStdString(status.address);
    m_disc->setSign(view.iconName, view.ink, view.ground);
    m_title->setText(view.title);
    m_line->setText(view.line);
    m_address->setText(address);
    m_copy->setCopiedText(address);
    m_address->setVisible(!address.isEmpty());
    m_copy->setVisible(!address.isEmpty());
    m_retry->setVisible(status.state == Gateway::GatewayStatus::State::NotServing);
    setAccessibleName(view.title + ". "_L1 + view.line);
}

void GatewayCard::copyAddress()
{
    m_copy->copy();
}

} // namespace Ui
