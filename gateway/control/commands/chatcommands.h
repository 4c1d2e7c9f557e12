#pragma once

#include <cstdint>

#include "gateway/common/chatrow.h"
#include "gateway/control/reply.h"
#include "gateway/control/values/keyedit.h"

namespace Gateway {

enum class ChatFormat : std::uint8_t { Markdown, Json };

/// The conversations of the built-in chat. An id that is not there: 404 "unknown_chat".
class ChatCommands
{
public:
    virtual ~ChatCommands() = default;

    /// A page, the last used first.
    virtual void list(ChatQuery query, Reply<ChatRowPage> reply);
    /// With all its messages.
    virtual void get(ChatId id, Reply<ChatDetail> reply);
    /// Its id and times are given by the store. 422 for settings that are no JSON object, as for patch().
    virtual void create(ChatRow chat, Reply<ChatRow> reply);
    virtual void patch(ChatId id, ChatPatch patch, Reply<ChatRow> reply);
    /// Can be brought back for a day.
    virtual void remove(ChatId id, Reply<void> reply);
    virtual void restore(ChatId id, Reply<ChatRow> reply);

    /// Behind the last one; answers with its position. 422 for another role than "user" and "model" and for
    /// content that is no JSON object, as for replace().
    virtual void append(ChatId id, ChatMessage message, Reply<ChatMessage> reply);
    /// In place of the one at its position; 404 "unknown_message".
    virtual void replace(ChatId id, ChatMessage message, Reply<void> reply);
    /// Deletes the messages from `position` on.
    virtual void truncate(ChatId id, std::int64_t position, Reply<void> reply);

    virtual void exportChat(ChatId id, ChatFormat format, Reply<ExportedFile> reply);
};

} // namespace Gateway
