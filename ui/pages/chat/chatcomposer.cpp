#include "ui/pages/chat/chatcomposer.h"

#include <algorithm>

#include <QBuffer>
#include <QClipboard>
#include <QComboBox>
#include <QDragEnterEvent>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QImage>
#include <QKeyEvent>
#include <QMimeData>
#include <QMimeDatabase>
#include <QPainter>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextLayout>
#include <QUrl>
#include <QVBoxLayout>

#include "ui/pages/chat/chatchip.h"
#include "ui/text/format.h"
#include "ui/widgets/button.h"
#include "ui/widgets/flowlayout.h"
#include "ui/widgets/inlineresult.h"

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int MOST_LINES = 8;
constexpr qreal RADIUS = 12;
/// Google takes 20 MB for a request with its data inline (ai.google.dev/gemini-api/docs/files), base64
/// included.
constexpr qint64 MOST_BYTES = 14 * 1024 * 1024;

QString iconOf(const QString &mimeType)
{
    return mimeType.startsWith(u"image/"_s) ? u"image"_s : u"file"_s;
}

} // namespace

ChatComposer::ChatComposer(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_attachments(new QWidget)
    , m_text(new QPlainTextEdit)
    , m_think(new Button(theme, Button::Kind::Tonal, u"thought"_s, tr("Think")))
    , m_search(new Button(theme, Button::Kind::Tonal, u"globe"_s, tr("Search")))
    , m_model(new QComboBox)
    , m_send(new Button(theme, Button::Kind::Primary, u"arrow-up"_s, {}))
    , m_problem(new InlineResult(theme))
{
    setAcceptDrops(true);
    new FlowLayout(6, m_attachments);
    m_attachments->hide();
    m_text->setAccessibleName(tr("Question"));
    m_text->setPlaceholderText(tr("Ask something"));
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setTabChangesFocus(true);
    m_text->setAcceptDrops(false);
    m_text->setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    m_text->viewport()->setAutoFillBackground(false);
    m_text->installEventFilter(this);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 10, 10, 8);
    column->setSpacing(6);
    column->addWidget(m_attachments);
    column->addWidget(m_text);
    column->addWidget(m_problem);
    column->addWidget(makeTools());
    connect(m_text, &QPlainTextEdit::textChanged, this, [this] {
        fitText();
        showButtons();
    });
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    fitText();
    showButtons();
}

QWidget *ChatComposer::makeTools()
{
    auto *attach = new Button(m_theme, Button::Kind::Ghost, u"attach"_s, {});
    attach->setAccessibleName(tr("Attach files"));
    attach->setToolTip(attach->accessibleName());
    connect(attach, &QAbstractButton::clicked, this, &ChatComposer::chooseFiles);
    m_think->setSmall(true);
    m_search->setSmall(true);
    m_think->setToolTip(tr("Show what the model thinks before it answers"));
    setCanSearch(true);
    connect(m_think, &QAbstractButton::clicked, this, &ChatComposer::thinksChosen);
    connect(m_search, &QAbstractButton::clicked, this, &ChatComposer::searchesChosen);
    m_model->setAccessibleName(tr("Model"));
    m_model->setPlaceholderText(tr("No model"));
    m_model->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_model->setMaximumWidth(260);
    connect(m_model, &QComboBox::activated, this, [this] {
        showButtons();
        Q_EMIT modelChosen(model());
    });
    m_send->setFixedSize(32, 32);
    connect(m_send, &QAbstractButton::clicked, this, [this] {
        if (m_isStreaming)
            Q_EMIT stopped();
        else
            send();
    });
    auto *tools = new QWidget;
    auto *row = new QHBoxLayout(tools);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    row->addWidget(attach);
    row->addWidget(m_think);
    row->addWidget(m_search);
    row->addStretch();
    row->addWidget(m_model);
    row->addWidget(m_send);
    return tools;
}

void ChatComposer::setModels(const QList<ChatModel> &models)
{
    const QString chosen = model();
    m_model->clear();
    for (const ChatModel &each : models)
        m_model->addItem(each.name, each.id);
    m_model->setCurrentIndex(-1);
    setModel(chosen.isEmpty() && !models.isEmpty() ? models.front().id : chosen);
}

QString ChatComposer::model() const
{
    return m_model->currentData().toString();
}

void ChatComposer::setModel(const QString &id)
{
    if (id.isEmpty())
        return;
    // A conversation may have been held with a model that the list does not have any more.
    if (m_model->findData(id) < 0)
        m_model->addItem(id, id);
    m_model->setCurrentIndex(m_model->findData(id));
    showButtons();
}

void ChatComposer::setOptions(const ChatOptions &options)
{
    m_think->setChecked(options.thinks);
    m_search->setChecked(options.searches);
}

void ChatComposer::setCanSearch(bool canSearch)
{
    m_search->setEnabled(canSearch);
    m_search->setToolTip(canSearch ? tr("Let the model look things up with Google Search")
                                   : tr("The chosen dialect has no search."));
}

void ChatComposer::setStreaming(bool isStreaming)
{
    m_isStreaming = isStreaming;
    showButtons();
}

void ChatComposer::showButtons()
{
    const bool hasContent = !m_text->toPlainText().trimmed().isEmpty() || !m_parts.isEmpty();
    m_send->setIconName(m_isStreaming ? u"stop"_s : u"arrow-up"_s);
    m_send->setAccessibleName(m_isStreaming ? tr("Stop") : tr("Send"));
    m_send->setToolTip(m_send->accessibleName());
    m_send->setEnabled(m_isStreaming || (hasContent && !model().isEmpty()));
}

/// As high as its text, up to eight lines.
void ChatComposer::fitText()
{
    int lines = 0;
    for (QTextBlock block = m_text->document()->begin(); block.isValid(); block = block.next())
        lines += std::max(1, block.layout()->lineCount());
    lines = std::clamp(lines, 1, MOST_LINES);
    const int margin = qRound(m_text->document()->documentMargin()) * 2 + 2 * m_text->frameWidth();
    m_text->setFixedHeight(lines * m_text->fontMetrics().lineSpacing() + margin + 2);
}

void ChatComposer::edit(const ChatTurn &turn)
{
    m_parts.clear();
    for (const ChatPart &part : turn.parts) {
        if (part.kind == ChatPart::Kind::Data)
            m_parts += part;
    }
    m_text->setPlainText(textOf(turn));
    m_text->moveCursor(QTextCursor::End);
    showAttachments();
    takeFocus();
}

void ChatComposer::takeFocus()
{
    m_text->setFocus();
}

void ChatComposer::clear()
{
    m_text->clear();
    m_parts.clear();
    m_problem->hide();
    showAttachments();
}

void ChatComposer::send()
{
    ChatTurn turn;
    turn.parts = m_parts;
    const QString text = m_text->toPlainText().trimmed();
    if (!text.isEmpty())
        turn.parts += ChatPart{ChatPart::Kind::Text, text, {}, {}, {}, {}};
    if (turn.parts.isEmpty() || model().isEmpty() || m_isStreaming)
        return;
    clear();
    Q_EMIT sent(turn);
}

void ChatComposer::chooseFiles()
{
    auto *dialog = new QFileDialog(this, tr("Attach files"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList &paths) {
        for (const QString &path : paths)
            attach(path);
    });
    dialog->open();
}

void ChatComposer::attach(const QString &path)
{
    QFile file(path);
    const QFileInfo info(path);
    if (!info.isFile() || !file.open(QIODevice::ReadOnly)) {
        m_problem->showResult(InlineResult::Kind::Bad, tr("%1 cannot be read.").arg(info.fileName()));
        return;
    }
    if (attachedBytes() + info.size() > MOST_BYTES) {
        m_problem->showResult(InlineResult::Kind::Bad,
                              tr("%1 is too large: attachments may have %2 together.")
                                  .arg(info.fileName(), bytesText(MOST_BYTES)));
        return;
    }
    addPart(file.readAll(), QMimeDatabase().mimeTypeForFile(info).name(), info.fileName());
}

qint64 ChatComposer::attachedBytes() const
{
    qint64 bytes = 0;
    for (const ChatPart &part : m_parts)
        bytes += part.data.size();
    return bytes;
}

void ChatComposer::addPart(const QByteArray &bytes, const QString &mimeType, const QString &name)
{
    // Program texts have many types; Google knows one for all.
    const bool isText = mimeType.startsWith(u"text/"_s) ||
                        QMimeDatabase().mimeTypeForName(mimeType).inherits(u"text/plain"_s);
    m_parts += ChatPart{ChatPart::Kind::Data, {}, bytes, isText ? u"text/plain"_s : mimeType, name, {}};
    m_problem->hide();
    showAttachments();
}

void ChatComposer::showAttachments()
{
    while (const QLayoutItem *item = m_attachments->layout()->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    for (int i = 0; i < m_parts.size(); ++i) {
        const ChatPart &part = m_parts[i];
        auto *chip = new ChatChip(m_theme, ChatChip::Form::RemovableAttachment,
                                  part.name.isEmpty() ? tr("Picture") : part.name);
        chip->setIconName(iconOf(part.mimeType));
        chip->setRemark(bytesText(part.data.size()));
        connect(chip, &QAbstractButton::clicked, this, [this, i] {
            m_parts.removeAt(i);
            QMetaObject::invokeMethod(this, &ChatComposer::showAttachments, Qt::QueuedConnection);
        });
        m_attachments->layout()->addWidget(chip);
    }
    m_attachments->setVisible(!m_parts.isEmpty());
    showButtons();
}

/// Pictures and files; false for what the field takes itself.
bool ChatComposer::takeMime(const QMimeData &content)
{
    if (content.hasUrls() && std::all_of(content.urls().begin(), content.urls().end(),
                                         [](const QUrl &url) { return url.isLocalFile(); })) {
        for (const QUrl &url : content.urls())
            attach(url.toLocalFile());
        return true;
    }
    if (!content.hasImage() || content.hasText())
        return false;
    QByteArray bytes;
    QBuffer buffer(&bytes);
    qvariant_cast<QImage>(content.imageData()).save(&buffer, "PNG");
    addPart(bytes, u"image/png"_s, {});
    return true;
}

bool ChatComposer::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_text && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool isEnter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (isEnter && !(key->modifiers() & Qt::ShiftModifier)) {
            send();
            return true;
        }
        if (key->key() == Qt::Key_Up && m_text->toPlainText().isEmpty()) {
            Q_EMIT lastWanted();
            return true;
        }
        if (key->matches(QKeySequence::Paste)) {
            const QMimeData *content = QGuiApplication::clipboard()->mimeData();
            if (content && takeMime(*content))
                return true;
        }
    }
    if (watched == m_text && event->type() == QEvent::Resize)
        QMetaObject::invokeMethod(this, &ChatComposer::fitText, Qt::QueuedConnection);
    return QWidget::eventFilter(watched, event);
}

void ChatComposer::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasUrls() || event->mimeData()->hasImage())
        event->acceptProposedAction();
}

void ChatComposer::dropEvent(QDropEvent *event)
{
    if (takeMime(*event->mimeData()))
        event->acceptProposedAction();
}

void ChatComposer::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = m_theme.tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_text->hasFocus() ? tokens.focus : tokens.border2, 1));
    painter.setBrush(tokens.surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS);
}

} // namespace Ui
