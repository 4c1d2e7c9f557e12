#pragma once

#include <string>
#include <string_view>

namespace Gateway {

/// `text` with everything masked that looks like a key or a token, wherever it came from: Google's keys
/// ("AIza…", "AQ.…", "ya29.…"), "sk-…", credentials after Bearer or Basic, values of key=, token=, api_key:,
/// x-goog-api-key: and their like, passwords in URLs. The mask is maskSecret()'s.
std::string redacted(std::string_view text);

} // namespace Gateway
