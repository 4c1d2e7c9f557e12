#include "gateway/control/local/localkeys.h"

#include <algorithm>
#include <utility>

#include "gateway/control/local/keyedits.h"
#include "gateway/control/local/keylisting.h"
#include "gateway/pool/keypool.h"
#include "gateway/store/store.h"

namespace Gateway {

namespace {

constexpr int SCAN_STEP = 500; ///< Keys looked at under one lock of the pool.

/// "key 17", "3 keys: 17, 18, 21"
std::string objectOf(const std::vector<KeyId> &ids)
{
    constexpr std::size_t shown = 20;
    if (ids.size() == 1)
        return "key " + std::to_string(ids.front());
    std::string text = std::to_string(ids.size()) + " keys";
    for (std::size_t i = 0; i < std::min(ids.size(), shown); ++i)
        text += (i == 0 ? ": " : ", ") + std::to_string(ids[i]);
    return ids.size() > shown ? text + ", …" : text;
}

} // namespace

LocalKeys::LocalKeys(const LocalParts &parts, const AuditTrail &audit, Takeover &takeover, QObject &context,
                     std::function<void(const CheckProgress &)> tell)
    : m_parts(parts)
    , m_audit(audit)
    , m_takeover(takeover)
    , m_context(context)
    , m_checks(parts, audit, std::move(tell))
{
    m_background.setMaxThreadCount(1);
}

LocalKeys::~LocalKeys()
{
    m_background.waitForDone();
}

tl::unexpected<Error> LocalKeys::unknownKey()
{
    return fail(404, "unknown_key", "There is no such key.");
}

KeyInfoPage LocalKeys::scanned(const KeyQuery &query) const
{
    const std::int64_t nowMs = m_parts.clock.nowMs();
    KeyInfoPage found;
    std::uint32_t from = 0;
    do {
        const KeyPage page = m_parts.pool.page(from, SCAN_STEP);
        for (const KeyView &view : page.keys) {
            KeyInfo key = keyInfo(view, nowMs, query.withModels);
            if (!isWanted(key, query))
                continue;
            ++found.total;
            const bool isFull = query.limit > 0 && found.keys.size() >= static_cast<std::size_t>(query.limit);
            if (found.total > query.after && !isFull)
                found.keys.push_back(std::move(key));
        }
        from = page.next;
    } while (from != 0);
    const std::int64_t end = query.after + static_cast<std::int64_t>(found.keys.size());
    found.next = end < found.total ? end : 0;
    return found;
}

KeyInfoPage LocalKeys::named(const KeyQuery &query) const
{
    const std::int64_t nowMs = m_parts.clock.nowMs();
    KeyInfoPage found;
    for (const KeyId id : query.ids) {
        const std::optional<KeyView> view = m_parts.pool.view(id);
        if (!view)
            continue;
        KeyInfo key = keyInfo(*view, nowMs, query.withModels);
        if (isWanted(key, query))
            found.keys.push_back(std::move(key));
    }
    found.total = static_cast<std::int64_t>(found.keys.size());
    return found;
}

void LocalKeys::list(KeyQuery query, Reply<KeyInfoPage> reply)
{
    if (query.isDeleted) {
        KeyInfoPage page;
        for (const auto &[id, key] : m_deleted)
            page.keys.push_back(key);
        std::sort(page.keys.begin(), page.keys.end(),
                  [](const KeyInfo &a, const KeyInfo &b) { return a.id < b.id; });
        page.total = static_cast<std::int64_t>(page.keys.size());
        reply(std::move(page));
        return;
    }
    reply(query.ids.empty() ? scanned(query) : named(query));
}

std::vector<KeyInfo> LocalKeys::infos(const std::vector<KeyId> &ids) const
{
    KeyQuery query;
    query.ids = ids;
    return named(query).keys;
}

std::vector<KeyId> LocalKeys::present(const std::vector<KeyId> &ids) const
{
    std::vector<KeyId> there;
    std::copy_if(ids.begin(), ids.end(), std::back_inserter(there),
                 [this](KeyId id) { return m_parts.pool.view(id).has_value(); });
    return there;
}

void LocalKeys::patch(std::vector<KeyId> ids, KeyPatch patch, Reply<std::vector<KeyInfo>> reply)
{
    std::vector<KeySettingsChange> changes;
    for (const KeyId id : ids) {
        const std::optional<KeyView> view = m_parts.pool.view(id);
        if (!view)
            continue;
        Result<KeySettings> settings = patched(view->row.settings, patch);
        if (!settings) {
            reply(fail(std::move(settings.error())));
            return;
        }
        changes.push_back({id, std::move(*settings)});
    }
    if (changes.empty()) {
        reply(unknownKey());
        return;
    }
    const Reply<void> saved{&m_context, [this, changes, ids = std::move(ids), reply](Result<void> result) {
                                if (!result) {
                                    reply(fail(std::move(result.error())));
                                    return;
                                }
                                for (const KeySettingsChange &change : changes)
                                    m_parts.pool.update(change.id, change.settings);
                                reply(infos(ids));
                            }};
    m_audit.note("keys.edit", objectOf(ids));
    m_parts.store.saveKeySettings(std::move(changes), saved);
}

void LocalKeys::remove(std::vector<KeyId> ids, Reply<void> reply)
{
    ids = present(ids);
    if (ids.empty()) {
        reply(unknownKey());
        return;
    }
    for (KeyInfo &key : infos(ids)) {
        key.deletedMs = m_parts.clock.nowMs();
        m_deleted[key.id] = std::move(key);
        m_parts.pool.remove(key.id);
    }
    m_audit.note("keys.delete", objectOf(ids));
    m_parts.store.deleteKeys(std::move(ids), reply);
}

void LocalKeys::restore(std::vector<KeyId> ids, Reply<std::vector<KeyInfo>> reply)
{
    const Reply<std::vector<KeyRow>> back{&m_context, [this, reply](Result<std::vector<KeyRow>> rows) {
                                              if (!rows || rows->empty()) {
                                                  reply(rows ? unknownKey() : fail(rows.error()));
                                                  return;
                                              }
                                              std::vector<KeyId> restored;
                                              for (const KeyRow &row : *rows) {
                                                  restored.push_back(row.id);
                                                  m_deleted.erase(row.id);
                                              }
                                              m_parts.pool.load(std::move(*rows));
                                              reply(infos(restored));
                                          }};
    m_audit.note("keys.restore", objectOf(ids));
    m_parts.store.undeleteKeys(std::move(ids), back);
}

void LocalKeys::rest(std::vector<KeyId> ids, std::int64_t untilMs, Reply<void> reply)
{
    ids = present(ids);
    if (untilMs <= m_parts.clock.nowMs()) {
        reply(fail(Error{422, "invalid_value", "\"until\" must be a time to come.", "until", 0}));
    } else if (ids.empty()) {
        reply(unknownKey());
    } else {
        m_parts.pool.rest(ids, untilMs);
        m_audit.note("keys.rest", objectOf(ids));
        reply({});
    }
}

void LocalKeys::lift(std::vector<KeyId> ids, std::string model, Reply<void> reply)
{
    ids = present(ids);
    if (ids.empty()) {
        reply(unknownKey());
        return;
    }
    m_parts.pool.liftRests(ids, model);
    for (const KeyId id : ids)
        m_parts.pool.revive(id);
    m_audit.note("keys.lift", objectOf(ids), std::move(model));
    reply({});
}

void LocalKeys::resetFailures(std::vector<KeyId> ids, Reply<void> reply)
{
    ids = present(ids);
    if (ids.empty()) {
        reply(unknownKey());
        return;
    }
    m_parts.pool.resetFailures(ids);
    m_audit.note("keys.reset_failures", objectOf(ids));
    reply({});
}

void LocalKeys::check(CheckRequest request, Reply<CheckProgress> reply)
{
    m_checks.start(std::move(request), reply);
}

void LocalKeys::checkProgress(Reply<CheckProgress> reply)
{
    m_checks.progress(reply);
}

void LocalKeys::cancelCheck(Reply<CheckProgress> reply)
{
    m_checks.cancel(reply);
}

void LocalKeys::history(std::vector<KeyId> ids, std::int64_t spanMs, int spans,
                        Reply<std::vector<KeyHistory>> reply)
{
    constexpr std::size_t mostKeys = 1'000;
    constexpr int mostSpans = 200;
    if (ids.size() > mostKeys || spanMs <= 0 || spans < 1 || spans > mostSpans) {
        reply(
            fail(Error{422, "invalid_value", "A history is of at most 1,000 keys and 200 spans.", "ids", 0}));
        return;
    }
    std::int64_t untilMs = m_parts.clock.nowMs();
    if (spanMs % KEY_HISTORY_STEP_MS == 0)
        untilMs += KEY_HISTORY_STEP_MS - untilMs % KEY_HISTORY_STEP_MS;
    m_parts.store.readKeyHistory(std::move(ids), untilMs - spanMs * spans, spanMs, spans, reply);
}

void LocalKeys::reveal(KeyId id, Reply<RevealedKey> reply)
{
    const std::optional<KeyView> view = m_parts.pool.view(id);
    if (!view) {
        reply(unknownKey());
        return;
    }
    m_audit.note("keys.reveal", objectOf({id}));
    reply(RevealedKey{id, view->row.secret});
}

std::vector<KeyRow> LocalKeys::rowsOf(const std::vector<KeyId> &ids) const
{
    if (ids.empty())
        return m_parts.pool.snapshot();
    std::vector<KeyRow> rows;
    for (const KeyId id : ids) {
        if (std::optional<KeyView> view = m_parts.pool.view(id))
            rows.push_back(std::move(view->row));
    }
    return rows;
}

} // namespace Gateway
