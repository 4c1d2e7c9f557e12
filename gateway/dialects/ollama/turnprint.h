#pragma once

#include <string>
#include <string_view>

#include "gateway/common/json.h"

namespace Gateway {

/// Names tool calls by what every client sends back of them, for those that know no call ids or make their
/// own: what the user said at the beginning of the turn, the calls since then, the call itself. The same
/// conversation gives the same names, wherever its beginning was cut off.
class TurnPrint
{
public:
    /// The user says something. A turn begins unless the user has just spoken.
    void user(std::string_view text);
    /// Anything else is said.
    void other() { m_userSpoke = false; }

    /// The name of the turn's next call, which the calls after it build on. The order of the arguments'
    /// members and the writing of whole numbers do not matter.
    std::string call(std::string_view name, const json::object *arguments);

private:
    void mix(std::string_view text);

    std::string m_state; ///< A hash of the turn so far.
    bool m_userSpoke = false;
};

} // namespace Gateway
