#include "gateway/control/remote/remoterecords.h"

#include <utility>

#include "gateway/common/text.h"
#include "gateway/control/json/words.h"
#include "gateway/control/remote/remotecalls.h"

namespace Gateway {

RemoteRecords::RemoteRecords(RemoteCalls &calls)
    : m_calls(calls)
{
}

void RemoteRecords::requests(RequestQuery query, Reply<RequestViewPage> reply)
{
    const RequestFilter &filter = query.filter;
    RemoteQuery path("/requests");
    path.add("from", filter.fromMs)
        .add("until", filter.untilMs)
        .add("statusFrom", filter.statusFrom)
        .add("statusTo", filter.statusTo)
        .add("model", filter.model)
        .add("token", filter.token)
        .add("key", filter.keyId)
        .add("dialect", filter.dialect ? nameOf(*filter.dialect) : std::string_view())
        .add("minDurationMs", filter.minDurationMs)
        .addFlag("failed", filter.failedOnly)
        .addFlag("retried", filter.retriedOnly)
        .add("error", filter.errorText)
        .add("cursor", query.before)
        .add("after", query.after)
        .add("limit", query.limit);
    m_calls.call("GET", path.text(), nullptr, std::move(reply));
}

void RemoteRecords::request(std::string id, Reply<RequestDetail> reply)
{
    m_calls.call("GET", "/requests/" + percentEncoded(id), nullptr, std::move(reply));
}

void RemoteRecords::deleteRequests(RequestDeletion which, Reply<DeletedCount> reply)
{
    m_calls.call("POST", "/requests/delete", jsonOf(which), std::move(reply));
}

void RemoteRecords::stats(StatsQuery query, Reply<UsageStats> reply)
{
    RemoteQuery path("/stats");
    path.add("from", query.fromMs)
        .add("until", query.untilMs)
        .add("step", nameOf(query.step))
        .add("model", query.model);
    m_calls.call("GET", path.text(), nullptr, std::move(reply));
}

void RemoteRecords::audit(AuditQuery query, Reply<AuditPage> reply)
{
    RemoteQuery path("/audit");
    path.add("cursor", query.before)
        .add("limit", query.limit)
        .add("action", query.action)
        .add("object", query.object);
    m_calls.call("GET", path.text(), nullptr, std::move(reply));
}

void RemoteRecords::log(LogQuery query, Reply<LogPage> reply)
{
    RemoteQuery path("/log");
    path.add("after", static_cast<std::int64_t>(query.after))
        .add("level", nameOf(query.level))
        .add("category", query.category)
        .add("search", query.search)
        .add("limit", static_cast<std::int64_t>(query.limit));
    m_calls.call("GET", path.text(), nullptr, std::move(reply));
}

} // namespace Gateway
