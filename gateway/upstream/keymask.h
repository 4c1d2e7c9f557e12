#pragma once

#include <string>
#include <string_view>

namespace Gateway {

/// `text` with all that looks like a Google API key masked: "AIza…", "AQ.…", "IQ.…" of 30 characters and
/// more, and whatever follows "api_key:" or "key=". Google names the key in some messages ("Consumer
/// 'api_key:…' has been suspended").
std::string withKeysMasked(std::string_view text);

} // namespace Gateway
