// What a message is in the store and on the screen.
#include "ui/pages/chat/chatconversation.h"

using namespace Gateway;

namespace Ui {

ChatMessage messageOf(const ChatItem &item, int position)
{
    ChatMessage message;
    message.position = position;
    message.role = item.turn.isUser ? "user" : "model";
    message.model = item.model.toStdString();
    message.inputTokens = item.usage.inputTokens;
    message.outputTokens = item.usage.outputTokens;
    message.durationMs = item.usage.durationMs;
    message.keyLabel = item.keyLabel.toStdString();
    message.error = item.failure.text.toStdString();
    message.text = textOf(item.turn).toStdString();
    message.content = contentOf(item.turn).toStdString();
    return message;
}

ChatItem itemOf(const ChatMessage &message)
{
    ChatItem item;
    item.turn = turnOf(message.role == "user", QByteArray::fromStdString(message.content));
    item.model = QString::fromStdString(message.model);
    item.usage = {message.inputTokens, message.outputTokens, message.durationMs};
    item.keyLabel = QString::fromStdString(message.keyLabel);
    item.failure.text = QString::fromStdString(message.error);
    return item;
}

} // namespace Ui
