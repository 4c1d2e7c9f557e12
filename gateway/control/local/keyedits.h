#pragma once

#include "gateway/common/keysettings.h"
#include "gateway/common/result.h"
#include "gateway/control/values/keyedit.h"

namespace Gateway {

/// The settings with the patch's changes; lists sorted, each entry once. 422 with the member in `param` for a
/// value that is not allowed.
Result<KeySettings> patched(KeySettings settings, const KeyPatch &patch);

/// 422 with the member in `param` for a value that is not allowed.
Result<void> checkKeySettings(const KeySettings &settings);

} // namespace Gateway
