#include "ui/pages/keys/elidedtext.h"

#include <QPainter>
#include <QResizeEvent>

namespace Ui {

ElidedText::ElidedText(const Theme &theme, TextStyle style, Role role, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_style(style)
    , m_role(role)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void ElidedText::setText(const QString &text)
{
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    followWidth();
    update();
}

QSize ElidedText::sizeHint() const
{
    const QFontMetrics metrics(m_theme.font(m_style));
    return {metrics.horizontalAdvance(m_text) + 1, metrics.height()};
}

QSize ElidedText::minimumSizeHint() const
{
    return {0, sizeHint().height()};
}

void ElidedText::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    followWidth();
}

void ElidedText::followWidth()
{
    setToolTip(width() < sizeHint().width() - 1 ? m_text.toHtmlEscaped() : QString());
}

void ElidedText::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QFont font = m_theme.font(m_style);
    painter.setFont(font);
    painter.setPen(m_theme.tokens().*m_role);
    painter.drawText(rect(), Qt::AlignVCenter | Qt::AlignTrailing | Qt::TextSingleLine,
                     QFontMetrics(font).elidedText(m_text, Qt::ElideRight, width()));
}

} // namespace Ui
