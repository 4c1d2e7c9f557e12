#pragma once

#include "gateway/common/usage.h"
#include "gateway/store/database.h"

namespace Gateway {

/// Reads the roll-up of requests.
class UsageReader
{
public:
    explicit UsageReader(Database &database);

    Result<UsageReport> read(const UsageQuery &query);

private:
    StatementPtr m_minutes;
    StatementPtr m_hours;
};

} // namespace Gateway
