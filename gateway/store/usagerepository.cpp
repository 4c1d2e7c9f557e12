#include "gateway/store/usagerepository.h"

namespace Gateway {

namespace {

constexpr std::int64_t MS_PER_MINUTE = 60'000;
constexpr std::int64_t MINUTES_PER_HOUR = 60;

} // namespace

UsageRepository::Table UsageRepository::tableOf(Database &database, const std::string &name)
{
    const std::string columns(USAGE_COLUMNS);
    return {database.prepare("SELECT " + columns + " FROM " + name + " WHERE start = ? AND model = ?"),
            database.prepare("INSERT OR REPLACE INTO " + name + " (start, model, " + columns +
                             ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
            database.prepare("DELETE FROM " + name + " WHERE (start, model) IN (SELECT start, model FROM " +
                             name + " WHERE start < ? LIMIT ?)")};
}

UsageRepository::UsageRepository(Database &database)
    : m_minutes(tableOf(database, "usage_minutes"))
    , m_hours(tableOf(database, "usage_hours"))
{
}

void UsageRepository::add(const RequestRecord &record, std::int64_t model)
{
    const Sums::key_type key(record.timeMs / MS_PER_MINUTE, model);
    // Most requests come in the minute and for the model of the one before.
    if (m_last == m_waiting.end() || m_last->first != key)
        m_last = m_waiting.try_emplace(key).first;
    m_last->second.add(record);
}

/// Read and written in the transaction, so another process on the same file loses nothing.
Result<void> UsageRepository::addTo(Table &table, const Sums::key_type &key, const UsageSum &sum)
{
    UsageSum whole = sum;
    table.find->bind(0, key.first);
    table.find->bind(1, key.second);
    const Result<bool> row = table.find->step();
    if (row && *row)
        whole.addRow(*table.find, 0);
    table.find->reset();
    if (!row)
        return fail(row.error());
    const std::string durations = whole.durations.encoded();
    const std::string firstBytes = whole.firstBytes.encoded();
    int at = 0;
    for (const std::int64_t number :
         {key.first, key.second, whole.sums.requests, whole.sums.failed, whole.sums.inputTokens,
          whole.sums.cachedTokens, whole.sums.outputTokens, whole.sums.bytesIn, whole.sums.bytesOut,
          whole.sums.costMicro})
        table.put->bind(at++, number);
    table.put->bindBlob(at++, durations);
    table.put->bindBlob(at, firstBytes);
    return table.put->run();
}

Result<void> UsageRepository::write()
{
    Sums hours;
    for (const auto &[key, sum] : m_waiting) {
        if (Result<void> done = addTo(m_minutes, key, sum); !done)
            return done;
        hours[{key.first / MINUTES_PER_HOUR, key.second}].add(sum);
    }
    for (const auto &[key, sum] : hours) {
        if (Result<void> done = addTo(m_hours, key, sum); !done)
            return done;
    }
    forget();
    return {};
}

void UsageRepository::forget()
{
    m_waiting.clear();
    m_last = m_waiting.end();
}

Result<std::int64_t> UsageRepository::dropFrom(Table &table, std::int64_t start, std::int64_t limit)
{
    table.drop->bind(0, start);
    table.drop->bind(1, limit);
    if (Result<void> done = table.drop->run(); !done)
        return fail(std::move(done.error()));
    return table.drop->changes();
}

Result<std::int64_t> UsageRepository::drop(std::int64_t minutesBeforeMs, std::int64_t hoursBeforeMs,
                                           std::int64_t limit)
{
    const Result<std::int64_t> minutes = dropFrom(m_minutes, minutesBeforeMs / MS_PER_MINUTE, limit);
    if (!minutes)
        return minutes;
    return dropFrom(m_hours, hoursBeforeMs / MS_PER_MINUTE / MINUTES_PER_HOUR, limit)
        .map([&](std::int64_t hours) { return *minutes + hours; });
}

} // namespace Gateway
