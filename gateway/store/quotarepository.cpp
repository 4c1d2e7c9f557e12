#include "gateway/store/quotarepository.h"

#include <algorithm>
#include <utility>

#include "gateway/common/json.h"

namespace Gateway {

namespace {

constexpr std::string_view LOAD =
    "SELECT scope, model, day, day_requests, day_tokens, limits, "
    "unavailable_until_ms, unavailable_reason, unavailable_tries, tier, tier_ms FROM quotas";
constexpr std::string_view SAVE =
    "INSERT INTO quotas (scope, model, day, day_requests, day_tokens, limits, unavailable_until_ms, "
    "unavailable_reason, unavailable_tries, tier, tier_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (scope, model) DO UPDATE SET day = excluded.day, day_requests = excluded.day_requests, "
    "day_tokens = excluded.day_tokens, limits = excluded.limits, "
    "unavailable_until_ms = excluded.unavailable_until_ms, "
    "unavailable_reason = excluded.unavailable_reason, unavailable_tries = excluded.unavailable_tries, "
    "tier = excluded.tier, tier_ms = excluded.tier_ms";
// A scope "#17" is key 17's own; a project may have such a name too and is then a little forgetful.
constexpr std::string_view DROP_STALE =
    "DELETE FROM quotas WHERE (day < ? AND limits = '' AND unavailable_until_ms = 0 AND tier = 0) "
    "OR (scope GLOB '#[0-9]*' AND CAST(substr(scope, 2) AS INTEGER) IN "
    "(SELECT id FROM keys WHERE deleted_ms > 0 AND secret = ''))";
constexpr std::string_view LOAD_MODELS =
    "SELECT model, open_until_ms, failures, reason FROM model_states ORDER BY model";
constexpr std::string_view SAVE_MODEL =
    "INSERT INTO model_states (model, open_until_ms, failures, reason) VALUES (?, ?, ?, ?) "
    "ON CONFLICT (model) DO UPDATE SET open_until_ms = excluded.open_until_ms, "
    "failures = excluded.failures, reason = excluded.reason";
constexpr std::string_view REMOVE_MODEL = "DELETE FROM model_states WHERE model = ?";

} // namespace

std::string columnOfLimits(const std::array<LearnedLimit, QUOTA_KINDS> &limits)
{
    std::string column;
    for (std::size_t kind = 0; kind < limits.size(); ++kind) {
        const std::string_view name = quotaKindName(static_cast<QuotaKind>(kind));
        if (name.empty() || limits[kind] == LearnedLimit())
            continue;
        column += column.empty() ? "{" : ",";
        appendJsonString(column, name);
        column += ":[" + std::to_string(limits[kind].value) + ',' + std::to_string(limits[kind].learnedMs);
        column += ']';
    }
    if (!column.empty())
        column += '}';
    return column;
}

std::array<LearnedLimit, QUOTA_KINDS> limitsOfColumn(std::string_view column)
{
    std::array<LearnedLimit, QUOTA_KINDS> limits{};
    if (column.empty())
        return limits;
    const Result<json::object> object = parseJsonObject(column);
    if (!object)
        return limits;
    for (std::size_t kind = 0; kind < limits.size(); ++kind) {
        const std::string_view name = quotaKindName(static_cast<QuotaKind>(kind));
        const json::array *pair = name.empty() ? nullptr : arrayAt(*object, name);
        if (pair && pair->size() == 2 && (*pair)[0].is_int64() && (*pair)[1].is_int64())
            limits[kind] = {(*pair)[0].get_int64(), (*pair)[1].get_int64()};
    }
    return limits;
}

QuotaRepository::QuotaRepository(Database &database)
    : m_load(database.prepare(LOAD))
    , m_save(database.prepare(SAVE))
    , m_dropStale(database.prepare(DROP_STALE))
    , m_loadModels(database.prepare(LOAD_MODELS))
    , m_saveModel(database.prepare(SAVE_MODEL))
    , m_removeModel(database.prepare(REMOVE_MODEL))
{
}

Result<std::vector<QuotaRow>> QuotaRepository::load()
{
    return m_load->collect<QuotaRow>([](Statement &statement) {
        QuotaRow row;
        row.scope = statement.text(0);
        row.model = statement.text(1);
        row.day = statement.integer(2);
        row.dayRequests = statement.integer(3);
        row.dayTokens = statement.integer(4);
        row.limits = limitsOfColumn(statement.text(5));
        row.unavailableUntilMs = statement.integer(6);
        row.unavailableReason = statement.text(7);
        row.unavailableTries = static_cast<int>(statement.integer(8));
        row.tier = static_cast<KeyTier>(std::clamp<std::int64_t>(statement.integer(9), 0, 2));
        row.tierMs = statement.integer(10);
        return row;
    });
}

Result<void> QuotaRepository::save(const QuotaRow &row)
{
    const std::string limits = columnOfLimits(row.limits);
    m_save->bindText(0, row.scope);
    m_save->bindText(1, row.model);
    m_save->bind(2, row.day);
    m_save->bind(3, row.dayRequests);
    m_save->bind(4, row.dayTokens);
    m_save->bindText(5, limits);
    m_save->bind(6, row.unavailableUntilMs);
    m_save->bindText(7, row.unavailableReason);
    m_save->bind(8, row.unavailableTries);
    m_save->bind(9, static_cast<std::int64_t>(row.tier));
    m_save->bind(10, row.tierMs);
    return m_save->run();
}

Result<std::int64_t> QuotaRepository::dropStale(std::int64_t day)
{
    m_dropStale->bind(0, day);
    if (Result<void> done = m_dropStale->run(); !done)
        return fail(std::move(done.error()));
    return m_dropStale->changes();
}

Result<std::vector<ModelStateRow>> QuotaRepository::loadModels()
{
    return m_loadModels->collect<ModelStateRow>([](Statement &statement) {
        return ModelStateRow{statement.text(0), statement.integer(1), static_cast<int>(statement.integer(2)),
                             statement.text(3)};
    });
}

Result<void> QuotaRepository::saveModel(const ModelStateRow &row)
{
    if (row.openUntilMs == 0 && row.failures == 0) {
        m_removeModel->bindText(0, row.model);
        return m_removeModel->run();
    }
    m_saveModel->bindText(0, row.model);
    m_saveModel->bind(1, row.openUntilMs);
    m_saveModel->bind(2, row.failures);
    m_saveModel->bindText(3, row.reason);
    return m_saveModel->run();
}

} // namespace Gateway
