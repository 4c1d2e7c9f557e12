#pragma once

#include "gateway/control/commands/recordcommands.h"

namespace Gateway {

class RemoteCalls;

/// What a server has recorded.
class RemoteRecords final : public RecordCommands
{
public:
    /// `calls` outlives this.
    explicit RemoteRecords(RemoteCalls &calls);

    void requests(RequestQuery query, Reply<RequestViewPage> reply) override;
    void request(std::string id, Reply<RequestDetail> reply) override;
    void deleteRequests(RequestDeletion which, Reply<DeletedCount> reply) override;
    void stats(StatsQuery query, Reply<UsageStats> reply) override;
    void audit(AuditQuery query, Reply<AuditPage> reply) override;
    void log(LogQuery query, Reply<LogPage> reply) override;

private:
    RemoteCalls &m_calls;
};

} // namespace Gateway
