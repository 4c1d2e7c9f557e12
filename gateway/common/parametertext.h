#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "gateway/common/modelparameters.h"
#include "gateway/common/result.h"

namespace Gateway {

/// Pieces between separators that stand outside of quotes, trimmed, empty ones left out.
std::vector<std::string_view> unquotedPieces(std::string_view text, std::string_view separators);

/// Parameters as "thinking=low", "search" and "system_before="a\nb"", a text in quotes being JSON's. Null
/// when nothing is set. Fails with 400 "invalid_parameter".
Result<ModelParametersPtr> modelParametersOf(std::span<const std::string_view> pieces);

/// Likewise between semicolons or new lines: "thinking=low; search".
Result<ModelParametersPtr> parseModelParameters(std::string_view text);

} // namespace Gateway
