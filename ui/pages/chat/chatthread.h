#pragma once

#include <vector>

#include <QPointer>
#include <QScrollArea>

#include "ui/pages/chat/chatclient.h"
#include "ui/pages/chat/chatconversation.h"
#include "ui/theme.h"

namespace Ui {

class ChatMessageView;

/// The messages of a conversation in a column of at most 720 pixels. Only those near the window have widgets;
/// of the others their height is kept. It stays at its end while it grows, unless the user scrolled up.
class ChatThread final : public QScrollArea
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ChatThread)

public:
    explicit ChatThread(const Theme &theme, QWidget *parent = nullptr);

    /// Null: none. It is borrowed.
    void setConversation(ChatConversation *conversation);
    /// Of which another one is offered where an answer failed.
    void setModels(const QList<ChatModel> &models);

    /// Marks the words in all messages and goes to the first one from the window's top on that has them, or
    /// before it; returns whether there is one. Empty words unmark.
    bool find(const QString &words, bool isBackward);
    void scrollToEnd();
    void scrollTo(int index);

    /// Messages that have a widget now.
    int shownCount() const;
    ChatMessageView *viewOf(int index) const;

Q_SIGNALS:
    void editRequested(int question);
    void againRequested(int answer);
    void otherModelRequested(int answer, const QString &model);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    struct Entry
    {
        ChatMessageView *view = nullptr;
        int top = 0;
        int height = 0; ///< Known, or guessed while it was never shown at this width.
    };

    void reset();
    void add(int index);
    void change(int index);
    void truncate(int from);
    void layOut();
    void place();
    /// Gives widgets to what is near the window, takes them from what is far; true when heights changed.
    bool populate();
    void makeView(int index);
    int columnWidth() const;
    int guessedHeight(const ChatItem &item) const;
    void scheduleLayout();

    const Theme &m_theme;
    QPointer<ChatConversation> m_conversation;
    QWidget *m_content;
    std::vector<Entry> m_entries;
    QList<ChatModel> m_models;
    QString m_words;
    int m_found = -1;
    int m_width = 0;
    bool m_isAtEnd = true;
    bool m_isLayingOut = false;
    bool m_isScheduled = false;
};

} // namespace Ui
