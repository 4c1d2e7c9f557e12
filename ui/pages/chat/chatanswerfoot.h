#pragma once

#include <QWidget>

#include "ui/pages/chat/chatconversation.h"
#include "ui/theme.h"

namespace Ui {

class Button;
class CopyButton;
class TextLabel;

/// The line below an answer: copy, again, edit, and what it took.
class ChatAnswerFoot final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ChatAnswerFoot)

public:
    explicit ChatAnswerFoot(const Theme &theme, QWidget *parent = nullptr);

    void showItem(const ChatItem &item);

Q_SIGNALS:
    void againRequested();
    void editRequested();

private:
    CopyButton *m_copy;
    TextLabel *m_text;
};

/// "gemini-2.5-pro · 1,204 in, 486 out · 4.1 s · through Studio 02"
QString footText(const ChatItem &item);

} // namespace Ui
