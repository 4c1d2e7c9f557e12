#include "gateway/store/metarepository.h"

namespace Gateway {

namespace {

constexpr std::string_view FIND = "SELECT value FROM meta WHERE name = ?";
constexpr std::string_view PUT = "INSERT INTO meta (name, value) VALUES (?, ?) "
                                 "ON CONFLICT (name) DO UPDATE SET value = excluded.value";
constexpr std::string_view REMOVE = "DELETE FROM meta WHERE name = ?";

} // namespace

MetaRepository::MetaRepository(Database &database)
    : m_find(database.prepare(FIND))
    , m_put(database.prepare(PUT))
    , m_remove(database.prepare(REMOVE))
{
}

Result<std::optional<std::string>> MetaRepository::find(std::string_view name)
{
    m_find->bindText(0, name);
    const Result<bool> row = m_find->step();
    std::optional<std::string> value;
    if (row && *row)
        value = m_find->text(0);
    m_find->reset();
    if (!row)
        return fail(row.error());
    return value;
}

Result<void> MetaRepository::put(std::string_view name, std::string_view value)
{
    m_put->bindText(0, name);
    m_put->bindBlob(1, value);
    return m_put->run();
}

Result<void> MetaRepository::remove(std::string_view name)
{
    m_remove->bindText(0, name);
    return m_remove->run();
}

} // namespace Gateway
