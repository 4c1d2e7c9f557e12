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
    abort();
}

void CollectingDown::send(int status, std::string_view contentType, const Headers &headers,
                          std::string_view body)
{
    tell({status, std::string(contentType), headers, std::string(body)});
}

void CollectingDown::begin(int status, std::string_view contentType, const Headers &headers, std::int64_t)
{
    m_answer = {status, std::string(contentType), headers, {}};
}

bool CollectingDown::write(std::string_view bytes)
{
    m_answer.body += bytes;
    return true;
}

void CollectingDown::end()
{
    tell(std::move(m_answer));
}

void CollectingDown::abort()
{
    tell({BROKEN, {}, {}, {}});
}

void CollectingDown::tell(CollectedAnswer answer)
{
    if (const Done done = std::exchange(m_done, nullptr))
        done(std::move(answer));
}

} // namespace Gateway
