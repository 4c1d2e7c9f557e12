#pragma once

#include "gateway/control/importexport/importresult.h"

namespace Gateway {

/// Keys out of pasted text of any shape: of a running text those in Google's forms; of lines that hold
/// nothing else also unusual ones, and then what is wrong with the rest. O(n).
ImportResult importText(std::string_view text, const KnownKeys &isKnown);

} // namespace Gateway
