#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/support/fakeanswer.h"

namespace TestSupport {

/// A function call a prompt asks for.
struct OrderedCall
{
    std::string name;
    json::object args;
};

/// What the last user text orders the fake to do. Words in `[[…]]`, separated by spaces:
/// chunks=N, delay=MS (before each chunk), size=BYTES (filler text of that size in each chunk),
/// finish=REASON, block=REASON, fault=NAME, image, noimage (of a model that draws), drafts=N (pictures it
/// makes while it thinks), text=WORD, seconds=N (of speech); with Google's own tools among the request's,
/// `code` (runs some) and `found` (sources of the text's first four bytes). And `call tool NAME with {…}`;
/// calls after `then call tool` wait for the results of those before.
struct PromptOrders
{
    std::string said; ///< The text without its orders.
    int chunks = 0;   ///< 0: as the server's options say.
    double delayMs = -1;
    std::size_t size = 0;
    std::string finish;
    std::string block;
    std::string fault;
    std::string text;
    bool image = false;
    bool code = false;
    bool found = false;
    bool noImage = false;
    int drafts = 0;
    double seconds = 0;             ///< Of speech.
    std::vector<OrderedCall> calls; ///< Due at this turn.
};

/// Reads the orders in `contents` (names camelCase, already checked).
PromptOrders promptOrders(const json::array &contents);

/// The filler that `size=` asks for: "0000000 0000001 0000002 …", cut at `bytes`.
std::string fillerText(std::size_t bytes);

} // namespace TestSupport
