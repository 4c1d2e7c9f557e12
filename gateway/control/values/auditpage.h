#pragma once

#include <cstdint>
#include <vector>

#include "gateway/common/auditrow.h"

namespace Gateway {

struct AuditPage
{
    std::vector<AuditRow> rows; ///< Newest first.
    std::int64_t next = 0;      ///< AuditQuery::before of the next page; 0: this is the last.
};

} // namespace Gateway
