#include "gateway/relay/collectingdown.h"

#include <utility>

namespace Gateway {

namespace {

constexpr int BROKEN = 502;

} // namespace

CollectingDown::CollectingDown(Done done)
    : m_done(std::move(done))
{
}

CollectingDown::~CollectingDown()
{
    tell(BROKEN, {});
}

void CollectingDown::send(int status, std::string_view, const Headers &, std::string_view body)
{
    tell(status, std::string(body));
}

void CollectingDown::begin(int status, std::string_view, const Headers &, std::int64_t)
{
    m_status = status;
}

bool CollectingDown::write(std::string_view bytes)
{
    m_body += bytes;
    return true;
}

void CollectingDown::end()
{
    tell(m_status, std::move(m_body));
}

void CollectingDown::abort()
{
    tell(BROKEN, {});
}

void CollectingDown::tell(int status, std::string body)
{
    if (const Done done = std::exchange(m_done, nullptr))
        done(status, std::move(body));
}

} // namespace Gateway
