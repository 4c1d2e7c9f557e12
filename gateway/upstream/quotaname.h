#pragma once

#include <cstdint>
#include <string_view>

#include "gateway/common/keysettings.h"
#include "gateway/common/quota.h"

namespace Gateway {

/// What the name of a quota tells.
struct QuotaName
{
    enum class Period : std::uint8_t { Unknown, Minute, Day };

    QuotaKind kind = QuotaKind::None;
    Period period = Period::Unknown;
    KeyTier tier = KeyTier::Unknown;
};

/// Reads a `quotaId` ("GenerateContentInputTokensPerModelPerMinute-FreeTier") and the `quotaMetric` that goes
/// with it ("…/generate_content_free_tier_input_token_count"); either may be empty. An id that names no tier
/// tells none: Google leaves it out for paid projects, but for some free ones too.
QuotaName readQuotaName(std::string_view id, std::string_view metric);

/// The same from a sentence in lower case ("… limit 'requests per day' …", and a metric's name inside it).
QuotaName readQuotaWords(std::string_view words);

} // namespace Gateway
