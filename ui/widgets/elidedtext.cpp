#include "ui/widgets/elidedtext.h"

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

void ElidedText::setAlignment(Qt::Alignment alignment)
{
    m_alignment = alignment;
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
    painter.drawText(rect(), static_cast<int>(Qt::AlignVCenter | m_alignment | Qt::TextSingleLine),
                     QFontMetrics(font).elidedText(m_text, Qt::ElideRight, width()));
}

} // namespace Ui
