#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace Gateway {

/// Texts as a column holds them: a JSON array, or nothing for none.
std::string columnOfTexts(const std::vector<std::string> &texts);

/// The reverse; what is no JSON array of texts gives none.
std::vector<std::string> textsOfColumn(std::string_view column);

} // namespace Gateway
