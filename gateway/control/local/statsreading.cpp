#include "gateway/control/local/statsreading.h"

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "gateway/store/store.h"

namespace Gateway {

namespace {

UsageFigures figures(const UsageSums &sums, std::string model, std::int64_t startMs)
{
    return {std::move(model), startMs, sums, sums.costMicro};
}

/// Sums of what can be summed; percentiles cannot.
void add(UsageSums &sums, const UsageSums &more)
{
    sums.requests += more.requests;
    sums.failed += more.failed;
    sums.inputTokens += more.inputTokens;
    sums.cachedTokens += more.cachedTokens;
    sums.outputTokens += more.outputTokens;
    sums.bytesIn += more.bytesIn;
    sums.bytesOut += more.bytesOut;
    sums.costMicro += more.costMicro;
}

std::vector<UsageFigures> modelFigures(const UsageReport &report)
{
    std::map<std::string, UsageSums> sums;
    for (const UsagePoint &point : report.points)
        add(sums[point.model], point.sums);
    std::vector<UsageFigures> models;
    for (const auto &[model, sum] : sums)
        models.push_back(figures(sum, model, 0));
    std::stable_sort(models.begin(), models.end(), [](const UsageFigures &a, const UsageFigures &b) {
        return a.sums.requests > b.sums.requests;
    });
    return models;
}

/// Three questions one after the other: the span itself, its models, and the span before.
struct Reading
{
    Store &store;
    QObject &context;
    StatsQuery query;
    Reply<UsageStats> reply;
    UsageStats stats = {};
};

using ReadingPtr = std::shared_ptr<Reading>;

UsageQuery usageQuery(const StatsQuery &query)
{
    return {query.fromMs, query.untilMs, query.step, query.model, false};
}

/// Asks, and goes on with the report; an error ends the reading.
void ask(const ReadingPtr &reading, UsageQuery query, std::function<void(const UsageReport &)> next)
{
    const Reply<UsageReport> read{&reading->context,
                                  [reading, next = std::move(next)](const Result<UsageReport> &report) {
                                      if (report)
                                          next(*report);
                                      else
                                          reading->reply(fail(report.error()));
                                  }};
    reading->store.readUsage(std::move(query), read);
}

void readBefore(const ReadingPtr &reading)
{
    UsageQuery query = usageQuery(reading->query);
    query.untilMs = query.fromMs;
    query.fromMs = std::max<std::int64_t>(0, 2 * query.fromMs - reading->query.untilMs);
    ask(reading, std::move(query), [reading](const UsageReport &report) {
        reading->stats.before = figures(report.total, {}, 0);
        reading->reply(std::move(reading->stats));
    });
}

void readModels(const ReadingPtr &reading)
{
    UsageQuery query = usageQuery(reading->query);
    query.isPerModel = true;
    ask(reading, std::move(query), [reading](const UsageReport &report) {
        reading->stats.models = modelFigures(report);
        readBefore(reading);
    });
}

} // namespace

void readStats(Store &store, QObject &context, StatsQuery query, Reply<UsageStats> reply)
{
    const auto reading =
        std::make_shared<Reading>(Reading{store, context, std::move(query), std::move(reply)});
    reading->stats.fromMs = reading->query.fromMs;
    reading->stats.untilMs = reading->query.untilMs;
    ask(reading, usageQuery(reading->query), [reading](const UsageReport &report) {
        reading->stats.total = figures(report.total, {}, 0);
        for (const UsagePoint &point : report.points)
            reading->stats.points.push_back(figures(point.sums, {}, point.startMs));
        readModels(reading);
    });
}

} // namespace Gateway
