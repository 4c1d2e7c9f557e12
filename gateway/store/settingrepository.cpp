#include "gateway/store/settingrepository.h"

#include "gateway/store/sealedcolumns.h"
#include "gateway/store/storelog.h"

namespace Gateway {

namespace {

constexpr std::string_view LOAD = "SELECT name, value, sealed FROM settings ORDER BY name";
constexpr std::string_view SAVE = "INSERT INTO settings (name, value, sealed) VALUES (?, ?, ?) "
                                  "ON CONFLICT (name) DO UPDATE SET value = excluded.value, "
                                  "sealed = excluded.sealed";
constexpr std::string_view REMOVE = "DELETE FROM settings WHERE name = ?";

} // namespace

SettingRepository::SettingRepository(Database &database, const Sealer &sealer)
    : m_sealer(sealer)
    , m_load(database.prepare(LOAD))
    , m_save(database.prepare(SAVE))
    , m_remove(database.prepare(REMOVE))
{
}

Result<std::vector<std::pair<std::string, std::string>>> SettingRepository::load()
{
    std::vector<std::pair<std::string, std::string>> settings;
    Result<bool> row = m_load->step();
    for (; row && *row; row = m_load->step()) {
        std::string name = m_load->text(0);
        if (m_load->integer(2) == 0) {
            settings.emplace_back(std::move(name), m_load->text(1));
            continue;
        }
        const Result<Secret> value = m_sealer.open(SealedTable::SETTINGS, name, m_load->text(1));
        if (value)
            settings.emplace_back(std::move(name), value->reveal());
        else
            qCWarning(storeLog, "The stored setting %s is left out: %s", name.c_str(),
                      value.error().text.c_str());
    }
    m_load->reset();
    if (!row)
        return fail(std::move(row.error()));
    return settings;
}

Result<void> SettingRepository::save(const std::string &name, const std::string &value)
{
    const bool isSealed = isSealedSetting(name) && !value.empty();
    const std::string sealed = isSealed ? m_sealer.seal(SealedTable::SETTINGS, name, value) : std::string();
    m_save->bindText(0, name);
    if (isSealed)
        m_save->bindBlob(1, sealed);
    else
        m_save->bindText(1, value);
    m_save->bind(2, isSealed);
    return m_save->run();
}

Result<void> SettingRepository::remove(const std::string &name)
{
    m_remove->bindText(0, name);
    return m_remove->run();
}

} // namespace Gateway
