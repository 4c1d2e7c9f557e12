#pragma once

#include <QObject>

#include "gateway/control/commands/recordcommands.h"
#include "gateway/control/local/audittrail.h"
#include "gateway/control/local/localparts.h"

namespace Gateway {

/// What this process has recorded: the store's reader answers, the pool names the keys.
class LocalRecords final : public RecordCommands
{
public:
    /// Answers of the store come into the thread of `context`; all outlive this.
    LocalRecords(const LocalParts &parts, const AuditTrail &audit, QObject &context);

    void requests(RequestQuery query, Reply<RequestViewPage> reply) override;
    void request(std::string id, Reply<RequestDetail> reply) override;
    void deleteRequests(RequestDeletion which, Reply<DeletedCount> reply) override;
    void stats(StatsQuery query, Reply<UsageStats> reply) override;
    void audit(AuditQuery query, Reply<AuditPage> reply) override;
    void log(LogQuery query, Reply<LogPage> reply) override;

private:
    void detail(const Result<std::optional<RequestRow>> &row, const Reply<RequestDetail> &reply) const;

    const LocalParts &m_parts;
    const AuditTrail &m_audit;
    QObject &m_context;
};

} // namespace Gateway
