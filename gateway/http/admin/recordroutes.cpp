#include "gateway/control/control.h"
#include "gateway/http/admin/adminroutetable.h"

namespace Gateway {

namespace {

constexpr std::int64_t ANY = INT64_MAX;
constexpr int LAST_STATUS = 599;
constexpr int LONGEST_PAGE = 1'000;

void requests(AdminCall &call)
{
    RequestQuery wanted;
    RequestFilter &filter = wanted.filter;
    call.query.take("from", filter.fromMs, 0, ANY);
    call.query.take("until", filter.untilMs, 0, ANY);
    call.query.take("statusFrom", filter.statusFrom, 0, LAST_STATUS);
    call.query.take("statusTo", filter.statusTo, 0, LAST_STATUS);
    call.query.take("model", filter.model);
    call.query.take("token", filter.token);
    call.query.take("key", filter.keyId, 0, ANY);
    call.query.takeWord("dialect", filter.dialect);
    call.query.take("minDurationMs", filter.minDurationMs, 0, ANY);
    call.query.take("failed", filter.failedOnly);
    call.query.take("retried", filter.retriedOnly);
    call.query.take("error", filter.errorText);
    call.query.take("cursor", wanted.before, 0, ANY);
    call.query.take("after", wanted.after, 0, ANY);
    call.query.take("limit", wanted.limit, 1, LONGEST_PAGE);
    if (filter.statusFrom > 0 && filter.statusTo == 0)
        filter.statusTo = LAST_STATUS;
    if (call.queryIsSound())
        call.control.records().requests(std::move(wanted), call.answer.reply<RequestViewPage>());
}

void request(AdminCall &call)
{
    if (call.queryIsSound())
        call.control.records().request(call.segments.front(), call.answer.reply<RequestDetail>());
}

void deleteRequests(AdminCall &call)
{
    RequestDeletion which;
    if (call.queryIsSound() && call.takeBody(which))
        call.control.records().deleteRequests(std::move(which), call.answer.reply<DeletedCount>());
}

void stats(AdminCall &call)
{
    StatsQuery wanted;
    call.query.take("from", wanted.fromMs, 0, ANY);
    call.query.take("until", wanted.untilMs, 0, ANY);
    call.query.takeWord("step", wanted.step);
    call.query.take("model", wanted.model);
    if (call.queryIsSound())
        call.control.records().stats(std::move(wanted), call.answer.reply<UsageStats>());
}

void audit(AdminCall &call)
{
    AuditQuery wanted;
    call.query.take("cursor", wanted.before, 0, ANY);
    call.query.take("limit", wanted.limit, 1, LONGEST_PAGE);
    call.query.take("action", wanted.action);
    call.query.take("object", wanted.object);
    if (call.queryIsSound())
        call.control.records().audit(std::move(wanted), call.answer.reply<AuditPage>());
}

void log(AdminCall &call)
{
    LogQuery wanted;
    std::int64_t after = 0;
    std::int64_t limit = LONGEST_PAGE;
    call.query.take("after", after, 0, ANY);
    call.query.takeWord("level", wanted.level);
    call.query.take("category", wanted.category);
    call.query.take("search", wanted.search);
    call.query.take("limit", limit, 1, 20 * LONGEST_PAGE);
    wanted.after = static_cast<std::uint64_t>(after);
    wanted.limit = static_cast<std::size_t>(limit);
    if (call.queryIsSound())
        call.control.records().log(std::move(wanted), call.answer.reply<LogPage>());
}

constexpr AdminRoute ROUTES[] = {
    {"GET", "/requests", requests},     {"POST", "/requests/delete", deleteRequests},
    {"GET", "/requests/{id}", request}, {"GET", "/stats", stats},
    {"GET", "/audit", audit},           {"GET", "/log", log},
};

} // namespace

std::span<const AdminRoute> recordRoutes()
{
    return ROUTES;
}

} // namespace Gateway
