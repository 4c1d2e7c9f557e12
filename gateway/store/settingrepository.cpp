#include "gateway/store/settingrepository.h"

namespace Gateway {

namespace {

constexpr std::string_view LOAD = "SELECT name, value FROM settings ORDER BY name";
constexpr std::string_view SAVE = "INSERT INTO settings (name, value) VALUES (?, ?) "
                                  "ON CONFLICT (name) DO UPDATE SET value = excluded.value";
constexpr std::string_view REMOVE = "DELETE FROM settings WHERE name = ?";

} // namespace

SettingRepository::SettingRepository(Database &database)
    : m_load(database.prepare(LOAD))
    , m_save(database.prepare(SAVE))
    , m_remove(database.prepare(REMOVE))
{
}

Result<std::vector<std::pair<std::string, std::string>>> SettingRepository::load()
{
    std::vector<std::pair<std::string, std::string>> settings;
    Result<bool> row = m_load->step();
    for (; row && *row; row = m_load->step())
        settings.emplace_back(m_load->text(0), m_load->text(1));
    m_load->reset();
    if (!row)
        return fail(std::move(row.error()));
    return settings;
}

Result<void> SettingRepository::save(const std::string &name, const std::string &value)
{
    m_save->bindText(0, name);
    m_save->bindText(1, value);
    return m_save->run();
}

Result<void> SettingRepository::remove(const std::string &name)
{
    m_remove->bindText(0, name);
    return m_remove->run();
}

} // namespace Gateway
