#include "gateway/store/statement.h"

namespace Gateway {

Result<void> Statement::run()
{
    Result<bool> row = step();
    while (row && *row)
        row = step();
    reset();
    if (!row)
        return tl::unexpected<Error>(std::move(row.error()));
    return {};
}

Result<std::int64_t> Statement::value(std::int64_t otherwise)
{
    const Result<bool> row = step();
    const std::int64_t found = row && *row && !isNull(0) ? integer(0) : otherwise;
    reset();
    if (!row)
        return tl::unexpected<Error>(row.error());
    return found;
}

} // namespace Gateway
