#pragma once

#include <QList>

#include "ui/pages/chat/chatclient.h"
#include "ui/pages/chat/chatmarkdown.h"
#include "ui/pages/chat/chatmessageview.h"

class QTimer;

namespace Ui {

class ChatAnswerFoot;
class ChatFold;
class InlineResult;

/// An answer: thoughts, text in blocks, pictures, sources, a foot; while it comes, a bar at its end. Only
/// blocks that changed are made anew, and a long one is built in slices, so that the window never stands
/// still.
class ChatAnswerView final : public ChatMessageView
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ChatAnswerView)

public:
    explicit ChatAnswerView(const Theme &theme, QWidget *parent = nullptr);

    void showItem(const ChatItem &item) override;
    int layOut(int width) override;
    int mark(const QString &words) override;

    /// Of which another one may be offered where this one did not answer; before showItem().
    void setModels(const QList<ChatModel> &models);
    /// Whether all blocks are there.
    bool isComplete() const { return m_built == m_blocks.size(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void build();
    void showBlock(qsizetype index);
    void showPictures(const ChatTurn &turn);
    void showSources(const ChatTurn &turn);
    void showFailure(const ChatItem &item);
    void countDown();

    const Theme &m_theme;
    ChatFold *m_fold;
    QList<ChatBlock> m_blocks;
    QList<QWidget *> m_widgets; ///< Of the first blocks: ChatProse or ChatCode.
    qsizetype m_built = 0;      ///< Blocks whose widget shows them.
    QTimer *m_slices;
    QList<QWidget *> m_pictures;
    QWidget *m_sources;
    QList<QWidget *> m_sourceChips;
    QList<ChatSource> m_shownSources;
    InlineResult *m_failure;
    ChatAnswerFoot *m_foot;
    QTimer *m_countdown;
    qint64 m_retryAtMs = 0;
    ChatFailure m_shownFailure;
    QList<ChatModel> m_models;
    QString m_shownOther;
    QString m_words;
    bool m_isStreaming = false;
    int m_caretY = 0;
};

} // namespace Ui
