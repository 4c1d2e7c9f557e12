#include "gateway/store/usagereader.h"

#include <map>
#include <string>
#include <utility>

#include "gateway/store/usagesum.h"

namespace Gateway {

namespace {

constexpr std::int64_t MS_PER_MINUTE = 60'000;
constexpr std::int64_t MS_PER_HOUR = 3'600'000;
constexpr std::int64_t MS_PER_DAY = 86'400'000;

std::string sqlFor(const std::string &table)
{
    return "SELECT start, coalesce(text, ''), " + std::string(USAGE_COLUMNS) + " FROM " + table +
           " LEFT JOIN names ON names.id = model WHERE start >= ?1 AND start < ?2 AND (?3 = '' OR text = ?3)";
}

std::int64_t stepMs(UsageStep step)
{
    switch (step) {
    case UsageStep::Minute:
        return MS_PER_MINUTE;
    case UsageStep::Hour:
        return MS_PER_HOUR;
    case UsageStep::Day:
        break;
    }
    return MS_PER_DAY;
}

std::int64_t roundedUp(std::int64_t value, std::int64_t unit)
{
    return value / unit + (value % unit > 0 ? 1 : 0);
}

} // namespace

UsageReader::UsageReader(Database &database)
    : m_minutes(database.prepare(sqlFor("usage_minutes")))
    , m_hours(database.prepare(sqlFor("usage_hours")))
{
}

Result<UsageReport> UsageReader::read(const UsageQuery &query)
{
    const bool isMinutes = query.step == UsageStep::Minute;
    const std::int64_t rowMs = isMinutes ? MS_PER_MINUTE : MS_PER_HOUR;
    const std::int64_t pointMs = stepMs(query.step);
    Statement &rows = isMinutes ? *m_minutes : *m_hours;
    rows.bind(0, query.fromMs / pointMs * (pointMs / rowMs));
    rows.bind(1, roundedUp(query.untilMs, rowMs));
    rows.bindText(2, query.model);
    UsageSum total;
    std::map<std::pair<std::int64_t, std::string>, UsageSum> points;
    Result<bool> row = rows.step();
    for (; row && *row; row = rows.step()) {
        const std::int64_t startMs = rows.integer(0) * rowMs / pointMs * pointMs;
        std::string model = query.isPerModel ? rows.text(1) : std::string();
        points[{startMs, std::move(model)}].addRow(rows, 2);
        total.addRow(rows, 2);
    }
    rows.reset();
    if (!row)
        return fail(std::move(row.error()));
    UsageReport report;
    report.total = total.told();
    report.points.reserve(points.size());
    for (const auto &[key, sum] : points)
        report.points.push_back({key.first, key.second, sum.told()});
    return report;
}

} // namespace Gateway
