#include "gateway/common/quota.h"

namespace Gateway {

std::string_view quotaKindName(QuotaKind kind)
{
    switch (kind) {
    case QuotaKind::MinuteRequests:
        return "minute_requests";
    case QuotaKind::MinuteTokens:
        return "minute_tokens";
    case QuotaKind::DayRequests:
        return "day_requests";
    case QuotaKind::DayTokens:
        return "day_tokens";
    case QuotaKind::Spend:
        return "spend";
    case QuotaKind::None:
    case QuotaKind::Count:
        break;
    }
    return {};
}

std::string quotaScope(std::string_view project, std::int64_t keyId)
{
    return project.empty() ? '#' + std::to_string(keyId) : std::string(project);
}

} // namespace Gateway
