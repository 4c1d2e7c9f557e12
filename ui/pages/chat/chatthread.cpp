#include "ui/pages/chat/chatthread.h"

#include <algorithm>

#include <QScrollBar>
#include <QTimer>

#include "ui/pages/chat/chatanswerview.h"
#include "ui/pages/chat/chatquestionview.h"

namespace Ui {

namespace {

constexpr int COLUMN = 720;
constexpr int MARGIN = 24;
constexpr int TOP = 20;
constexpr int GAP = 18;
constexpr int NEAR_END = 40; ///< Still counts as the end, in logical pixels.

} // namespace

ChatThread::ChatThread(const Theme &theme, QWidget *parent)
    : QScrollArea(parent)
    , m_theme(theme)
    , m_content(new QWidget)
{
    setFrameShape(NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Conversation"));
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setAutoFillBackground(false);
    m_content->setAutoFillBackground(false);
    setWidget(m_content);
    verticalScrollBar()->setSingleStep(24);
    connect(verticalScrollBar(), &QScrollBar::actionTriggered, this, [this] {
        // Only what the user does decides whether the end is followed.
        m_isAtEnd = verticalScrollBar()->sliderPosition() >= verticalScrollBar()->maximum() - NEAR_END;
    });
}

void ChatThread::setConversation(ChatConversation *conversation)
{
    if (m_conversation)
        m_conversation->disconnect(this);
    m_conversation = conversation;
    if (conversation) {
        connect(conversation, &ChatConversation::opened, this, &ChatThread::reset);
        connect(conversation, &ChatConversation::added, this, &ChatThread::add);
        connect(conversation, &ChatConversation::changed, this, &ChatThread::change);
        connect(conversation, &ChatConversation::truncated, this, &ChatThread::truncate);
    }
    reset();
}

void ChatThread::setModels(const QList<ChatModel> &models)
{
    if (models == m_models)
        return;
    m_models = models;
    if (m_conversation && !m_entries.empty())
        change(static_cast<int>(m_entries.size()) - 1);
}

void ChatThread::reset()
{
    for (const Entry &entry : m_entries)
        delete entry.view;
    m_entries.clear();
    m_found = -1;
    if (m_conversation)
        m_entries.resize(m_conversation->items().size());
    m_width = 0; // guesses anew
    m_isAtEnd = true;
    layOut();
}

void ChatThread::add(int index)
{
    Entry entry;
    entry.height = guessedHeight(m_conversation->items()[static_cast<std::size_t>(index)]);
    m_entries.insert(m_entries.begin() + index, entry);
    m_isAtEnd = true; // who asks wants to see it
    layOut();
}

void ChatThread::change(int index)
{
    const auto at = static_cast<std::size_t>(index);
    if (at >= m_entries.size())
        return;
    Entry &entry = m_entries[at];
    if (!entry.view)
        return;
    if (auto *answer = qobject_cast<ChatAnswerView *>(entry.view))
        answer->setModels(m_models);
    entry.view->showItem(m_conversation->items()[at]);
    layOut();
}

void ChatThread::truncate(int from)
{
    for (std::size_t i = static_cast<std::size_t>(from); i < m_entries.size(); ++i) {
        if (m_entries[i].view)
            m_entries[i].view->deleteLater(); // it may be its own button that asked
        if (m_entries[i].view)
            m_entries[i].view->hide();
    }
    m_entries.resize(std::min(m_entries.size(), static_cast<std::size_t>(from)));
    layOut();
}

int ChatThread::columnWidth() const
{
    return std::max(200, std::min(COLUMN, viewport()->width() - 2 * MARGIN));
}

/// Of text that was never laid out, by its length; it need not be exact.
int ChatThread::guessedHeight(const ChatItem &item) const
{
    const QFontMetrics metrics(m_theme.font(TextStyle::Body));
    const int perLine = std::max(20, columnWidth() / std::max(1, metrics.averageCharWidth()));
    qsizetype letters = 0;
    int extra = item.turn.isUser ? 20 : 48;
    for (const ChatPart &part : item.turn.parts) {
        letters += part.kind == ChatPart::Kind::Text ? part.text.size() : 0;
        extra += part.kind == ChatPart::Kind::Data ? 200 : 0;
    }
    return extra + (static_cast<int>(letters) / perLine + 1) * metrics.height() * 3 / 2;
}

/// Several widgets may tell of a new height in one turn.
void ChatThread::scheduleLayout()
{
    if (std::exchange(m_isScheduled, true))
        return;
    QTimer::singleShot(0, this, [this] {
        m_isScheduled = false;
        layOut();
    });
}

void ChatThread::makeView(int index)
{
    const auto at = static_cast<std::size_t>(index);
    const ChatItem &item = m_conversation->items()[at];
    ChatMessageView *view = nullptr;
    if (item.turn.isUser) {
        view = new ChatQuestionView(m_theme, m_content);
    } else {
        auto *answer = new ChatAnswerView(m_theme, m_content);
        answer->setModels(m_models);
        view = answer;
    }
    m_entries[at].view = view;
    view->showItem(item);
    if (!m_words.isEmpty())
        view->mark(m_words);
    const auto indexOf = [this, view] {
        const auto found = std::find_if(m_entries.begin(), m_entries.end(),
                                        [view](const Entry &entry) { return entry.view == view; });
        return static_cast<int>(found - m_entries.begin());
    };
    connect(view, &ChatMessageView::heightChanged, this, &ChatThread::scheduleLayout);
    connect(view, &ChatMessageView::editRequested, this, [this, indexOf] {
        const int here = indexOf();
        const bool isQuestion = m_conversation->items()[static_cast<std::size_t>(here)].turn.isUser;
        Q_EMIT editRequested(isQuestion ? here : here - 1);
    });
    connect(view, &ChatMessageView::againRequested, this,
            [this, indexOf] { Q_EMIT againRequested(indexOf()); });
    connect(view, &ChatMessageView::otherModelRequested, this,
            [this, indexOf](const QString &model) { Q_EMIT otherModelRequested(indexOf(), model); });
    view->show();
}

bool ChatThread::populate()
{
    const int from = verticalScrollBar()->value();
    const int room = viewport()->height();
    bool isChanged = false;
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        Entry &entry = m_entries[i];
        const int below = entry.top - (from + room);
        const int above = from - (entry.top + entry.height);
        if (!entry.view && below < room / 2 && above < room / 2) {
            makeView(static_cast<int>(i));
            const int height = entry.view->layOut(columnWidth());
            isChanged = isChanged || height != entry.height;
            entry.height = height;
        } else if (entry.view && (below > 3 * room || above > 3 * room) &&
                   !entry.view->isAncestorOf(focusWidget()) && !m_conversation->items()[i].isStreaming) {
            entry.view->deleteLater();
            entry.view->hide();
            entry.view = nullptr;
        }
    }
    return isChanged;
}

void ChatThread::place()
{
    const int width = columnWidth();
    const int left = (viewport()->width() - width) / 2;
    int y = TOP;
    for (Entry &entry : m_entries) {
        entry.top = y;
        if (entry.view)
            entry.view->setGeometry(left, y, width, entry.height);
        y += entry.height + GAP;
    }
    m_content->resize(viewport()->width(), std::max(y - GAP + TOP, viewport()->height()));
}

void ChatThread::layOut()
{
    if (m_isLayingOut || !m_conversation) {
        m_content->resize(viewport()->size());
        return;
    }
    m_isLayingOut = true;
    // What stands at the window's top stays there.
    const int from = verticalScrollBar()->value();
    std::size_t anchor = 0;
    while (anchor < m_entries.size() && m_entries[anchor].top + m_entries[anchor].height <= from)
        ++anchor;
    const int shift = anchor < m_entries.size() ? from - m_entries[anchor].top : 0;
    const bool isNewWidth = m_width != columnWidth();
    m_width = columnWidth();
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        Entry &entry = m_entries[i];
        if (entry.view)
            entry.height = entry.view->layOut(m_width);
        else if (isNewWidth)
            entry.height = guessedHeight(m_conversation->items()[i]);
    }
    constexpr int rounds = 8; // new widgets push others into sight, or out of it
    for (int round = 0; round < rounds; ++round) {
        place();
        QScrollBar *bar = verticalScrollBar();
        bar->setRange(0, std::max(0, m_content->height() - viewport()->height()));
        bar->setPageStep(viewport()->height());
        bar->setValue(m_isAtEnd                   ? bar->maximum()
                      : anchor < m_entries.size() ? m_entries[anchor].top + shift
                                                  : from);
        if (!populate())
            break;
    }
    place();
    m_isLayingOut = false;
}

void ChatThread::resizeEvent(QResizeEvent *event)
{
    QScrollArea::resizeEvent(event);
    layOut();
}

void ChatThread::scrollContentsBy(int dx, int dy)
{
    QScrollArea::scrollContentsBy(dx, dy);
    if (m_isLayingOut || !m_conversation)
        return;
    if (populate())
        layOut();
}

void ChatThread::scrollToEnd()
{
    m_isAtEnd = true;
    layOut();
}

void ChatThread::scrollTo(int index)
{
    if (index < 0 || index >= static_cast<int>(m_entries.size()))
        return;
    m_isAtEnd = false;
    verticalScrollBar()->setValue(m_entries[static_cast<std::size_t>(index)].top - TOP);
}

bool ChatThread::find(const QString &words, bool isBackward)
{
    if (words != m_words) {
        m_words = words;
        m_found = -1;
        for (const Entry &entry : m_entries) {
            if (entry.view)
                entry.view->mark(words);
        }
    }
    const int count = static_cast<int>(m_entries.size());
    if (words.isEmpty() || count == 0)
        return false;
    int start = m_found;
    if (start < 0) {
        const int from = verticalScrollBar()->value();
        start = 0;
        while (start < count - 1 && m_entries[static_cast<std::size_t>(start)].top < from)
            ++start;
        start += isBackward ? 1 : -1;
    }
    for (int step = 1; step <= count; ++step) {
        const int index = ((start + (isBackward ? -step : step)) % count + count) % count;
        if (!textOf(m_conversation->items()[static_cast<std::size_t>(index)].turn)
                 .contains(words, Qt::CaseInsensitive))
            continue;
        m_found = index;
        scrollTo(index);
        return true;
    }
    return false;
}

int ChatThread::shownCount() const
{
    return static_cast<int>(std::count_if(m_entries.begin(), m_entries.end(),
                                          [](const Entry &entry) { return entry.view != nullptr; }));
}

ChatMessageView *ChatThread::viewOf(int index) const
{
    return index >= 0 && index < static_cast<int>(m_entries.size())
               ? m_entries[static_cast<std::size_t>(index)].view
               : nullptr;
}

} // namespace Ui
