#include "ui/pages/chat/chatquestionview.h"

#include <algorithm>

#include <QApplication>
#include <QClipboard>
#include <QPainter>
#include <QStyle>

#include "ui/pages/chat/chatchip.h"
#include "ui/pages/chat/chatpicture.h"
#include "ui/pages/chat/chatprose.h"
#include "ui/text/format.h"
#include "ui/widgets/button.h"
#include "ui/widgets/flowlayout.h"

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int PADDING_X = 14;
constexpr int PADDING_Y = 10;
constexpr int LEADING = 6; // below the last line
constexpr qreal RADIUS = 12;
constexpr QSize THUMBNAIL{240, 180};
constexpr int TOOL = 26;

/// Paints itself only under the mouse of its message and with the focus, and is there for the keyboard
/// always.
class ShyButton final : public Button
{
public:
    using Button::Button;

protected:
    void paintEvent(QPaintEvent *event) override
    {
        if (hasFocus() || parentWidget()->underMouse())
            Button::paintEvent(event);
    }
};

} // namespace

QString attachmentIcon(const QString &mimeType)
{
    return mimeType.startsWith("image/"_L1) ? u"image"_s : u"file"_s;
}

ChatQuestionView::ChatQuestionView(const Theme &theme, QWidget *parent)
    : ChatMessageView(parent)
    , m_theme(theme)
    , m_attachments(new QWidget(this))
    , m_text(new ChatProse(theme, ChatProse::Form::Plain, this))
    , m_edit(new ShyButton(theme, Button::Kind::Ghost, u"edit"_s, {}, this))
    , m_copy(new ShyButton(theme, Button::Kind::Ghost, u"copy"_s, {}, this))
{
    setAttribute(Qt::WA_Hover);
    setAccessibleName(tr("Your question"));
    m_text->setAccessibleName(tr("Your question"));
    new FlowLayout(8, m_attachments);
    m_edit->setAccessibleName(tr("Edit and ask again"));
    m_edit->setToolTip(tr("Edit and ask again; what follows goes"));
    m_copy->setAccessibleName(tr("Copy the question"));
    m_copy->setToolTip(tr("Copy"));
    connect(m_edit, &QPushButton::clicked, this, &ChatMessageView::editRequested);
    connect(m_copy, &QPushButton::clicked, this,
            [this] { QApplication::clipboard()->setText(m_text->text()); });
    connect(&theme, &Theme::changed, this, [this] {
        update();
        Q_EMIT heightChanged();
    });
}

void ChatQuestionView::showItem(const ChatItem &item)
{
    m_text->setText(textOf(item.turn));
    m_text->setVisible(!m_text->text().isEmpty());
    m_copy->setVisible(!m_text->text().isEmpty());
    qDeleteAll(m_pieces);
    m_pieces.clear();
    addAttachments(item.turn);
    m_attachments->setVisible(!m_pieces.isEmpty());
}

void ChatQuestionView::addAttachments(const ChatTurn &turn)
{
    for (const ChatPart &part : turn.parts) {
        if (part.kind != ChatPart::Kind::Data)
            continue;
        QWidget *piece = nullptr;
        if (part.mimeType.startsWith("image/"_L1)) {
            piece = new ChatPicture(m_theme, part.data, part.name, THUMBNAIL);
        } else {
            auto *chip = new ChatChip(m_theme, ChatChip::Form::Attachment,
                                      part.name.isEmpty() ? part.mimeType : part.name);
            chip->setIconName(attachmentIcon(part.mimeType));
            chip->setRemark(bytesText(part.data.size()));
            piece = chip;
        }
        m_attachments->layout()->addWidget(piece);
        m_pieces.append(piece);
    }
}

void ChatQuestionView::place(QWidget *widget, const QRect &area)
{
    widget->setGeometry(QStyle::visualRect(layoutDirection(), QRect(0, 0, width(), 0), area));
}

int ChatQuestionView::layOut(int width)
{
    resize(width, height());
    const int most = width * 4 / 5;
    int y = 0;
    if (!m_attachments->isHidden()) {
        const int wide = std::min(m_attachments->layout()->sizeHint().width(), most);
        const int high = m_attachments->layout()->heightForWidth(wide);
        place(m_attachments, QRect(width - wide, 0, wide, high));
        y = high + (m_text->isHidden() ? 0 : 8);
    }
    m_bubble = {};
    int right = width - (m_attachments->isHidden() ? 0 : m_attachments->width());
    if (!m_text->isHidden()) {
        const int inner = std::min(m_text->idealWidth() + 1, most - 2 * PADDING_X);
        const int high = m_text->heightForWidth(inner);
        const QRect bubble(width - inner - 2 * PADDING_X, y, inner + 2 * PADDING_X,
                           high + 2 * PADDING_Y - LEADING);
        place(m_text, QRect(bubble.left() + PADDING_X, bubble.top() + PADDING_Y, inner, high));
        m_bubble = QStyle::visualRect(layoutDirection(), QRect(0, 0, width, 0), bubble);
        y = bubble.bottom() + 1;
        right = bubble.left();
    }
    place(m_copy, QRect(right - TOOL - 6, y - TOOL - 6, TOOL, TOOL));
    place(m_edit, QRect(right - 2 * TOOL - 8, y - TOOL - 6, TOOL, TOOL));
    return y;
}

int ChatQuestionView::mark(const QString &words)
{
    return m_text->mark(words);
}

void ChatQuestionView::paintEvent(QPaintEvent *)
{
    if (m_bubble.isEmpty())
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.tokens().selection);
    painter.drawRoundedRect(m_bubble, RADIUS, RADIUS);
}

} // namespace Ui
