#pragma once

#include <optional>
#include <vector>

#include "gateway/common/shelf.h"
#include "gateway/store/database.h"

namespace Gateway {

/// The table `shelf`.
class ShelfRepository
{
public:
    explicit ShelfRepository(Database &database);

    /// Nothing when `owner` has none of that id that lasts beyond `nowMs`.
    Result<std::optional<ShelfItem>> find(std::string_view id, std::string_view owner, std::int64_t nowMs);
    /// Without content.
    Result<std::vector<ShelfItem>> list(const ShelfQuery &query, std::int64_t nowMs);
    // The rest expects a transaction.
    Result<void> put(const ShelfItem &item);
    Result<void> setState(std::string_view id, std::string_view state);
    Result<void> remove(std::string_view id);
    /// Deletes up to `limit` rows whose time is over; returns how many.
    Result<std::int64_t> dropExpired(std::int64_t nowMs, std::int64_t limit);

private:
    StatementPtr m_find;
    StatementPtr m_newest;
    StatementPtr m_oldest;
    StatementPtr m_put;
    StatementPtr m_setState;
    StatementPtr m_remove;
    StatementPtr m_drop;
};

} // namespace Gateway
