#include "gateway/control/local/localrecords.h"

#include <algorithm>
#include <utility>

#include "gateway/common/text.h"
#include "gateway/control/local/recordview.h"
#include "gateway/control/local/statsreading.h"
#include "gateway/store/store.h"
#include "gateway/telemetry/logring.h"

namespace Gateway {

namespace {

constexpr std::size_t ALL = SIZE_MAX;

/// Request ids of our own are words ("req_…"); a number may be a place in the log or an id that a client
/// gave.
bool isNumber(std::string_view id)
{
    constexpr std::size_t mostDigits = 18;
    return !id.empty() && id.size() <= mostDigits &&
           id.find_first_not_of("0123456789") == std::string_view::npos;
}

} // namespace

LocalRecords::LocalRecords(const LocalParts &parts, const AuditTrail &audit, QObject &context)
    : m_parts(parts)
    , m_audit(audit)
    , m_context(context)
{
}

void LocalRecords::requests(RequestQuery query, Reply<RequestViewPage> reply)
{
    const Reply<RequestPage> read{&m_context, [this, reply](const Result<RequestPage> &page) {
                                      if (!page) {
                                          reply(fail(page.error()));
                                          return;
                                      }
                                      RequestViewPage views;
                                      views.next = page->next;
                                      for (const RequestRow &row : page->rows)
                                          views.requests.push_back(requestView(row.record, row.seq));
                                      nameKeys(views.requests, m_parts.pool);
                                      reply(std::move(views));
                                  }};
    m_parts.store.readRequests(std::move(query), read);
}

void LocalRecords::detail(const Result<std::optional<RequestRow>> &row,
                          const Reply<RequestDetail> &reply) const
{
    if (!row) {
        reply(fail(row.error()));
        return;
    }
    if (!*row) {
        reply(fail(404, "unknown_request", "There is no such request in the log."));
        return;
    }
    const RequestRecord &record = (*row)->record;
    std::vector<RequestView> views{requestView(record, (*row)->seq)};
    nameKeys(views, m_parts.pool);
    RequestDetail detail;
    detail.request = std::move(views.front());
    detail.attempts = record.attempts;
    detail.hasBodies =
        !record.requestHead.empty() || !record.requestBody.empty() || !record.responseBody.empty();
    detail.requestHead = record.requestHead;
    detail.requestBody = record.requestBody;
    detail.sentBody = record.sentBody;
    detail.responseHead = record.responseHead;
    detail.responseBody = record.responseBody;
    reply(std::move(detail));
}

void LocalRecords::request(std::string id, Reply<RequestDetail> reply)
{
    const Reply<std::optional<RequestRow>> found{
        &m_context, [this, reply](const Result<std::optional<RequestRow>> &row) { detail(row, reply); }};
    if (!isNumber(id)) {
        m_parts.store.findRequest(std::move(id), found);
        return;
    }
    const Reply<std::optional<RequestRow>> atPlace{&m_context,
                                                   [this, id, found](Result<std::optional<RequestRow>> row) {
                                                       if (row && !*row)
                                                           m_parts.store.findRequest(id, found);
                                                       else
                                                           found(std::move(row));
                                                   }};
    m_parts.store.readRequest(std::stoll(id), atPlace);
}

void LocalRecords::deleteRequests(RequestDeletion which, Reply<DeletedCount> reply)
{
    if (which.seqs.empty() && which.beforeMs <= 0) {
        reply(fail(Error{422, "invalid_value", "Either \"seqs\" or \"before\" is needed.", "seqs", 0}));
        return;
    }
    const Reply<std::int64_t> deleted{&m_context, [reply](const Result<std::int64_t> &count) {
                                          if (count)
                                              reply(DeletedCount{*count});
                                          else
                                              reply(fail(count.error()));
                                      }};
    if (which.seqs.empty()) {
        m_audit.note("requests.delete", "all before a time", std::to_string(which.beforeMs));
        m_parts.store.deleteRequestsBefore(which.beforeMs, deleted);
    } else {
        m_audit.note("requests.delete", std::to_string(which.seqs.size()) + " requests");
        m_parts.store.deleteRequests(std::move(which.seqs), deleted);
    }
}

void LocalRecords::stats(StatsQuery query, Reply<UsageStats> reply)
{
    if (query.untilMs == 0)
        query.untilMs = m_parts.clock.nowMs();
    if (query.untilMs <= query.fromMs) {
        reply(fail(Error{422, "invalid_value", "\"until\" must be later than \"from\".", "until", 0}));
        return;
    }
    readStats(m_parts.store, m_context, std::move(query), std::move(reply));
}

void LocalRecords::audit(AuditQuery query, Reply<AuditPage> reply)
{
    const auto limit = static_cast<std::size_t>(query.limit);
    const Reply<std::vector<AuditRow>> read{&m_context, [limit, reply](Result<std::vector<AuditRow>> rows) {
                                                if (!rows) {
                                                    reply(fail(std::move(rows.error())));
                                                    return;
                                                }
                                                AuditPage page;
                                                page.rows = std::move(*rows);
                                                if (page.rows.size() >= limit)
                                                    page.next = page.rows.back().id;
                                                reply(std::move(page));
                                            }};
    m_parts.store.readAudit(std::move(query), read);
}

void LocalRecords::log(LogQuery query, Reply<LogPage> reply)
{
    if (!m_parts.log) {
        reply(fail(501, "not_supported", "This program keeps no lines of its log."));
        return;
    }
    LogPage page;
    page.lines = m_parts.log->after(query.after, ALL);
    page.last = page.lines.empty() ? query.after : page.lines.back().number;
    std::erase_if(page.lines, [&query](const LogLine &line) {
        return line.level < query.level || !line.category.starts_with(query.category) ||
               !containsIgnoreCase(line.text, query.search);
    });
    if (page.lines.size() > query.limit)
        page.lines.erase(page.lines.begin(), page.lines.end() - static_cast<std::ptrdiff_t>(query.limit));
    reply(std::move(page));
}

} // namespace Gateway
