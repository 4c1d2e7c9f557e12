#pragma once

#include <string>
#include <utility>
#include <vector>

#include "gateway/common/result.h"
#include "gateway/common/secret.h"

namespace Gateway {

/// A key of another program's database.
struct ForeignKey
{
    Secret secret;
    bool enabled = true;
};

/// What the database of gemini-balance (Python) or gemini-balance-nextjs holds that is of use here.
struct ForeignData
{
    std::vector<ForeignKey> keys;
    std::vector<std::pair<std::string, std::string>> settings; ///< As they are there, lists and secrets too.
};

/// Reads their SQLite file at `path` (UTF-8) without changing it, over a connection of its own in the calling
/// thread. Fails with status 400 when it cannot be opened ("foreign_database") or has the tables of neither
/// ("not_foreign_database").
Result<ForeignData> readForeignDatabase(const std::string &path);

} // namespace Gateway
