#include "gateway/store/tokenrepository.h"

#include <algorithm>
#include <string>
#include <utility>

#include "gateway/store/textlist.h"

namespace Gateway {

namespace {

#define TOKEN_COLUMNS                                                                                        \
    "name, digest, hint, note, enabled, created_ms, expires_ms, models, dialects, tags, networks, "          \
    "minute_requests, minute_tokens, day_requests, day_tokens, month_micro_usd, parameters"
constexpr std::string_view LOAD =
    "SELECT id, " TOKEN_COLUMNS ", owner FROM access_tokens WHERE deleted_ms = 0 ORDER BY id";
constexpr std::string_view FIND =
    "SELECT id, " TOKEN_COLUMNS ", owner FROM access_tokens WHERE id = ? AND deleted_ms = 0";
constexpr std::string_view ADD =
    "INSERT INTO access_tokens (" TOKEN_COLUMNS
    ", owner) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id";
constexpr std::string_view CHANGE =
    "UPDATE access_tokens SET (" TOKEN_COLUMNS
    ") = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) WHERE id = ? AND deleted_ms = 0";
#undef TOKEN_COLUMNS
constexpr std::string_view NAME_OWNER = "SELECT id FROM access_tokens WHERE name = ? AND deleted_ms = 0";
constexpr std::string_view SET_OWNER = "UPDATE access_tokens SET owner = ? WHERE id = ? AND owner = ''";
constexpr std::string_view REMOVE = "UPDATE access_tokens SET deleted_ms = ? WHERE id = ? AND deleted_ms = 0";
constexpr std::string_view RESTORE =
    "UPDATE OR IGNORE access_tokens SET deleted_ms = 0 WHERE id = ? AND deleted_ms > 0";
constexpr std::string_view DROP = "DELETE FROM access_tokens WHERE id IN "
                                  "(SELECT id FROM access_tokens WHERE deleted_ms > 0 AND deleted_ms < ? "
                                  "LIMIT ?)";
constexpr std::string_view LOAD_USE =
    "SELECT token_id, day, day_requests, day_tokens, month, month_micro_usd, last_used_ms FROM token_use";
constexpr std::string_view SAVE_USE =
    "INSERT INTO token_use (token_id, day, day_requests, day_tokens, month, month_micro_usd, last_used_ms) "
    "SELECT id, ?, ?, ?, ?, ?, ? FROM access_tokens WHERE id = ? "
    "ON CONFLICT (token_id) DO UPDATE SET day = excluded.day, day_requests = excluded.day_requests, "
    "day_tokens = excluded.day_tokens, month = excluded.month, "
    "month_micro_usd = excluded.month_micro_usd, last_used_ms = excluded.last_used_ms";

constexpr Dialect DIALECTS[] = {Dialect::Gemini, Dialect::OpenAi, Dialect::Anthropic, Dialect::Ollama,
                                Dialect::Admin};

std::int64_t bitOf(Dialect dialect)
{
    return std::int64_t{1} << static_cast<int>(dialect);
}

TokenRow rowOf(Statement &statement)
{
    TokenRow row;
    TokenSettings &settings = row.settings;
    row.id = statement.integer(0);
    settings.name = statement.text(1);
    const std::string digest = statement.text(2);
    std::copy_n(digest.begin(), std::min(digest.size(), row.digest.size()), row.digest.begin());
    row.hint = statement.text(3);
    settings.note = statement.text(4);
    settings.enabled = statement.integer(5) != 0;
    row.createdMs = statement.integer(6);
    settings.expiresMs = statement.integer(7);
    settings.allowedModels = textsOfColumn(statement.text(8));
    for (const Dialect dialect : DIALECTS) {
        if ((statement.integer(9) & bitOf(dialect)) != 0)
            settings.allowedDialects.push_back(dialect);
    }
    settings.tags = textsOfColumn(statement.text(10));
    settings.networks = textsOfColumn(statement.text(11));
    settings.limits = {statement.integer(12), statement.integer(13), statement.integer(14),
                       statement.integer(15), statement.integer(16)};
    settings.parameters = statement.text(17);
    row.owner = statement.text(18);
    return row;
}

} // namespace

TokenRepository::TokenRepository(Database &database)
    : m_load(database.prepare(LOAD))
    , m_find(database.prepare(FIND))
    , m_nameOwner(database.prepare(NAME_OWNER))
    , m_add(database.prepare(ADD))
    , m_change(database.prepare(CHANGE))
    , m_setOwner(database.prepare(SET_OWNER))
    , m_remove(database.prepare(REMOVE))
    , m_restore(database.prepare(RESTORE))
    , m_drop(database.prepare(DROP))
    , m_loadUse(database.prepare(LOAD_USE))
    , m_saveUse(database.prepare(SAVE_USE))
{
}

Result<std::vector<TokenRow>> TokenRepository::load()
{
    return m_load->collect<TokenRow>(rowOf);
}

Result<void> TokenRepository::checkName(const TokenRow &row)
{
    m_nameOwner->bindText(0, row.settings.name);
    const Result<std::int64_t> owner = m_nameOwner->value(0);
    if (!owner)
        return fail(owner.error());
    if (*owner != 0 && *owner != row.id)
        return fail(Error{409, "name_taken", "Another access token has this name.", "name", 0});
    return {};
}

/// Reads the new id into `id` when that is not null.
Result<void> TokenRepository::write(Statement &statement, const TokenRow &row, std::int64_t *id)
{
    const TokenSettings &settings = row.settings;
    const std::string models = columnOfTexts(settings.allowedModels);
    const std::string tags = columnOfTexts(settings.tags);
    const std::string networks = columnOfTexts(settings.networks);
    std::int64_t dialects = 0;
    for (const Dialect dialect : settings.allowedDialects)
        dialects |= bitOf(dialect);
    statement.bindText(0, settings.name);
    statement.bindBlob(1, {reinterpret_cast<const char *>(row.digest.data()), row.digest.size()});
    statement.bindText(2, row.hint);
    statement.bindText(3, settings.note);
    statement.bind(4, settings.enabled);
    statement.bind(5, row.createdMs);
    statement.bind(6, settings.expiresMs);
    statement.bindText(7, models);
    statement.bind(8, dialects);
    statement.bindText(9, tags);
    statement.bindText(10, networks);
    const TokenLimits &limits = settings.limits;
    int at = 11;
    for (const std::int64_t limit : {limits.minuteRequests, limits.minuteTokens, limits.dayRequests,
                                     limits.dayTokens, limits.monthMicroUsd})
        statement.bind(at++, limit);
    statement.bindText(at++, settings.parameters);
    if (!id) {
        statement.bind(at, row.id);
        return statement.run();
    }
    statement.bindText(at, row.owner);
    const Result<std::int64_t> given = statement.value(0);
    if (!given)
        return fail(given.error());
    *id = *given;
    return {};
}

Result<TokenRow> TokenRepository::save(const TokenRow &row)
{
    if (Result<void> free = checkName(row); !free)
        return fail(std::move(free.error()));
    if (row.id != 0)
        return change(row);
    TokenRow saved = row;
    if (Result<void> done = write(*m_add, row, &saved.id); !done)
        return fail(std::move(done.error()));
    return saved;
}

Result<TokenRow> TokenRepository::change(const TokenRow &row)
{
    if (Result<void> done = write(*m_change, row, nullptr); !done)
        return fail(std::move(done.error()));
    m_find->bind(0, row.id);
    Result<std::vector<TokenRow>> found = m_find->collect<TokenRow>(rowOf);
    if (!found)
        return fail(std::move(found.error()));
    if (found->empty())
        return fail(404, "no_such_token", "There is no such access token.");
    return std::move(found->front());
}

Result<void> TokenRepository::setOwner(TokenId id, std::string_view owner)
{
    m_setOwner->bindText(0, owner);
    m_setOwner->bind(1, id);
    return m_setOwner->run();
}

Result<void> TokenRepository::remove(TokenId id, std::int64_t nowMs)
{
    m_remove->bind(0, nowMs);
    m_remove->bind(1, id);
    return m_remove->run();
}

Result<std::vector<TokenRow>> TokenRepository::restore(const std::vector<TokenId> &ids)
{
    std::vector<TokenRow> rows;
    for (const TokenId id : ids) {
        m_restore->bind(0, id);
        if (Result<void> done = m_restore->run(); !done)
            return fail(std::move(done.error()));
        if (m_restore->changes() == 0)
            continue;
        m_find->bind(0, id);
        Result<std::vector<TokenRow>> found = m_find->collect<TokenRow>(rowOf);
        if (!found)
            return found;
        rows.insert(rows.end(), found->begin(), found->end());
    }
    return rows;
}

Result<std::int64_t> TokenRepository::dropDeleted(std::int64_t timeMs, std::int64_t limit)
{
    m_drop->bind(0, timeMs);
    m_drop->bind(1, limit);
    if (Result<void> done = m_drop->run(); !done)
        return fail(std::move(done.error()));
    return m_drop->changes();
}

Result<std::vector<TokenUse>> TokenRepository::loadUse()
{
    return m_loadUse->collect<TokenUse>([](Statement &statement) {
        return TokenUse{statement.integer(0), statement.integer(1), statement.integer(2),
                        statement.integer(3), statement.integer(4), statement.integer(5),
                        statement.integer(6)};
    });
}

Result<void> TokenRepository::saveUse(const TokenUse &use)
{
    int at = 0;
    for (const std::int64_t number :
         {use.day, use.dayRequests, use.dayTokens, use.month, use.monthMicroUsd, use.lastUsedMs, use.id})
        m_saveUse->bind(at++, number);
    return m_saveUse->run();
}

} // namespace Gateway
