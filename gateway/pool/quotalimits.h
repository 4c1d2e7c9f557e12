#pragma once

#include <array>
#include <cstdint>

#include "gateway/common/quota.h"
#include "gateway/pool/poolviews.h"
#include "gateway/pool/quotabook.h"

namespace Gateway {

using LimitViews = std::array<LimitView, QUOTA_KINDS>;

/// The limits in force for one scope and model: the smaller of what Google said and what the user set, else
/// what others of the same tier were told. `entry` may be null.
LimitViews limitsInForce(const QuotaBook &book, const QuotaEntry *entry, const ScopeState &scope);

/// Whether some limit may be in force; false is certain.
bool mayBeLimited(const QuotaBook &book, const QuotaEntry *entry, const ScopeState &scope);

/// A limit that leaves no room.
struct Exhaustion
{
    QuotaKind by = QuotaKind::None; ///< None: there is room.
    LimitSource source = LimitSource::None;
    std::int64_t untilMs = 0; ///< When there is room again, ms since 1970 UTC.
};

/// Whether a request of `tokens` input tokens (0: of the smallest size) would exceed a limit. One that is
/// larger than a whole minute's tokens has room once the minute is empty: the estimate may be wrong.
Exhaustion exhaustionOf(const QuotaBook &book, const QuotaEntry &entry, const LimitViews &limits,
                        std::int64_t tokens, const PoolMoment &now);

} // namespace Gateway
