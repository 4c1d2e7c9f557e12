#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace Gateway {

// Values of other gateways' settings in the forms that this one's have. What is not of the expected form
// gives nothing.

/// The texts of a JSON list, or the pieces between commas and new lines.
std::vector<std::string> listOf(std::string_view text);

/// Such a list with commas between.
std::string joinedList(std::string_view text);

/// {"X-A": "b"} → "X-A: b".
std::string headersOf(std::string_view json);

/// {"gemini-x": 1000} → "gemini-x=gemini-x; thinking=1000"; -1 is "auto".
std::string budgetAliases(std::string_view json);

/// The thresholds in [{"category": …, "threshold": …}].
std::set<std::string> thresholdsIn(std::string_view json);

/// "BLOCK_NONE" → "none", as SAFETY_THRESHOLD has it; empty for none of Google's.
std::string_view wordOf(std::string_view threshold);

} // namespace Gateway
