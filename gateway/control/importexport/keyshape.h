#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "gateway/control/importexport/importresult.h"

namespace Gateway {

/// What a word looks like. Google says nowhere what a key looks like, and new forms come ("AIza…" until 2026,
/// then "AQ.…", once "IQ.…"): the form tells only whether a word in a running text is surely meant as a key.
enum class KeyShape : std::uint8_t {
    Google,  ///< In a form that Google is known to give.
    Unusual, ///< May be a key: long, letters and digits, no other characters than keys have.
    TooShort,
    TooLong,
    Other ///< A word, a number, or characters that no key has.
};

KeyShape keyShape(std::string_view word);

/// None for Google and Unusual.
ImportFault faultOf(KeyShape shape);

/// Letters, digits, '_', '-', '.'.
bool isKeyCharacter(char c);

/// Calls `visit` with each key in one of Google's forms that stands anywhere in `text`, and its offset; keys
/// that were pasted one after another without a break are told apart.
void eachGoogleKey(std::string_view text,
                   const std::function<void(std::string_view key, std::size_t offset)> &visit);

} // namespace Gateway
