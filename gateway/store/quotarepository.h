#pragma once

#include <vector>

#include "gateway/common/quota.h"
#include "gateway/store/database.h"

namespace Gateway {

/// The tables `quotas` and `model_states`. Writing functions expect a transaction.
class QuotaRepository
{
public:
    explicit QuotaRepository(Database &database);

    Result<std::vector<QuotaRow>> load();
    Result<void> save(const QuotaRow &row);
    /// Drops rows of keys that are gone for good, and rows that tell nothing any more: of days before `day`
    /// (Google's), without limits, tier and unavailability.
    Result<std::int64_t> dropStale(std::int64_t day);

    Result<std::vector<ModelStateRow>> loadModels();
    /// A state without trouble is removed.
    Result<void> saveModel(const ModelStateRow &row);

private:
    StatementPtr m_load;
    StatementPtr m_save;
    StatementPtr m_dropStale;
    StatementPtr m_loadModels;
    StatementPtr m_saveModel;
    StatementPtr m_removeModel;
};

/// The learned limits as the column `limits` holds them, and back.
std::string columnOfLimits(const std::array<LearnedLimit, QUOTA_KINDS> &limits);
std::array<LearnedLimit, QUOTA_KINDS> limitsOfColumn(std::string_view column);

} // namespace Gateway
