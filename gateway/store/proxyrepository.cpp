#include "gateway/store/proxyrepository.h"

#include <string>
#include <utility>

#include "gateway/store/sealedcolumns.h"

namespace Gateway {

namespace {

constexpr std::string_view LOAD =
    "SELECT id, url, label, enabled, failures, resting_until_ms, reason FROM proxies ORDER BY id";
constexpr std::string_view ADD = "INSERT INTO proxies (url, label, enabled, failures, resting_until_ms, "
                                 "reason) VALUES ('', '', 0, 0, 0, '') RETURNING id";
constexpr std::string_view CHANGE = "UPDATE proxies SET url = ?, label = ?, enabled = ?, failures = ?, "
                                    "resting_until_ms = ?, reason = ? WHERE id = ?";
constexpr std::string_view SAVE_HEALTH =
    "UPDATE proxies SET failures = ?, resting_until_ms = ?, reason = ? WHERE id = ?";
constexpr std::string_view REMOVE = "DELETE FROM proxies WHERE id = ?";

constexpr std::string_view BROKEN =
    "Its URL does not open: it was changed outside the program. Enter it anew.";

} // namespace

ProxyRepository::ProxyRepository(Database &database, const Sealer &sealer)
    : m_sealer(sealer)
    , m_load(database.prepare(LOAD))
    , m_add(database.prepare(ADD))
    , m_change(database.prepare(CHANGE))
    , m_saveHealth(database.prepare(SAVE_HEALTH))
    , m_remove(database.prepare(REMOVE))
{
}

Result<std::vector<ProxyRow>> ProxyRepository::load()
{
    return m_load->collect<ProxyRow>([this](Statement &statement) {
        ProxyRow row;
        row.id = statement.integer(0);
        Result<Secret> url = m_sealer.open(SealedTable::PROXIES, std::to_string(row.id), statement.text(1));
        row.label = statement.text(2);
        row.enabled = url && statement.integer(3) != 0;
        row.failures = static_cast<int>(statement.integer(4));
        row.restingUntilMs = statement.integer(5);
        row.reason = url ? statement.text(6) : std::string(BROKEN);
        if (url)
            row.url = std::move(*url);
        return row;
    });
}

Result<ProxyRow> ProxyRepository::save(const ProxyRow &row)
{
    ProxyRow saved = row;
    if (saved.id == 0) { // its number is needed to seal it
        const Result<std::int64_t> id = m_add->value(0);
        if (!id)
            return fail(id.error());
        saved.id = *id;
    }
    const std::string sealed =
        m_sealer.seal(SealedTable::PROXIES, std::to_string(saved.id), saved.url.reveal());
    m_change->bindBlob(0, sealed);
    m_change->bindText(1, saved.label);
    m_change->bind(2, saved.enabled);
    m_change->bind(3, saved.failures);
    m_change->bind(4, saved.restingUntilMs);
    m_change->bindText(5, saved.reason);
    m_change->bind(6, saved.id);
    if (Result<void> done = m_change->run(); !done)
        return fail(std::move(done.error()));
    if (m_change->changes() == 0)
        return fail(404, "no_such_proxy", "There is no such proxy.");
    return saved;
}

Result<void> ProxyRepository::saveHealth(const ProxyRow &row)
{
    m_saveHealth->bind(0, row.failures);
    m_saveHealth->bind(1, row.restingUntilMs);
    m_saveHealth->bindText(2, row.reason);
    m_saveHealth->bind(3, row.id);
    return m_saveHealth->run();
}

Result<void> ProxyRepository::remove(ProxyId id)
{
    m_remove->bind(0, id);
    return m_remove->run();
}

} // namespace Gateway
