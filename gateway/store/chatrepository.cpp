#include "gateway/store/chatrepository.h"

#include <utility>

#include "gateway/store/chatcolumns.h"

namespace Gateway {

namespace {

constexpr std::string_view FIND = "SELECT " CHAT_COLUMNS " FROM chats WHERE id = ? AND deleted_ms = 0";
constexpr std::string_view ADD =
    "INSERT INTO chats (title, model, system, settings, created_ms, updated_ms) VALUES (?, ?, ?, ?, ?, ?) "
    "RETURNING id";
constexpr std::string_view CHANGE =
    "UPDATE chats SET title = ?, model = ?, system = ?, settings = ? WHERE id = ?";
constexpr std::string_view TOUCH = "UPDATE chats SET updated_ms = max(updated_ms, ?) WHERE id = ?";
constexpr std::string_view REMOVE = "UPDATE chats SET deleted_ms = ? WHERE id = ? AND deleted_ms = 0";
constexpr std::string_view RESTORE = "UPDATE chats SET deleted_ms = 0 WHERE id = ?";
constexpr std::string_view DROP = "DELETE FROM chats WHERE id IN "
                                  "(SELECT id FROM chats WHERE deleted_ms > 0 AND deleted_ms < ? LIMIT ?)";
constexpr std::string_view NEXT = "SELECT max(position) + 1 FROM chat_messages WHERE chat_id = ?";
constexpr std::string_view APPEND = "INSERT INTO chat_messages (" CHAT_MESSAGE_COLUMNS
                                    ", chat_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr std::string_view REPLACE =
    "UPDATE chat_messages SET (" CHAT_MESSAGE_COLUMNS
    ") = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) WHERE chat_id = ? AND position = ?";
constexpr std::string_view TRUNCATE = "DELETE FROM chat_messages WHERE chat_id = ? AND position >= ?";

constexpr int MESSAGE_COLUMNS = 11;

tl::unexpected<Error> unknownChat()
{
    return fail(404, "unknown_chat", "There is no such conversation.");
}

/// `message` must outlive the run.
void bindMessage(Statement &statement, const ChatMessage &message)
{
    statement.bind(0, message.position);
    statement.bindText(1, message.role);
    statement.bindText(2, message.model);
    statement.bind(3, message.createdMs);
    statement.bind(4, message.inputTokens);
    statement.bind(5, message.outputTokens);
    statement.bind(6, message.durationMs);
    statement.bindText(7, message.keyLabel);
    statement.bindText(8, message.error);
    statement.bindText(9, message.text);
    statement.bindText(10, message.content);
}

} // namespace

ChatRepository::ChatRepository(Database &database)
    : m_find(database.prepare(FIND))
    , m_add(database.prepare(ADD))
    , m_change(database.prepare(CHANGE))
    , m_touch(database.prepare(TOUCH))
    , m_remove(database.prepare(REMOVE))
    , m_restore(database.prepare(RESTORE))
    , m_drop(database.prepare(DROP))
    , m_next(database.prepare(NEXT))
    , m_append(database.prepare(APPEND))
    , m_replace(database.prepare(REPLACE))
    , m_truncate(database.prepare(TRUNCATE))
{
}

Result<ChatRow> ChatRepository::find(ChatId id)
{
    m_find->bind(0, id);
    Result<std::vector<ChatRow>> found = m_find->collect<ChatRow>(chatOf);
    if (!found)
        return fail(std::move(found.error()));
    if (found->empty())
        return unknownChat();
    return std::move(found->front());
}

Result<ChatRow> ChatRepository::add(const ChatRow &chat, std::int64_t nowMs)
{
    m_add->bindText(0, chat.title);
    m_add->bindText(1, chat.model);
    m_add->bindText(2, chat.system);
    m_add->bindText(3, chat.settings);
    m_add->bind(4, nowMs);
    m_add->bind(5, nowMs);
    const Result<std::int64_t> id = m_add->value(0);
    if (!id)
        return fail(id.error());
    ChatRow added = chat;
    added.id = *id;
    added.createdMs = nowMs;
    added.updatedMs = nowMs;
    return added;
}

Result<ChatRow> ChatRepository::patch(ChatId id, const ChatPatch &patch)
{
    Result<ChatRow> row = find(id);
    if (!row)
        return row;
    row->title = patch.title.value_or(row->title);
    row->model = patch.model.value_or(row->model);
    row->system = patch.system.value_or(row->system);
    row->settings = patch.settings.value_or(row->settings);
    m_change->bindText(0, row->title);
    m_change->bindText(1, row->model);
    m_change->bindText(2, row->system);
    m_change->bindText(3, row->settings);
    m_change->bind(4, id);
    if (Result<void> done = m_change->run(); !done)
        return fail(std::move(done.error()));
    return row;
}

Result<void> ChatRepository::remove(ChatId id, std::int64_t nowMs)
{
    m_remove->bind(0, nowMs);
    m_remove->bind(1, id);
    Result<void> done = m_remove->run();
    if (done && m_remove->changes() == 0)
        return unknownChat();
    return done;
}

Result<ChatRow> ChatRepository::restore(ChatId id)
{
    m_restore->bind(0, id);
    if (Result<void> done = m_restore->run(); !done)
        return fail(std::move(done.error()));
    return find(id);
}

Result<std::int64_t> ChatRepository::dropDeleted(std::int64_t timeMs, std::int64_t limit)
{
    m_drop->bind(0, timeMs);
    m_drop->bind(1, limit);
    if (Result<void> done = m_drop->run(); !done)
        return fail(std::move(done.error()));
    return m_drop->changes();
}

Result<ChatMessage> ChatRepository::append(ChatId id, const ChatMessage &message, std::int64_t nowMs)
{
    if (const Result<ChatRow> chat = find(id); !chat)
        return fail(chat.error());
    m_next->bind(0, id);
    const Result<std::int64_t> position = m_next->value(0);
    if (!position)
        return fail(position.error());
    ChatMessage added = message;
    added.position = *position;
    if (added.createdMs == 0)
        added.createdMs = nowMs;
    bindMessage(*m_append, added);
    m_append->bind(MESSAGE_COLUMNS, id);
    m_touch->bind(0, nowMs);
    m_touch->bind(1, id);
    if (Result<void> done = m_append->run().and_then([this] { return m_touch->run(); }); !done)
        return fail(std::move(done.error()));
    return added;
}

Result<void> ChatRepository::replace(ChatId id, const ChatMessage &message)
{
    if (const Result<ChatRow> chat = find(id); !chat)
        return fail(chat.error());
    bindMessage(*m_replace, message);
    m_replace->bind(MESSAGE_COLUMNS, id);
    m_replace->bind(MESSAGE_COLUMNS + 1, message.position);
    Result<void> done = m_replace->run();
    if (done && m_replace->changes() == 0)
        return fail(404, "unknown_message", "There is no such message.");
    return done;
}

Result<void> ChatRepository::truncate(ChatId id, std::int64_t position)
{
    if (const Result<ChatRow> chat = find(id); !chat)
        return fail(chat.error());
    m_truncate->bind(0, id);
    m_truncate->bind(1, position);
    return m_truncate->run();
}

} // namespace Gateway
