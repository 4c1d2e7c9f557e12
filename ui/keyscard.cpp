#include "ui/keyscard.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QVBoxLayout>

#include "ui/widgets/card.h"
#include "ui/widgets/statedisc.h"
#include "ui/widgets/textlabel.h"

using namespace Qt::StringLiterals;

namespace Ui {

KeysCard::KeysCard(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(12);
    m_usable = addFigure(u"ok"_s, &Tokens::okText, &Tokens::okBg, tr("usable keys"));
    m_sidelined = addFigure(u"sidelined"_s, &Tokens::badText, &Tokens::badBg, tr("sidelined keys"));
    m_disabled = addFigure(u"minus"_s, &Tokens::idleText, &Tokens::idleBg, tr("disabled keys"));
}

KeysCard::Figure KeysCard::addFigure(const QString &iconName, Role ink, Role ground, const QString &name)
{
    const Figure figure{new StateDisc(m_theme), new TextLabel(m_theme, TextStyle::Figure, &Tokens::text),
                        iconName, ink, ground};
    auto *caption = new TextLabel(m_theme, TextStyle::Small, &Tokens::text3);
    caption->setText(name);
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(figure.number);
    words->addWidget(caption);

    auto *card = new Card(m_theme, &Tokens::surface, &Tokens::border);
    auto *inner = new QHBoxLayout(card);
    inner->setContentsMargins(16, 12, 16, 12);
    inner->setSpacing(14);
    inner->addWidget(figure.disc);
    inner->addLayout(words, 1);
    layout()->addWidget(card);
    return figure;
}

/// Red and green are kept for figures that say something.
void KeysCard::showFigure(const Figure &figure, int value, const QString &sentence)
{
    const bool speaks = value > 0;
    figure.disc->setSign(figure.iconName, speaks ? figure.ink : &Tokens::idleText,
                         speaks ? figure.ground : &Tokens::idleBg);
    figure.number->setText(QLocale().toString(value));
    figure.number->setAccessibleName(sentence);
}

void KeysCard::showStatus(const Gateway::GatewayStatus &status)
{
    showFigure(m_usable, status.keysUsable, tr("%n usable key(s)", nullptr, status.keysUsable));
    showFigure(m_sidelined, status.keysSidelined, tr("%n sidelined key(s)", nullptr, status.keysSidelined));
    showFigure(m_disabled, status.keysDisabled, tr("%n disabled key(s)", nullptr, status.keysDisabled));
}

} // namespace Ui
