#pragma once

#include <optional>

#include "gateway/common/chatrow.h"
#include "gateway/store/database.h"

namespace Gateway {

/// Reads conversations; deleted ones are not there.
class ChatReader
{
public:
    explicit ChatReader(Database &database);

    Result<ChatRowPage> page(const ChatQuery &query);
    /// Nothing when there is no such conversation.
    Result<std::optional<ChatDetail>> detail(ChatId id);

private:
    StatementPtr m_page;
    StatementPtr m_search;
    StatementPtr m_chat;
    StatementPtr m_messages;
};

} // namespace Gateway
