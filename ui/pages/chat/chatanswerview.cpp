#include "ui/pages/chat/chatanswerview.h"

#include <algorithm>

#include <QDateTime>
#include <QDesktopServices>
#include <QElapsedTimer>
#include <QPainter>
#include <QTimer>
#include <QUrl>

#include "ui/pages/chat/chatanswerfoot.h"
#include "ui/pages/chat/chatchip.h"
#include "ui/pages/chat/chatcode.h"
#include "ui/pages/chat/chatfold.h"
#include "ui/pages/chat/chatmodels.h"
#include "ui/pages/chat/chatpicture.h"
#include "ui/pages/chat/chatprose.h"
#include "ui/text/format.h"
#include "ui/widgets/button.h"
#include "ui/widgets/flowlayout.h"
#include "ui/widgets/inlineresult.h"

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int GAP = 12;
constexpr int SLICE_MS = 10;
constexpr int CARET_HEIGHT = 18;
constexpr QSize PICTURE{720, 480};

QString sourceText(const ChatSource &source)
{
    const QString host = QUrl(source.uri).host();
    if (source.title.isEmpty())
        return host;
    // Google's links lead through its own host; its titles name the page's.
    const bool isGoogles = host.endsWith("vertexaisearch.cloud.google.com"_L1);
    return isGoogles || host.isEmpty() || source.title.contains(host) ? source.title
                                                                      : host + ": "_L1 + source.title;
}

} // namespace

ChatAnswerView::ChatAnswerView(const Theme &theme, QWidget *parent)
    : ChatMessageView(parent)
    , m_theme(theme)
    , m_fold(new ChatFold(theme, this))
    , m_slices(new QTimer(this))
    , m_sources(new QWidget(this))
    , m_failure(new InlineResult(theme, this))
    , m_foot(new ChatAnswerFoot(theme, this))
    , m_countdown(new QTimer(this))
{
    setAccessibleName(tr("Answer"));
    new FlowLayout(8, m_sources);
    m_fold->hide();
    m_sources->hide();
    m_slices->setSingleShot(true);
    m_countdown->setInterval(1000);
    connect(m_slices, &QTimer::timeout, this, [this] {
        build();
        Q_EMIT heightChanged();
    });
    connect(m_countdown, &QTimer::timeout, this, &ChatAnswerView::countDown);
    connect(m_fold, &ChatFold::heightChanged, this, &ChatMessageView::heightChanged);
    connect(m_foot, &ChatAnswerFoot::againRequested, this, &ChatMessageView::againRequested);
    connect(m_foot, &ChatAnswerFoot::editRequested, this, &ChatMessageView::editRequested);
    connect(&theme, &Theme::changed, this, [this] {
        update();
        Q_EMIT heightChanged();
    });
}

void ChatAnswerView::showItem(const ChatItem &item)
{
    m_isStreaming = item.isStreaming;
    const QString thoughts = textOf(item.turn, ChatPart::Kind::Thought);
    const bool isThinking = item.isStreaming && item.turn.thoughtMs < 0;
    if (!thoughts.isEmpty())
        m_fold->setThoughts(thoughts, item.turn.thoughtMs, isThinking);
    m_fold->setVisible(!thoughts.isEmpty());

    QString text = item.isStreaming ? textOf(item.turn) : citedTextOf(item.turn);
    for (const ChatPart &part : item.turn.parts) {
        if (part.kind == ChatPart::Kind::Call)
            text += "\n\n`"_L1 + part.text + "`\n"_L1;
    }
    const QList<ChatBlock> blocks = splitMarkdown(text);
    const qsizetype common = std::min(blocks.size(), m_blocks.size());
    const auto differs = std::mismatch(blocks.begin(), blocks.begin() + common, m_blocks.begin());
    m_built = std::min<qsizetype>(m_built, differs.first - blocks.begin());
    m_blocks = blocks;
    while (m_widgets.size() > m_blocks.size())
        delete m_widgets.takeLast();
    build();
    showPictures(item.turn);
    showSources(item.turn);
    showFailure(item);
    m_foot->showItem(item);
    m_foot->setVisible(!item.isStreaming);
    update();
}

/// Builds for a moment; the rest in the next turns of the event loop.
void ChatAnswerView::build()
{
    QElapsedTimer clock;
    clock.start();
    while (m_built < m_blocks.size() && (m_built == 0 || clock.elapsed() < SLICE_MS))
        showBlock(m_built++);
    if (m_built < m_blocks.size())
        m_slices->start(0);
}

void ChatAnswerView::showBlock(qsizetype index)
{
    const ChatBlock &block = m_blocks[index];
    const bool isCode = block.kind == ChatBlock::Kind::Code;
    QWidget *widget = m_widgets.value(index);
    const bool fits = widget && (qobject_cast<ChatCode *>(widget) != nullptr) == isCode;
    if (!fits) {
        delete widget;
        if (isCode)
            widget = new ChatCode(m_theme, this);
        else
            widget = new ChatProse(m_theme, ChatProse::Form::Markdown, this);
        if (index < m_widgets.size())
            m_widgets[index] = widget;
        else
            m_widgets.append(widget);
        widget->show();
    }
    if (auto *code = qobject_cast<ChatCode *>(widget)) {
        code->setCode(block.text, block.language);
        if (!m_words.isEmpty())
            code->mark(m_words);
    } else if (auto *prose = qobject_cast<ChatProse *>(widget)) {
        prose->setText(block.text);
        if (!m_words.isEmpty())
            prose->mark(m_words);
    }
}

void ChatAnswerView::showPictures(const ChatTurn &turn)
{
    qsizetype count = 0;
    for (const ChatPart &part : turn.parts) {
        if (part.kind != ChatPart::Kind::Data)
            continue;
        if (++count <= m_pictures.size())
            continue; // they only get more
        if (part.mimeType.startsWith("image/"_L1)) {
            m_pictures.append(new ChatPicture(m_theme, part.data, part.name, PICTURE, this));
        } else {
            auto *chip = new ChatChip(m_theme, ChatChip::Form::Attachment, part.mimeType, this);
            chip->setIconName(u"file"_s);
            chip->setRemark(bytesText(part.data.size()));
            m_pictures.append(chip);
        }
        m_pictures.last()->show();
    }
}

void ChatAnswerView::showSources(const ChatTurn &turn)
{
    m_sources->setVisible(!turn.sources.isEmpty());
    if (turn.sources == m_shownSources)
        return;
    m_shownSources = turn.sources;
    qDeleteAll(m_sourceChips);
    m_sourceChips.clear();
    int number = 0;
    for (const ChatSource &source : turn.sources) {
        auto *chip = new ChatChip(m_theme, ChatChip::Form::Source, sourceText(source));
        chip->setNumber(++number);
        chip->setToolTip(source.uri);
        chip->setAccessibleName(tr("Source %1: %2").arg(number).arg(sourceText(source)));
        connect(chip, &QAbstractButton::clicked, this, [uri = QUrl(source.uri)] {
            if (ChatProse::isOpenable(uri))
                QDesktopServices::openUrl(uri);
        });
        m_sources->layout()->addWidget(chip);
        m_sourceChips.append(chip);
    }
}

void ChatAnswerView::setModels(const QList<ChatModel> &models)
{
    m_models = models;
}

void ChatAnswerView::showFailure(const ChatItem &item)
{
    if (!item.failure.isSet()) {
        m_failure->hide();
        m_countdown->stop();
        return;
    }
    const QString other = otherModel(m_models, item.model);
    if (item.failure == m_shownFailure && other == m_shownOther && !m_failure->isHidden())
        return; // a wait goes on
    m_shownFailure = item.failure;
    m_shownOther = other;
    m_retryAtMs = item.failedAtMs > 0 && item.failure.retryAfterMs > 0
                      ? item.failedAtMs + item.failure.retryAfterMs
                      : 0;
    m_failure->showResult(InlineResult::Kind::Bad, item.failure.text);
    if (!other.isEmpty())
        connect(m_failure->addButton(tr("Use %1").arg(other)), &QPushButton::clicked, this,
                [this, other] { Q_EMIT otherModelRequested(other); });
    const bool canWait = m_retryAtMs > QDateTime::currentMSecsSinceEpoch();
    auto *again = m_failure->addButton(canWait ? tr("Wait and retry") : tr("Try again"));
    connect(again, &QPushButton::clicked, this, [this, again] {
        if (m_retryAtMs <= QDateTime::currentMSecsSinceEpoch() || m_countdown->isActive()) {
            m_countdown->stop();
            Q_EMIT againRequested();
            return;
        }
        again->setText(tr("Retry now"));
        m_countdown->start();
        countDown();
    });
}

void ChatAnswerView::countDown()
{
    const qint64 left = m_retryAtMs - QDateTime::currentMSecsSinceEpoch();
    if (left <= 0) {
        m_countdown->stop();
        Q_EMIT againRequested();
    } else {
        m_failure->setToolTip(tr("Asks again in %1").arg(spanText(left + 999)));
    }
}

int ChatAnswerView::layOut(int width)
{
    QList<QWidget *> column{m_fold};
    column += m_widgets;
    int y = stack(column, 0, width, GAP);
    for (QWidget *picture : m_pictures) {
        const QSize size = picture->sizeHint().boundedTo({width, 10'000});
        y += y > 0 ? GAP : 0;
        picture->setGeometry(isLeftToRight() ? 0 : width - size.width(), y, size.width(), size.height());
        y += size.height();
    }
    m_caretY = y + (y > 0 ? 6 : 0);
    if (m_isStreaming)
        y = m_caretY + CARET_HEIGHT;
    const QList<QWidget *> below{m_sources, m_failure, m_foot};
    const bool hasBelow =
        std::any_of(below.begin(), below.end(), [](const QWidget *widget) { return !widget->isHidden(); });
    return hasBelow ? stack(below, y + (y > 0 ? GAP : 0), width, GAP) : y;
}

int ChatAnswerView::mark(const QString &words)
{
    m_words = words;
    int count = 0;
    for (QWidget *widget : m_widgets) {
        if (auto *code = qobject_cast<ChatCode *>(widget))
            count += code->mark(words);
        else if (auto *prose = qobject_cast<ChatProse *>(widget))
            count += prose->mark(words);
    }
    return count;
}

/// The bar that says that more is to come.
void ChatAnswerView::paintEvent(QPaintEvent *)
{
    if (!m_isStreaming)
        return;
    QPainter painter(this);
    const int x = isLeftToRight() ? 0 : width() - 8;
    painter.fillRect(QRect(x, m_caretY, 8, CARET_HEIGHT), m_theme.tokens().accent);
}

} // namespace Ui
