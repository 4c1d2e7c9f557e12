#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "gateway/common/result.h"

namespace Gateway {

/// What came of an answer whose rest is wanted.
struct PartialAnswer
{
    std::string_view said;         ///< Its text, without thoughts.
    std::int64_t spentTokens = -1; ///< Output with thoughts, of all of it; -1: not told.
    bool isCut = false;            ///< By a limit of tokens (MAX_TOKENS); else it broke off.
};

/// The body of a generateContent request that asks `model` to go on after `partial`: the request `asked` with
/// what was said as the model's turn, and where the model's family takes no such last turn
/// (ModelFamily::goesOnModelTurn) a turn of the user's that asks for the rest. A partial answer that said
/// nothing yet is asked for anew. Fails where the rest could not be joined on: an answer of a fixed form
/// (JSON, a schema), several candidates, other modalities than text; and where it is a limit of the client's
/// own that cut it, which holds.
Result<std::string> continuedBody(std::string_view asked, std::string_view model,
                                  const PartialAnswer &partial);

} // namespace Gateway
