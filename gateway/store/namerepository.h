#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "gateway/store/database.h"

namespace Gateway {

/// The table `names`: a number for each recurring word, so that a request's row holds no texts.
class NameRepository
{
public:
    explicit NameRepository(Database &database);

    /// The word's number, added when new; 0 for an empty word. Words over 200 bytes are cut. Clients choose
    /// model names, so after 50,000 different words new ones share the word "…". Expects a transaction.
    Result<std::int64_t> idOf(std::string_view text);

    /// After a rollback: the numbers given in it were not kept.
    void forgetCache();

private:
    Result<std::int64_t> lookUp(std::string_view text);

    struct Hash
    {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
    };

    StatementPtr m_find;
    StatementPtr m_add;
    StatementPtr m_count;
    std::unordered_map<std::string, std::int64_t, Hash, std::equal_to<>> m_cache;
};

} // namespace Gateway
