#pragma once

#include "ui/pages/chat/chatmessageview.h"

namespace Ui {

class Button;
class ChatProse;

/// What the user said: a bubble at the right, with what was attached; buttons to edit and copy show under the
/// mouse and with the focus.
class ChatQuestionView final : public ChatMessageView
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ChatQuestionView)

public:
    explicit ChatQuestionView(const Theme &theme, QWidget *parent = nullptr);

    void showItem(const ChatItem &item) override;
    int layOut(int width) override;
    int mark(const QString &words) override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void addAttachments(const ChatTurn &turn);
    void place(QWidget *widget, const QRect &area);

    const Theme &m_theme;
    QWidget *m_attachments;
    ChatProse *m_text;
    Button *m_edit;
    Button *m_copy;
    QList<QWidget *> m_pieces;
    QRect m_bubble;
};

/// "image", "file": the icon for what is attached.
QString attachmentIcon(const QString &mimeType);

} // namespace Ui
