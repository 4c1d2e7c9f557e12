#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "gateway/store/database.h"

namespace Gateway {

/// A table of texts by text with an end of life: `owners`, `signatures`, `objects`.
class MemoryRepository
{
public:
    struct Table
    {
        std::string_view name;
        std::string_view keyColumn;
        std::string_view valueColumn;
    };
    static constexpr Table OWNERS{"owners", "resource", "key_id"};
    static constexpr Table SIGNATURES{"signatures", "call_id", "signature"};
    static constexpr Table OBJECTS{"objects", "id", "body"};

    struct Entry
    {
        std::string value;
        std::int64_t expiresMs = 0; ///< ms since 1970 UTC; 0: never.
    };

    MemoryRepository(Database &database, const Table &table);

    /// Nothing when there is none that lasts beyond `nowMs`.
    Result<std::optional<Entry>> find(std::string_view key, std::int64_t nowMs);
    // The rest expects a transaction.
    Result<void> put(std::string_view key, const Entry &entry);
    Result<void> remove(std::string_view key);
    /// Deletes up to `limit` rows whose time is over; returns how many.
    Result<std::int64_t> dropExpired(std::int64_t nowMs, std::int64_t limit);

private:
    StatementPtr m_find;
    StatementPtr m_put;
    StatementPtr m_remove;
    StatementPtr m_drop;
};

} // namespace Gateway
