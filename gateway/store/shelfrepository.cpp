#include "gateway/store/shelfrepository.h"

#include <algorithm>
#include <utility>

namespace Gateway {

namespace {

#define SHELF_HEAD "id, kind, owner, label, created_ms, expires_ms, state"

constexpr std::string_view FIND = "SELECT " SHELF_HEAD ", content FROM shelf WHERE id = ?1 AND owner = ?2 "
                                  "AND (expires_ms = 0 OR expires_ms > ?3)";
#define SHELF_LIST                                                                                           \
    "SELECT " SHELF_HEAD " FROM shelf WHERE owner = ?1 AND kind = ?2 AND (?3 = '' OR label = ?3) "           \
    "AND substr(id, 1, length(?4)) = ?4 AND (expires_ms = 0 OR expires_ms > ?5) "
constexpr std::string_view NEWEST =
    SHELF_LIST "AND (?6 = '' OR (created_ms, id) < (SELECT created_ms, id FROM shelf WHERE id = ?6)) "
               "ORDER BY created_ms DESC, id DESC LIMIT ?7";
constexpr std::string_view OLDEST =
    SHELF_LIST "AND (?6 = '' OR (created_ms, id) > (SELECT created_ms, id FROM shelf WHERE id = ?6)) "
               "ORDER BY created_ms, id LIMIT ?7";
constexpr std::string_view PUT =
    "INSERT OR REPLACE INTO shelf (" SHELF_HEAD ", content) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
constexpr std::string_view SET_STATE = "UPDATE shelf SET state = ? WHERE id = ?";
constexpr std::string_view REMOVE = "DELETE FROM shelf WHERE id = ?";
constexpr std::string_view DROP = "DELETE FROM shelf WHERE id IN "
                                  "(SELECT id FROM shelf WHERE expires_ms > 0 AND expires_ms <= ? LIMIT ?)";

constexpr int MOST = 10'000;
constexpr int CONTENT = 7;

ShelfItem itemOf(Statement &statement)
{
    ShelfItem item;
    item.id = statement.text(0);
    item.kind = statement.text(1);
    item.owner = statement.text(2);
    item.label = statement.text(3);
    item.createdMs = statement.integer(4);
    item.expiresMs = statement.integer(5);
    item.state = statement.text(6);
    return item;
}

} // namespace

ShelfRepository::ShelfRepository(Database &database)
    : m_find(database.prepare(FIND))
    , m_newest(database.prepare(NEWEST))
    , m_oldest(database.prepare(OLDEST))
    , m_put(database.prepare(PUT))
    , m_setState(database.prepare(SET_STATE))
    , m_remove(database.prepare(REMOVE))
    , m_drop(database.prepare(DROP))
{
}

Result<std::optional<ShelfItem>> ShelfRepository::find(std::string_view id, std::string_view owner,
                                                       std::int64_t nowMs)
{
    m_find->bindText(0, id);
    m_find->bindText(1, owner);
    m_find->bind(2, nowMs);
    Result<std::vector<ShelfItem>> found = m_find->collect<ShelfItem>([](Statement &statement) {
        ShelfItem item = itemOf(statement);
        item.content = statement.text(CONTENT);
        return item;
    });
    if (!found)
        return fail(std::move(found.error()));
    return found->empty() ? std::optional<ShelfItem>() : std::optional<ShelfItem>(std::move(found->front()));
}

Result<std::vector<ShelfItem>> ShelfRepository::list(const ShelfQuery &query, std::int64_t nowMs)
{
    Statement &statement = query.isNewestFirst ? *m_newest : *m_oldest;
    statement.bindText(0, query.owner);
    statement.bindText(1, query.kind);
    statement.bindText(2, query.label);
    statement.bindText(3, query.idPrefix);
    statement.bind(4, nowMs);
    statement.bindText(5, query.after);
    statement.bind(6, std::clamp(query.limit, 1, MOST) + 1);
    return statement.collect<ShelfItem>(itemOf);
}

Result<void> ShelfRepository::put(const ShelfItem &item)
{
    m_put->bindText(0, item.id);
    m_put->bindText(1, item.kind);
    m_put->bindText(2, item.owner);
    m_put->bindText(3, item.label);
    m_put->bind(4, item.createdMs);
    m_put->bind(5, item.expiresMs);
    m_put->bindText(6, item.state);
    m_put->bindBlob(CONTENT, item.content);
    return m_put->run();
}

Result<void> ShelfRepository::setState(std::string_view id, std::string_view state)
{
    m_setState->bindText(0, state);
    m_setState->bindText(1, id);
    return m_setState->run();
}

Result<void> ShelfRepository::remove(std::string_view id)
{
    m_remove->bindText(0, id);
    return m_remove->run();
}

Result<std::int64_t> ShelfRepository::dropExpired(std::int64_t nowMs, std::int64_t limit)
{
    m_drop->bind(0, nowMs);
    m_drop->bind(1, limit);
    if (Result<void> done = m_drop->run(); !done)
        return fail(std::move(done.error()));
    return m_drop->changes();
}

} // namespace Gateway
