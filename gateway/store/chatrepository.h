#pragma once

#include <optional>
#include <vector>

#include "gateway/common/chatrow.h"
#include "gateway/store/database.h"

namespace Gateway {

/// Changes of conversations and their messages. 404 "unknown_chat" or "unknown_message" for what is not
/// there.
class ChatRepository
{
public:
    explicit ChatRepository(Database &database);

    /// Adds one; its id and times are given here.
    Result<ChatRow> add(const ChatRow &chat, std::int64_t nowMs);
    Result<ChatRow> patch(ChatId id, const ChatPatch &patch);
    /// Can be brought back until dropDeleted().
    Result<void> remove(ChatId id, std::int64_t nowMs);
    Result<ChatRow> restore(ChatId id);
    /// Deletes for good what was removed before `timeMs`; returns how many, `limit` at most.
    Result<std::int64_t> dropDeleted(std::int64_t timeMs, std::int64_t limit);

    /// Behind the last one; its position is given here. The conversation counts as used at `nowMs`.
    Result<ChatMessage> append(ChatId id, const ChatMessage &message, std::int64_t nowMs);
    /// Puts it in place of the one at its position.
    Result<void> replace(ChatId id, const ChatMessage &message);
    /// Deletes the messages from `position` on.
    Result<void> truncate(ChatId id, std::int64_t position);

private:
    Result<ChatRow> find(ChatId id);

    StatementPtr m_find;
    StatementPtr m_add;
    StatementPtr m_change;
    StatementPtr m_touch;
    StatementPtr m_remove;
    StatementPtr m_restore;
    StatementPtr m_drop;
    StatementPtr m_next;
    StatementPtr m_append;
    StatementPtr m_replace;
    StatementPtr m_truncate;
};

} // namespace Gateway
