#include "gateway/common/errorheaders.h"

namespace Gateway {

Headers errorHeaders(const Error &error)
{
    constexpr int UNAUTHORIZED = 401;
    constexpr std::int64_t MS_PER_SECOND = 1000;
    Headers headers;
    if (error.retryAfterMs > 0)
        headers.emplace_back("Retry-After",
                             std::to_string((error.retryAfterMs + MS_PER_SECOND - 1) / MS_PER_SECOND));
    if (error.status == UNAUTHORIZED)
        headers.emplace_back("x-should-retry", "false");
    return headers;
}

} // namespace Gateway
