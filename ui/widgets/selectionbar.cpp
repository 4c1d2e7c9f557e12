#include "ui/widgets/selectionbar.h"

#include <QHBoxLayout>
#include <QPainter>

#include "ui/widgets/button.h"
#include "ui/widgets/textlabel.h"

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int HEIGHT = 44;
constexpr int RADIUS = 8;

} // namespace

SelectionBar::SelectionBar(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_count(new TextLabel(theme, TextStyle::Section, &Tokens::accentText))
    , m_acts(new QHBoxLayout)
    , m_right(new QHBoxLayout)
{
    setMinimumHeight(HEIGHT);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(14, 0, 8, 0);
    row->setSpacing(12);
    m_acts->setSpacing(2);
    m_right->setSpacing(6);
    auto *clear = new Button(theme, Button::Kind::Ghost, u"close"_s, {});
    clear->setAccessibleName(tr("Clear the selection"));
    clear->setToolTip(clear->accessibleName());
    connect(clear, &QAbstractButton::clicked, this, &SelectionBar::cleared);
    row->addWidget(m_count);
    row->addLayout(m_acts);
    row->addStretch();
    row->addLayout(m_right);
    row->addWidget(clear);
    hide();
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

Button *SelectionBar::addAct(const QString &iconName, const QString &text)
{
    auto *button = new Button(m_theme, Button::Kind::Ghost, iconName, text);
    button->setSmall(true);
    m_acts->addWidget(button);
    return button;
}

Button *SelectionBar::addDanger(const QString &iconName, const QString &text)
{
    auto *button = new Button(m_theme, Button::Kind::Danger, iconName, text);
    button->setSmall(true);
    m_right->addWidget(button);
    return button;
}

void SelectionBar::showCount(int count, const QString &text)
{
    m_count->setText(text);
    setVisible(count >= 2);
}

void SelectionBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(m_theme.tokens().accent);
    painter.setBrush(m_theme.tokens().selection);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS);
}

} // namespace Ui
