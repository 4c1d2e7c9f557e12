#include "ui/widgets/detailspane.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollArea>

#include "ui/widgets/button.h"

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int MARGIN = 16;

} // namespace

DetailsPane::DetailsPane(const Theme &theme, int width, int minimumWidth, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_width(width)
    , m_header(new QHBoxLayout)
    , m_scroll(new QScrollArea)
    , m_body(new QVBoxLayout)
    , m_foot(new QHBoxLayout)
{
    setMinimumWidth(minimumWidth);
    auto *close = new Button(theme, Button::Kind::Ghost, u"close"_s, {});
    close->setAccessibleName(tr("Close the pane"));
    close->setToolTip(close->accessibleName());
    connect(close, &QAbstractButton::clicked, this, &DetailsPane::closeRequested);
    auto *top = new QHBoxLayout;
    top->setContentsMargins(MARGIN, MARGIN, MARGIN, 8);
    top->addLayout(m_header, 1);
    top->addWidget(close, 0, Qt::AlignTop);

    auto *content = new QWidget;
    content->setLayout(m_body);
    m_body->setContentsMargins(MARGIN, 0, MARGIN, MARGIN);
    m_body->setSpacing(12);
    m_scroll->setWidget(content);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);

    m_foot->setContentsMargins(MARGIN, 10, MARGIN, 10);
    m_foot->setSpacing(8);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(1, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(top);
    column->addWidget(m_scroll, 1);
    column->addLayout(m_foot);
    hide();
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

QSize DetailsPane::sizeHint() const
{
    return {m_width, QWidget::sizeHint().height()};
}

void DetailsPane::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.tokens().surface);
    const int edge = isLeftToRight() ? 0 : width() - 1;
    painter.fillRect(QRect(edge, 0, 1, height()), m_theme.tokens().border);
    if (m_foot->count() > 0)
        painter.fillRect(QRect(0, m_scroll->geometry().bottom() + 1, width(), 1), m_theme.tokens().border);
}

void DetailsPane::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT closeRequested();
        return;
    }
    QWidget::keyPressEvent(event);
}

} // namespace Ui
