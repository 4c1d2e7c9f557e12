#pragma once

#include <cstddef>
#include <vector>

#include "gateway/common/result.h"
#include "gateway/control/local/takeover.h"
#include "gateway/control/values/keyedit.h"

namespace Gateway {

class KeyPool;

/// A text of any shape, read and judged against the keys that are there.
struct KeyPaste
{
    AddKeysResult result;            ///< As a preview tells it.
    std::vector<NewKey> newKeys;     ///< What the store is to add.
    std::vector<std::size_t> places; ///< Of each of them in `result`.
    FoundOthers others;              ///< `result` says nothing of them yet.
};

/// Reads the text; O(keys). From any thread. 422 "sealed_file" for a sealed export without its passphrase,
/// "wrong_passphrase" for another one, "database_file" for a database, "too_large" beyond 64 MiB, and as
/// checkKeySettings() for settings that are not allowed.
Result<KeyPaste> readPaste(const AddKeys &keys, const KeyPool &pool);

/// What became of it once the store has added them.
AddKeysResult addedResult(KeyPaste paste, const KeyAdditions &additions);

} // namespace Gateway
