#pragma once

#include <vector>

#include "gateway/common/tokenrow.h"
#include "gateway/store/database.h"

namespace Gateway {

/// The tables `access_tokens` and `token_use`. Writing functions expect a transaction.
class TokenRepository
{
public:
    explicit TokenRepository(Database &database);

    /// All that are not deleted, by id.
    Result<std::vector<TokenRow>> load();
    /// Adds the token (id 0) or changes one, all but its owner; the row as it is now comes back. Fails with
    /// status 409, "name_taken" when another has its name, 404 "no_such_token" when it is gone.
    Result<TokenRow> save(const TokenRow &row);
    /// For a token that has none; others keep theirs.
    Result<void> setOwner(TokenId id, std::string_view owner);
    Result<void> remove(TokenId id, std::int64_t nowMs);
    /// Brings deleted ones back; one whose name is taken meanwhile stays away.
    Result<std::vector<TokenRow>> restore(const std::vector<TokenId> &ids);
    /// Forgets up to `limit` tokens deleted before `timeMs`; returns how many.
    Result<std::int64_t> dropDeleted(std::int64_t timeMs, std::int64_t limit);

    Result<std::vector<TokenUse>> loadUse();
    /// A token that is gone is passed over.
    Result<void> saveUse(const TokenUse &use);

private:
    Result<void> checkName(const TokenRow &row);
    Result<void> write(Statement &statement, const TokenRow &row, std::int64_t *id);
    Result<TokenRow> change(const TokenRow &row);

    StatementPtr m_load;
    StatementPtr m_find;
    StatementPtr m_nameOwner;
    StatementPtr m_add;
    StatementPtr m_change;
    StatementPtr m_setOwner;
    StatementPtr m_remove;
    StatementPtr m_restore;
    StatementPtr m_drop;
    StatementPtr m_loadUse;
    StatementPtr m_saveUse;
};

} // namespace Gateway
