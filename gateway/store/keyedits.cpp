// What a user does with stored keys: the second half of KeyRepository.
#include <algorithm>
#include <utility>

#include "gateway/store/keyrepository.h"

namespace Gateway {

Result<void> KeyRepository::saveSettings(const KeySettingsChange &change)
{
    m_fingerprint->bind(0, change.id);
    const Result<bool> row = m_fingerprint->step();
    const std::string fingerprint = row && *row ? m_fingerprint->text(0) : std::string();
    m_fingerprint->reset();
    if (!row)
        return fail(row.error());
    if (!*row)
        return {};
    m_binding.bind(*m_saveSettings, 0, change.settings, sealedProxy(change.settings.proxy, fingerprint));
    m_saveSettings->bind(KEY_SETTING_COUNT, change.id);
    return m_saveSettings->run();
}

/// Its rests stay until they are over: it may come back before that.
Result<void> KeyRepository::remove(KeyId id, std::int64_t nowMs)
{
    m_remove->bind(0, nowMs);
    m_remove->bind(1, id);
    return m_remove->run();
}

Result<std::vector<KeyRow>> KeyRepository::restore(std::vector<KeyId> ids, std::int64_t nowMs)
{
    std::vector<KeyRow> rows;
    std::ranges::sort(ids);
    for (const KeyId id : ids) {
        m_restore->bind(0, id);
        if (Result<void> done = m_restore->run(); !done)
            return fail(std::move(done.error()));
        if (m_restore->changes() == 0)
            continue;
        Result<std::optional<KeyRow>> row = find(id);
        if (!row)
            return fail(std::move(row.error()));
        if (*row)
            rows.push_back(std::move(**row));
    }
    if (Result<void> done = loadRests(rows, nowMs); !done)
        return fail(std::move(done.error()));
    return rows;
}

Result<std::int64_t> KeyRepository::wipeDeleted(std::int64_t timeMs, std::int64_t limit)
{
    m_wipe->bind(0, timeMs);
    m_wipe->bind(1, limit);
    if (Result<void> done = m_wipe->run(); !done)
        return fail(std::move(done.error()));
    return m_wipe->changes();
}

Result<std::int64_t> KeyRepository::dropEndedRests(std::int64_t nowMs, std::int64_t limit)
{
    m_dropRests->bind(0, nowMs);
    m_dropRests->bind(1, limit);
    if (Result<void> done = m_dropRests->run(); !done)
        return fail(std::move(done.error()));
    return m_dropRests->changes();
}

} // namespace Gateway
