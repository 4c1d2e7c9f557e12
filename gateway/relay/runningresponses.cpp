#include "gateway/relay/runningresponses.h"

namespace Gateway {

std::shared_ptr<ResponseLog> RunningResponses::begin(const std::string &id)
{
    auto log = std::make_shared<ResponseLog>();
    const std::lock_guard lock(m_mutex);
    m_logs.insert_or_assign(id, log);
    return log;
}

void RunningResponses::end(const std::string &id)
{
    std::shared_ptr<ResponseLog> log;
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_logs.find(id);
        if (found == m_logs.end())
            return;
        log = std::move(found->second);
        m_logs.erase(found);
    }
    log->end();
}

std::shared_ptr<ResponseLog> RunningResponses::find(const std::string &id) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_logs.find(id);
    return found == m_logs.end() ? nullptr : found->second;
}

} // namespace Gateway
