#include "gateway/store/chatreader.h"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

#include "gateway/store/chatcolumns.h"

namespace Gateway {

namespace {

constexpr std::string_view PAGE =
    "SELECT " CHAT_COLUMNS " FROM chats WHERE deleted_ms = 0 AND (updated_ms, id) < (?, ?) "
    "ORDER BY updated_ms DESC, id DESC LIMIT ?";
constexpr std::string_view SEARCH =
    "SELECT " CHAT_COLUMNS " FROM chats WHERE deleted_ms = 0 AND (updated_ms, id) < (?, ?) "
    "AND (title LIKE ? ESCAPE '\\' OR EXISTS (SELECT 1 FROM chat_messages WHERE chat_id = chats.id "
    "AND text LIKE ? ESCAPE '\\')) ORDER BY updated_ms DESC, id DESC LIMIT ?";
constexpr std::string_view CHAT = "SELECT " CHAT_COLUMNS " FROM chats WHERE id = ? AND deleted_ms = 0";
constexpr std::string_view MESSAGES =
    "SELECT " CHAT_MESSAGE_COLUMNS " FROM chat_messages WHERE chat_id = ? ORDER BY position";

constexpr int MOST = 1000;

/// LIKE's pattern for what holds `text` as it stands.
std::string patternOf(std::string_view text)
{
    std::string pattern = "%";
    for (const char letter : text) {
        if (letter == '%' || letter == '_' || letter == '\\')
            pattern += '\\';
        pattern += letter;
    }
    return pattern + '%';
}

} // namespace

ChatReader::ChatReader(Database &database)
    : m_page(database.prepare(PAGE))
    , m_search(database.prepare(SEARCH))
    , m_chat(database.prepare(CHAT))
    , m_messages(database.prepare(MESSAGES))
{
}

Result<ChatRowPage> ChatReader::page(const ChatQuery &query)
{
    constexpr std::int64_t later = std::numeric_limits<std::int64_t>::max();
    const bool isFirst = query.after == ChatCursor{};
    const int limit = std::clamp(query.limit, 1, MOST);
    const std::string pattern = patternOf(query.search);
    Statement &statement = query.search.empty() ? *m_page : *m_search;
    int at = 0;
    statement.bind(at++, isFirst ? later : query.after.updatedMs);
    statement.bind(at++, isFirst ? later : query.after.id);
    if (!query.search.empty()) {
        statement.bindText(at++, pattern);
        statement.bindText(at++, pattern);
    }
    statement.bind(at, limit + 1); // one more tells whether there is more
    Result<std::vector<ChatRow>> rows = statement.collect<ChatRow>(chatOf);
    if (!rows)
        return fail(std::move(rows.error()));
    ChatRowPage page{std::move(*rows), {}};
    if (page.chats.size() > static_cast<std::size_t>(limit)) {
        page.chats.pop_back();
        page.next = {page.chats.back().updatedMs, page.chats.back().id};
    }
    return page;
}

Result<std::optional<ChatDetail>> ChatReader::detail(ChatId id)
{
    m_chat->bind(0, id);
    Result<std::vector<ChatRow>> chat = m_chat->collect<ChatRow>(chatOf);
    if (!chat)
        return fail(std::move(chat.error()));
    if (chat->empty())
        return std::optional<ChatDetail>();
    m_messages->bind(0, id);
    Result<std::vector<ChatMessage>> messages = m_messages->collect<ChatMessage>(chatMessageOf);
    if (!messages)
        return fail(std::move(messages.error()));
    return std::optional<ChatDetail>(ChatDetail{std::move(chat->front()), std::move(*messages)});
}

} // namespace Gateway
