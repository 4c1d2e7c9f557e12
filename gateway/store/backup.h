#pragma once

#include <string>

#include "gateway/common/result.h"

namespace Gateway {

/// Writes a sound copy of the database at `database` to `file` (paths in UTF-8), also while a gateway works
/// on it. What is sealed stays so: the copy is read with the same master key. 409 "file_exists" when there is
/// such a file, 404 "no_database" when there is no database.
Result<void> backUpDatabase(const std::string &database, const std::string &file);

/// Puts a copy in the place of the database, which must not be in use; what was there is kept beside it as
/// "….before-restore". Nothing is changed when the copy is damaged, another program's, or a newer version's.
Result<void> restoreDatabase(const std::string &database, const std::string &file);

} // namespace Gateway
