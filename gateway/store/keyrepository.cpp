#include "gateway/store/keyrepository.h"

#include <utility>

#include "gateway/store/keyfingerprint.h"
#include "gateway/store/keysql.h"
#include "gateway/store/sealedcolumns.h"

namespace Gateway {

namespace {

constexpr std::string_view LOST = "Its secret is lost: enter the key anew.";
constexpr std::string_view BROKEN = "Its secret does not open: it was changed outside the program. Enter the "
                                    "key anew.";

void disable(KeyRow &row, std::string_view reason)
{
    row.settings.enabled = false;
    row.state = KeyState::Sidelined;
    row.reason = reason;
}

} // namespace

KeyRepository::KeyRepository(Database &database, const Sealer &sealer)
    : m_sealer(sealer)
    , m_load(database.prepare(KeySql::load()))
    , m_loadRests(database.prepare(KeySql::LOAD_RESTS))
    , m_add(database.prepare(KeySql::add()))
    , m_known(database.prepare(KeySql::KNOWN))
    , m_find(database.prepare(KeySql::find()))
    , m_fingerprint(database.prepare(KeySql::FINGERPRINT))
    , m_revive(database.prepare(KeySql::revive()))
    , m_giveSecret(database.prepare(KeySql::GIVE_SECRET))
    , m_change(database.prepare(KeySql::CHANGE))
    , m_putRest(database.prepare(KeySql::PUT_REST))
    , m_liftRest(database.prepare(KeySql::LIFT_REST))
    , m_count(database.prepare(KeySql::COUNT))
    , m_saveSettings(database.prepare(KeySql::saveSettings()))
    , m_remove(database.prepare(KeySql::REMOVE))
    , m_restore(database.prepare(KeySql::RESTORE))
    , m_wipe(database.prepare(KeySql::WIPE))
    , m_dropRests(database.prepare(KeySql::DROP_RESTS))
{
}

Result<std::vector<KeyRow>> KeyRepository::load(std::int64_t nowMs)
{
    std::vector<KeyRow> rows;
    Result<bool> row = m_load->step();
    for (; row && *row; row = m_load->step())
        rows.push_back(opened(keyRowOf(*m_load)));
    m_load->reset();
    if (!row)
        return fail(std::move(row.error()));
    if (Result<void> done = loadRests(rows, nowMs); !done)
        return fail(std::move(done.error()));
    return rows;
}

/// One key that does not open must not keep the others away.
KeyRow KeyRepository::opened(StoredKey key) const
{
    KeyRow row = std::move(key.row);
    if (key.secret.empty()) {
        disable(row, LOST);
        return row;
    }
    Result<Secret> secret = m_sealer.open(SealedTable::KEYS, key.fingerprint, key.secret);
    if (secret)
        row.secret = std::move(*secret);
    else
        disable(row, BROKEN);
    if (!key.proxy.empty()) {
        const Result<Secret> proxy = m_sealer.open(SealedTable::KEY_PROXIES, key.fingerprint, key.proxy);
        if (proxy)
            row.settings.proxy = proxy->reveal();
        else
            disable(row, BROKEN); // without its proxy it would show the machine's own address
    }
    return row;
}

std::string KeyRepository::sealedProxy(const std::string &proxy, std::string_view fingerprint) const
{
    return proxy.empty() ? std::string() : m_sealer.seal(SealedTable::KEY_PROXIES, fingerprint, proxy);
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

Result<std::optional<KeyRow>> KeyRepository::find(KeyId id)
{
    m_find->bind(0, id);
    const Result<bool> row = m_find->step();
    std::optional<KeyRow> key;
    if (row && *row)
        key = opened(keyRowOf(*m_find));
    m_find->reset();
    if (!row)
        return fail(row.error());
    return key;
}

Result<KeyAdditions> KeyRepository::add(const std::vector<NewKey> &keys, Tombstones tombstones,
                                        std::int64_t nowMs)
{
    KeyAdditions additions;
    additions.entries.reserve(keys.size());
    for (const NewKey &key : keys) {
        const Result<KeyAddition> addition =
            key.secret.isEmpty() ? Result<KeyAddition>() : addOne(key, tombstones, nowMs);
        if (!addition)
            return fail(addition.error());
        additions.entries.push_back(*addition);
        if (addition->kind == KeyAdditionKind::Added) {
            KeyRow row;
            row.id = addition->id;
            row.secret = key.secret;
            row.settings = key.settings;
            row.createdMs = nowMs;
            additions.rows.push_back(std::move(row));
        } else if (addition->kind == KeyAdditionKind::Revived) {
            Result<std::optional<KeyRow>> row = find(addition->id);
            if (!row)
                return fail(std::move(row.error()));
            if (*row)
                additions.rows.push_back(std::move(**row));
        }
    }
    return additions;
}

Result<KeyAddition> KeyRepository::addOne(const NewKey &key, Tombstones tombstones, std::int64_t nowMs)
{
    const std::string fingerprint = keyFingerprint(key.secret.reveal());
    // Looked for first: at a start most keys of the environment are there, and sealing costs more.
    const Result<std::optional<KeyAddition>> known = meetKnown(key, fingerprint, tombstones);
    if (!known)
        return fail(known.error());
    if (*known)
        return **known;
    const std::string sealed = m_sealer.seal(SealedTable::KEYS, fingerprint, key.secret.reveal());
    m_add->bindBlob(0, fingerprint);
    m_add->bindBlob(1, sealed);
    m_add->bind(2, nowMs);
    m_binding.bind(*m_add, 3, key.settings, sealedProxy(key.settings.proxy, fingerprint));
    return m_add->value(0).map([](std::int64_t id) { return KeyAddition{KeyAdditionKind::Added, id}; });
}

Result<std::optional<KeyAddition>> KeyRepository::meetKnown(const NewKey &key, const std::string &fingerprint,
                                                            Tombstones tombstones)
{
    m_known->bindBlob(0, fingerprint);
    const Result<bool> row = m_known->step();
    if (!row || !*row) {
        m_known->reset();
        return row ? Result<std::optional<KeyAddition>>(std::nullopt) : fail(row.error());
    }
    const KeyId id = m_known->integer(0);
    const bool isDeleted = m_known->integer(1) != 0;
    const std::string stored = m_known->text(2);
    m_known->reset();
    if (isDeleted && tombstones == Tombstones::Respect)
        return KeyAddition{KeyAdditionKind::Deleted, id};
    if (!isDeleted && m_sealer.open(SealedTable::KEYS, fingerprint, stored))
        return KeyAddition{KeyAdditionKind::Known, id};
    const std::string sealed = m_sealer.seal(SealedTable::KEYS, fingerprint, key.secret.reveal());
    Statement &statement = isDeleted ? *m_revive : *m_giveSecret;
    statement.bindBlob(0, sealed);
    if (isDeleted)
        m_binding.bind(statement, 1, key.settings, sealedProxy(key.settings.proxy, fingerprint));
    statement.bind(isDeleted ? 1 + KEY_SETTING_COUNT : 1, id);
    if (Result<void> done = statement.run(); !done)
        return fail(std::move(done.error()));
    return KeyAddition{KeyAdditionKind::Revived, id};
}

Result<void> KeyRepository::change(const KeyChange &change)
{
    // Disabled is no health: it stands in the settings.
    m_change->bind(0, change.state == KeyState::Sidelined ? 1 : 0);
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
    int at = 0;
    for (const std::int64_t number : {counters.lastUsedMs, counters.calls, counters.failedCalls,
                                      counters.lastCheckedMs, counters.lastErrorMs})
        m_count->bind(at++, number);
    m_count->bindText(at++, counters.lastError);
    m_count->bind(at, counters.id);
    return m_count->run();
}

} // namespace Gateway
