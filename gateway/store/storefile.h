#pragma once

#include <string>

#include "gateway/common/result.h"

namespace Gateway {

/// Makes `path` a file that only its owner reads and writes (0600; SQLite gives -wal and -shm the same mode),
/// creating it and missing folders (0700). It holds keys, so a wider mode found is narrowed. Errors have
/// the code "store_unavailable".
Result<void> prepareStoreFile(const std::string &path);

} // namespace Gateway
