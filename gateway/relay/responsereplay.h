#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include <QObject>

#include "gateway/relay/keptobjects.h"
#include "gateway/relay/relayjob.h"
#include "gateway/relay/runningresponses.h"

namespace Gateway {

/// Whether a kept response says that it is queued or runs.
bool isUnderWay(const json::object &response);

/// A response that does not run as it ended: one that still says it does was cut off with the gateway, and
/// failed.
json::object endedResponse(const json::object &response);

/// Tells a client the events of a response from one on, as they come while it runs:
/// GET /v1/responses/ID?stream=true. Kept alive by the job.
class ResponseReplay final : public std::enable_shared_from_this<ResponseReplay>
{
public:
    /// Under what name the events of the response `id` are kept.
    static std::string keyOf(const std::string &id) { return "events:" + id; }

    /// `objects` outlives this, and so does `context`, in whose thread it lives. `from`: number of the first
    /// event that is wanted.
    ResponseReplay(std::shared_ptr<RelayJob> job, KeptObjects &objects, QObject *context, std::string id,
                   std::size_t from);
    ~ResponseReplay();

    /// `log`: of the running response; null when it does not run.
    void start(std::shared_ptr<ResponseLog> log);

private:
    void goOn();
    void findRest();
    void tellRest(const json::object &kept, const Result<json::object> &events);

    std::weak_ptr<RelayJob> m_job;
    KeptObjects &m_objects;
    QObject *m_context;
    QObject *m_inbox; ///< The log wakes it.
    std::string m_id;
    std::string m_owner;
    std::size_t m_next;
    std::shared_ptr<ResponseLog> m_log;
    bool m_isWaiting = false; ///< For the log, not for the client.
};

} // namespace Gateway
