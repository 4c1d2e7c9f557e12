#pragma once

#include <string>
#include <utility>
#include <vector>

#include "gateway/store/database.h"

namespace Gateway {

/// The table `settings`: texts as a user set them.
class SettingRepository
{
public:
    explicit SettingRepository(Database &database);

    Result<std::vector<std::pair<std::string, std::string>>> load();
    Result<void> save(const std::string &name, const std::string &value);
    Result<void> remove(const std::string &name);

private:
    StatementPtr m_load;
    StatementPtr m_save;
    StatementPtr m_remove;
};

} // namespace Gateway
