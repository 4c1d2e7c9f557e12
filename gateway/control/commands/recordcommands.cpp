#include "gateway/control/commands/recordcommands.h"

#include "gateway/control/commands/unsupported.h"

namespace Gateway {

void RecordCommands::requests(RequestFilter, Reply<RequestPage> reply)
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

void RecordCommands::audit(std::int64_t, std::int64_t, Reply<AuditPage> reply)
{
    notSupported(reply);
}

void RecordCommands::log(LogQuery, Reply<LogPage> reply)
{
    notSupported(reply);
}

} // namespace Gateway
