#pragma once

#include <string>
#include <utility>
#include <vector>

#include "gateway/store/database.h"
#include "gateway/store/sealer.h"

namespace Gateway {

/// The table `settings`: texts as a user set them; secret ones are sealed.
class SettingRepository
{
public:
    /// `sealer` outlives this.
    SettingRepository(Database &database, const Sealer &sealer);

    /// One that does not open is left out, as if it had never been set.
    Result<std::vector<std::pair<std::string, std::string>>> load();
    Result<void> save(const std::string &name, const std::string &value);
    Result<void> remove(const std::string &name);

private:
    const Sealer &m_sealer;
    StatementPtr m_load;
    StatementPtr m_save;
    StatementPtr m_remove;
};

} // namespace Gateway
