#include "gateway/control/commands/recordcommands.h"

#include "gateway/control/commands/unsupported.h"

namespace Gateway {

void RecordCommands::requests(RequestQuery, Reply<RequestViewPage> reply)
{
    notSupported(reply);
}

void RecordCommands::request(std::string, Reply<RequestDetail> reply)
{
    notSupported(reply);
}

void RecordCommands::deleteRequests(RequestDeletion, Reply<DeletedCount> reply)
{
    notSupported(reply);
}

void RecordCommands::stats(StatsQuery, Reply<UsageStats> reply)
{
    notSupported(reply);
}

void RecordCommands::audit(AuditQuery, Reply<AuditPage> reply)
{
    notSupported(reply);
}

void RecordCommands::log(LogQuery, Reply<LogPage> reply)
{
    notSupported(reply);
}

} // namespace Gateway
