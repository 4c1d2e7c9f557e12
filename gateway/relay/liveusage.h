#pragma once

#include <string_view>

#include "gateway/common/requestrecord.h"

namespace Gateway {

/// Adds up the tokens of a Live session. Google tells them for each turn, in one message or, growing, in
/// several; the last of a turn counts.
class LiveUsage
{
public:
    /// A message of Google's.
    void message(std::string_view json);

    /// Of all turns so far; -1 where nothing was told.
    TokenCounts tokens() const;

private:
    void endTurn();

    TokenCounts m_sum;
    TokenCounts m_turn;
    bool m_isBetweenTurns = true;
};

} // namespace Gateway
