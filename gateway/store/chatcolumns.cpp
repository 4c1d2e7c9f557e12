#include "gateway/store/chatcolumns.h"

namespace Gateway {

ChatRow chatOf(Statement &statement)
{
    ChatRow row;
    row.id = statement.integer(0);
    row.title = statement.text(1);
    row.model = statement.text(2);
    row.system = statement.text(3);
    row.settings = statement.text(4);
    row.createdMs = statement.integer(5);
    row.updatedMs = statement.integer(6);
    return row;
}

ChatMessage chatMessageOf(Statement &statement)
{
    ChatMessage message;
    message.position = statement.integer(0);
    message.role = statement.text(1);
    message.model = statement.text(2);
    message.createdMs = statement.integer(3);
    message.inputTokens = statement.integer(4);
    message.outputTokens = statement.integer(5);
    message.durationMs = statement.integer(6);
    message.keyLabel = statement.text(7);
    message.error = statement.text(8);
    message.text = statement.text(9);
    message.content = statement.text(10);
    return message;
}

} // namespace Gateway
