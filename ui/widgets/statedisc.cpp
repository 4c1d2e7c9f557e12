#include "ui/widgets/statedisc.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int DIAMETER = 40;
constexpr int ICON = 18;

} // namespace

StateDisc::StateDisc(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_iconName(u"refresh"_s)
    , m_ink(&Tokens::accentText)
    , m_ground(&Tokens::selection)
{
    setFixedSize(DIAMETER, DIAMETER);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void StateDisc::setSign(const QString &iconName, Role ink, Role ground)
{
    m_iconName = iconName;
    m_ink = ink;
    m_ground = ground;
    update();
}

QSize StateDisc::sizeHint() const
{
    return {DIAMETER, DIAMETER};
}

void StateDisc::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.tokens().*m_ground);
    painter.drawEllipse(rect());
    painter.drawPixmap(QPoint((DIAMETER - ICON) / 2, (DIAMETER - ICON) / 2),
                       m_theme.pixmap(m_iconName, m_ink, ICON, devicePixelRatioF()));
}

} // namespace Ui
