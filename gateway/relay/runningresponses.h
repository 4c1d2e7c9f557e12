#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "gateway/relay/responselog.h"

namespace Gateway {

/// The responses that run in the background, whichever worker runs them. One that is kept as running and is
/// not among them was cut off when the gateway was stopped.
class RunningResponses
{
public:
    /// From now until end() it runs.
    std::shared_ptr<ResponseLog> begin(const std::string &id);
    /// What it came to is kept by now: those who listen look there.
    void end(const std::string &id);
    /// Null when none of that id runs.
    std::shared_ptr<ResponseLog> find(const std::string &id) const;

private:
    mutable std::mutex m_mutex;
    std::unordered_map<std::string, std::shared_ptr<ResponseLog>> m_logs;
};

} // namespace Gateway
