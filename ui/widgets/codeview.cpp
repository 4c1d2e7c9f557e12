#include "ui/widgets/codeview.h"

#include <algorithm>

#include <QPainter>
#include <QScrollBar>
#include <QTextBlock>

#include "ui/text/jsonlines.h"
#include "ui/widgets/codecolors.h"

namespace Ui {

namespace {

constexpr int MARGIN = 8;
constexpr int NUMBERS = 36;
constexpr int RADIUS = 8;

class Numbers final : public QWidget
{
public:
    Numbers(CodeView *view, std::function<void(QPainter &, const QRect &)> paint)
        : QWidget(view)
        , m_paint(std::move(paint))
    {
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        m_paint(painter, rect());
    }

private:
    std::function<void(QPainter &, const QRect &)> m_paint;
};

} // namespace

CodeView::CodeView(const Theme &theme, const QString &name, QWidget *parent)
    : QPlainTextEdit(parent)
    , m_theme(theme)
    , m_colors(new CodeColors(theme, document()))
{
    setAccessibleName(name);
    setReadOnly(true);
    setFrameShape(QFrame::NoFrame);
    setLineWrapMode(NoWrap);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setTabChangesFocus(true);
    document()->setDocumentMargin(MARGIN);
    viewport()->setAutoFillBackground(false);
    setViewportMargins(1, 1, 1, 1);
    retheme();
    connect(&theme, &Theme::changed, this, &CodeView::retheme);
}

void CodeView::retheme()
{
    QFont font = m_theme.font(TextStyle::Mono);
    font.setPixelSize(m_theme.font(TextStyle::Small).pixelSize());
    setFont(font);
    m_colors->rehighlight();
}

void CodeView::setCode(const QString &code, CodeLanguage language)
{
    m_colors->setLanguage(language);
    setPlainText(code);
}

void CodeView::setJson(const QByteArray &json)
{
    const auto lines = jsonLines(json);
    setCode(lines ? *lines : QString::fromUtf8(json), lines ? CodeLanguage::Json : CodeLanguage::Plain);
}

void CodeView::setLineNumbers(bool isShown)
{
    if (isShown == (m_numbers != nullptr))
        return;
    delete m_numbers;
    m_numbers = nullptr;
    if (isShown) {
        m_numbers =
            new Numbers(this, [this](QPainter &painter, const QRect &area) { paintNumbers(painter, area); });
        connect(this, &QPlainTextEdit::updateRequest, m_numbers, qOverload<>(&QWidget::update));
        m_numbers->show();
    }
    const int room = isShown ? NUMBERS : 1;
    setViewportMargins(isLeftToRight() ? room : 1, 1, isLeftToRight() ? 1 : room, 1);
}

void CodeView::paintNumbers(QPainter &painter, const QRect &area)
{
    painter.setFont(m_theme.font(TextStyle::Caption));
    painter.setPen(m_theme.tokens().disabled);
    QTextBlock block = firstVisibleBlock();
    qreal top = blockBoundingGeometry(block).translated(contentOffset()).top();
    while (block.isValid() && top <= area.bottom()) {
        // The last block is higher than its line: by the document's margin.
        painter.drawText(QRectF(0, top, area.width() - 8, QFontMetrics(font()).lineSpacing()),
                         Qt::AlignRight | Qt::AlignVCenter, QString::number(block.blockNumber() + 1));
        top += blockBoundingRect(block).height();
        block = block.next();
    }
}

void CodeView::fitLines(int most)
{
    const int lines = std::clamp(blockCount(), 1, most);
    const int bar = horizontalScrollBar()->sizeHint().height();
    setFixedHeight(lines * QFontMetrics(font()).lineSpacing() + 2 * MARGIN + bar);
}

void CodeView::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    if (m_numbers)
        m_numbers->setGeometry(isLeftToRight() ? 1 : width() - NUMBERS - 1, 1, NUMBERS, height() - 2);
}

bool CodeView::event(QEvent *event)
{
    if (event->type() == QEvent::Paint) { // of the frame; the text is painted by the viewport
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(m_theme.tokens().border);
        painter.setBrush(m_theme.tokens().code);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS);
    }
    return QPlainTextEdit::event(event);
}

} // namespace Ui
