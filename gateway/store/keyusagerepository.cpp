#include "gateway/store/keyusagerepository.h"

#include <algorithm>
#include <cstddef>

#include "gateway/common/usage.h"

namespace Gateway {

namespace {

constexpr int FIRST_FAILED_STATUS = 400;
constexpr std::string_view ADD =
    "INSERT INTO key_usage (start, key_id, requests, failed) VALUES (?, ?, ?, ?) "
    "ON CONFLICT (start, key_id) DO UPDATE SET requests = requests + excluded.requests, "
    "failed = failed + excluded.failed";
constexpr std::string_view DROP = "DELETE FROM key_usage WHERE (start, key_id) IN "
                                  "(SELECT start, key_id FROM key_usage WHERE start < ? LIMIT ?)";

} // namespace

KeyUsageRepository::KeyUsageRepository(Database &database)
    : m_add(database.prepare(ADD))
    , m_drop(database.prepare(DROP))
{
}

void KeyUsageRepository::add(const RequestRecord &record)
{
    if (record.keyId != 0)
        m_waiting.push_back({record.timeMs / KEY_HISTORY_STEP_MS, record.keyId,
                             record.status >= FIRST_FAILED_STATUS || !record.error.empty()});
}

/// Sorted, so that neighbours in the table are written one after another.
Result<void> KeyUsageRepository::write()
{
    std::sort(m_waiting.begin(), m_waiting.end());
    for (std::size_t from = 0; from < m_waiting.size();) {
        const Entry &first = m_waiting[from];
        std::size_t to = from;
        std::int64_t failed = 0;
        for (; to < m_waiting.size() && m_waiting[to].start == first.start && m_waiting[to].key == first.key;
             ++to)
            failed += m_waiting[to].hasFailed ? 1 : 0;
        int at = 0;
        for (const std::int64_t number :
             {first.start, first.key, static_cast<std::int64_t>(to - from), failed})
            m_add->bind(at++, number);
        if (Result<void> done = m_add->run(); !done)
            return done;
        from = to;
    }
    m_waiting.clear();
    return {};
}

Result<std::int64_t> KeyUsageRepository::drop(std::int64_t timeMs, std::int64_t limit)
{
    m_drop->bind(0, timeMs / KEY_HISTORY_STEP_MS);
    m_drop->bind(1, limit);
    if (Result<void> done = m_drop->run(); !done)
        return fail(std::move(done.error()));
    return m_drop->changes();
}

} // namespace Gateway
