#pragma once

#include <QWidget>

#include "ui/pages/chat/chatconversation.h"
#include "ui/theme.h"

namespace Ui {

/// The widget of one message in the thread.
class ChatMessageView : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ChatMessageView)

public:
    using QWidget::QWidget;

    virtual void showItem(const ChatItem &item) = 0;
    /// Places what is in it for this width; returns the height it needs.
    virtual int layOut(int width) = 0;
    /// Marks the words in it; returns how often they stand there.
    virtual int mark(const QString &words) = 0;

Q_SIGNALS:
    void heightChanged();
    void editRequested();
    void againRequested();
    /// Asks again with another model.
    void otherModelRequested(const QString &model);
};

/// Places widgets one below the other from `top` on, hidden ones left out; returns where the last ends.
int stack(const QList<QWidget *> &widgets, int top, int width, int gap);

} // namespace Ui
