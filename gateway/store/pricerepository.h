#pragma once

#include <vector>

#include "gateway/common/pricetable.h"
#include "gateway/store/database.h"

namespace Gateway {

/// The table `prices`: what the user set over the built-in ones.
class PriceRepository
{
public:
    explicit PriceRepository(Database &database);

    Result<std::vector<PriceRow>> load();
    /// Puts `rows` in place of all; a later row replaces an earlier one of the same model. Expects a
    /// transaction.
    Result<void> replace(const std::vector<PriceRow> &rows);

private:
    StatementPtr m_load;
    StatementPtr m_clear;
    StatementPtr m_put;
};

} // namespace Gateway
