#pragma once

#include <string>

#include "gateway/control/reply.h"
#include "gateway/control/values/auditpage.h"
#include "gateway/control/values/logquery.h"
#include "gateway/control/values/requestview.h"
#include "gateway/control/values/usagestats.h"

namespace Gateway {

/// What has been: requests, sums over them, the audit, the program's log.
class RecordCommands
{
public:
    virtual ~RecordCommands() = default;

    /// Newest first, a page at a time.
    virtual void requests(RequestQuery query, Reply<RequestViewPage> reply);
    /// By RequestView::id or, as text, RequestView::seq; 404 "unknown_request".
    virtual void request(std::string id, Reply<RequestDetail> reply);
    virtual void deleteRequests(RequestDeletion which, Reply<DeletedCount> reply);
    virtual void stats(StatsQuery query, Reply<UsageStats> reply);

    virtual void audit(AuditQuery query, Reply<AuditPage> reply);
    virtual void log(LogQuery query, Reply<LogPage> reply);
};

} // namespace Gateway
