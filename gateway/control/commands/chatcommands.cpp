#include "gateway/control/commands/chatcommands.h"

#include "gateway/control/commands/unsupported.h"

namespace Gateway {

void ChatCommands::list(ChatQuery, Reply<ChatRowPage> reply)
{
    notSupported(reply);
}

void ChatCommands::get(ChatId, Reply<ChatDetail> reply)
{
    notSupported(reply);
}

void ChatCommands::create(ChatRow, Reply<ChatRow> reply)
{
    notSupported(reply);
}

void ChatCommands::patch(ChatId, ChatPatch, Reply<ChatRow> reply)
{
    notSupported(reply);
}

void ChatCommands::remove(ChatId, Reply<void> reply)
{
    notSupported(reply);
}

void ChatCommands::restore(ChatId, Reply<ChatRow> reply)
{
    notSupported(reply);
}

void ChatCommands::append(ChatId, ChatMessage, Reply<ChatMessage> reply)
{
    notSupported(reply);
}

void ChatCommands::replace(ChatId, ChatMessage, Reply<void> reply)
{
    notSupported(reply);
}

void ChatCommands::truncate(ChatId, std::int64_t, Reply<void> reply)
{
    notSupported(reply);
}

void ChatCommands::exportChat(ChatId, ChatFormat, Reply<ExportedFile> reply)
{
    notSupported(reply);
}

} // namespace Gateway
