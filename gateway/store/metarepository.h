#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gateway/store/database.h"

namespace Gateway {

/// The table `meta`: a few values of the store itself.
class MetaRepository
{
public:
    explicit MetaRepository(Database &database);

    static constexpr std::string_view STORE_ID = "store_id";     ///< Random, names the store in a keychain.
    static constexpr std::string_view SEAL_CHECK = "seal_check"; ///< Opens with the right master key.
    static constexpr std::string_view SEAL_PLACE = "seal_place"; ///< Where the master key was last found.
    static constexpr std::string_view SCRUB_DUE = "scrub_due";   ///< Clear texts may be left in free pages.

    Result<std::optional<std::string>> find(std::string_view name);
    // The rest expects a transaction.
    Result<void> put(std::string_view name, std::string_view value);
    Result<void> remove(std::string_view name);

private:
    StatementPtr m_find;
    StatementPtr m_put;
    StatementPtr m_remove;
};

} // namespace Gateway
