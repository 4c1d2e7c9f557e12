#include "gateway/store/keyrepository.h"

#include <array>
#include <string_view>

#include <sodium.h>

namespace Gateway {

namespace {

constexpr std::string_view LOAD = "SELECT id, secret, label, state, reason, failures, since_ms, created_ms, "
                                  "last_used_ms, calls, failed_calls "
                                  "FROM keys WHERE deleted_ms = 0 ORDER BY id";
constexpr std::string_view LOAD_RESTS =
    "SELECT key_id, model, until_ms, reason FROM key_rests WHERE until_ms > ? ORDER BY key_id, model";
constexpr std::string_view ADD = "INSERT INTO keys (fingerprint, secret, created_ms) VALUES (?, ?, ?) "
                                 "ON CONFLICT (fingerprint) DO NOTHING RETURNING id";
constexpr std::string_view CHANGE =
    "UPDATE keys SET state = ?, reason = ?, failures = ?, since_ms = ? WHERE id = ? AND deleted_ms = 0";
constexpr std::string_view PUT_REST =
    "INSERT INTO key_rests (key_id, model, until_ms, reason) VALUES (?, ?, ?, ?) "
    "ON CONFLICT (key_id, model) DO UPDATE SET until_ms = excluded.until_ms, reason = excluded.reason";
constexpr std::string_view LIFT_REST = "DELETE FROM key_rests WHERE key_id = ? AND model = ?";
constexpr std::string_view COUNT =
    "UPDATE keys SET last_used_ms = max(last_used_ms, ?), calls = calls + ?, failed_calls = failed_calls + ? "
    "WHERE id = ?";
constexpr std::string_view REMOVE =
    "UPDATE keys SET secret = '', deleted_ms = ? WHERE id = ? AND deleted_ms = 0";
constexpr std::string_view REMOVE_RESTS = "DELETE FROM key_rests WHERE key_id = ?";
constexpr std::string_view DROP_RESTS = "DELETE FROM key_rests WHERE (key_id, model) IN "
                                        "(SELECT key_id, model FROM key_rests WHERE until_ms <= ? LIMIT ?)";

using Fingerprint = std::array<unsigned char, 32>;

std::string_view bytesOf(const Fingerprint &fingerprint)
{
    return {reinterpret_cast<const char *>(fingerprint.data()), fingerprint.size()};
}

/// Unkeyed: a key is random text of far more than 128 bits, so its hash tells nothing.
Fingerprint fingerprintOf(const std::string &secret)
{
    Fingerprint fingerprint{};
    crypto_generichash(fingerprint.data(), fingerprint.size(),
                       reinterpret_cast<const unsigned char *>(secret.data()), secret.size(), nullptr, 0);
    return fingerprint;
}

KeyRow rowOf(Statement &statement)
{
    KeyRow row;
    row.id = statement.integer(0);
    row.secret = Secret(statement.text(1));
    row.settings.label = statement.text(2);
    row.state = static_cast<KeyState>(statement.integer(3));
    row.reason = statement.text(4);
    row.failures = static_cast<int>(statement.integer(5));
    row.sinceMs = statement.integer(6);
    row.createdMs = statement.integer(7);
    row.lastUsedMs = statement.integer(8);
    row.calls = statement.integer(9);
    row.failedCalls = statement.integer(10);
    return row;
}

} // namespace

KeyRepository::KeyRepository(Database &database)
    : m_load(database.prepare(LOAD))
    , m_loadRests(database.prepare(LOAD_RESTS))
    , m_add(database.prepare(ADD))
    , m_change(database.prepare(CHANGE))
    , m_putRest(database.prepare(PUT_REST))
    , m_liftRest(database.prepare(LIFT_REST))
    , m_count(database.prepare(COUNT))
    , m_remove(database.prepare(REMOVE))
    , m_removeRests(database.prepare(REMOVE_RESTS))
    , m_dropRests(database.prepare(DROP_RESTS))
{
}

Result<std::vector<KeyRow>> KeyRepository::load(std::int64_t nowMs)
{
    std::vector<KeyRow> rows;
    Result<bool> row = m_load->step();
    for (; row && *row; row = m_load->step())
        rows.push_back(rowOf(*m_load));
    m_load->reset();
    if (!row)
        return fail(std::move(row.error()));
    if (Result<void> done = loadRests(rows, nowMs); !done)
        return fail(std::move(done.error()));
    return rows;
}

/// Both lists are in the order of ids, so one walk joins them.
Result<void> KeyRepository::loadRests(std::vector<KeyRow> &rows, std::int64_t nowMs)
{
    auto key = rows.begin();
    m_loadRests->bind(0, nowMs);
    Result<bool> row = m_loadRests->step();
    for (; row && *row; row = m_loadRests->step()) {
        const KeyId id = m_loadRests->integer(0);
        while (key != rows.end() && key->id < id)
            ++key;
        if (key != rows.end() && key->id == id)
            key->rests.push_back({m_loadRests->text(1), m_loadRests->integer(2), m_loadRests->text(3)});
    }
    m_loadRests->reset();
    if (!row)
        return fail(std::move(row.error()));
    return {};
}

Result<std::vector<KeyRow>> KeyRepository::merge(const std::vector<Secret> &secrets, std::int64_t nowMs)
{
    std::vector<KeyRow> added;
    for (const Secret &secret : secrets) {
        if (secret.isEmpty())
            continue;
        const Fingerprint fingerprint = fingerprintOf(secret.reveal());
        m_add->bindBlob(0, bytesOf(fingerprint));
        m_add->bindText(1, secret.reveal());
        m_add->bind(2, nowMs);
        const Result<std::int64_t> id = m_add->value(0);
        if (!id)
            return fail(id.error());
        if (*id == 0)
            continue;
        KeyRow row;
        row.id = *id;
        row.secret = secret;
        row.createdMs = nowMs;
        added.push_back(std::move(row));
    }
    return added;
}

Result<void> KeyRepository::change(const KeyChange &change)
{
    m_change->bind(0, static_cast<std::int64_t>(change.state));
    m_change->bindText(1, change.reason);
    m_change->bind(2, change.failures);
    m_change->bind(3, change.sinceMs);
    m_change->bind(4, change.id);
    if (Result<void> done = m_change->run(); !done || m_change->changes() == 0)
        return done;
    for (const ModelRest &rest : change.rests) {
        if (Result<void> done = changeRest(change.id, rest); !done)
            return done;
    }
    return {};
}

Result<void> KeyRepository::changeRest(KeyId id, const ModelRest &rest)
{
    Statement &statement = rest.untilMs == 0 ? *m_liftRest : *m_putRest;
    statement.bind(0, id);
    statement.bindText(1, rest.model);
    if (rest.untilMs != 0) {
        statement.bind(2, rest.untilMs);
        statement.bindText(3, rest.reason);
    }
    return statement.run();
}

Result<void> KeyRepository::count(const KeyCounters &counters)
{
    m_count->bind(0, counters.lastUsedMs);
    m_count->bind(1, counters.calls);
    m_count->bind(2, counters.failedCalls);
    m_count->bind(3, counters.id);
    return m_count->run();
}

Result<void> KeyRepository::remove(KeyId id, std::int64_t nowMs)
{
    m_remove->bind(0, nowMs);
    m_remove->bind(1, id);
    if (Result<void> done = m_remove->run(); !done)
        return done;
    m_removeRests->bind(0, id);
    return m_removeRests->run();
}

Result<std::int64_t> KeyRepository::dropEndedRests(std::int64_t nowMs, std::int64_t limit)
{
    m_dropRests->bind(0, nowMs);
    m_dropRests->bind(1, limit);
    if (Result<void> done = m_dropRests->run(); !done)
        return fail(std::move(done.error()));
    return m_dropRests->changes();
}

} // namespace Gateway
