#include "gateway/control/local/localproxies.h"

#include <algorithm>
#include <utility>

#include "gateway/pool/keypool.h"
#include "gateway/relay/checkdesk.h"
#include "gateway/relay/proxypool.h"
#include "gateway/settings/settingchecks.h"
#include "gateway/store/store.h"
#include "gateway/telemetry/redact.h"

namespace Gateway {

namespace {

tl::unexpected<Error> unknownProxy()
{
    return fail(404, "unknown_proxy",
                "There is no such proxy; one of the setting PROXIES is changed with the setting.");
}

const ProxyPool::State *stateOf(const std::vector<ProxyPool::State> &states, const std::string &url)
{
    const auto found = std::find_if(states.begin(), states.end(),
                                    [&url](const ProxyPool::State &state) { return state.url == url; });
    return found == states.end() ? nullptr : &*found;
}

} // namespace

LocalProxies::LocalProxies(const LocalParts &parts, const AuditTrail &audit,
                           std::function<SettingsPtr()> settings, std::function<void()> changed,
                           QObject *parent)
    : QObject(parent)
    , m_parts(parts)
    , m_audit(audit)
    , m_settings(std::move(settings))
    , m_changed(std::move(changed))
{
    if (m_parts.checks)
        connect(m_parts.checks, &CheckDesk::proxiesChecked, this, &LocalProxies::checked);
}

void LocalProxies::load(std::vector<ProxyRow> rows)
{
    m_rows = std::move(rows);
    apply();
    if (!m_parts.proxies)
        return;
    for (const ProxyRow &row : m_rows)
        m_parts.proxies->remember({row.url.reveal(), row.failures, row.restingUntilMs, row.reason});
}

void LocalProxies::apply()
{
    if (!m_parts.proxies)
        return;
    std::vector<std::string> urls = m_settings()->list(Setting::Proxies);
    for (const ProxyRow &row : m_rows) {
        if (row.enabled && !row.url.isEmpty())
            urls.push_back(row.url.reveal());
    }
    m_parts.proxies->setProxies(urls);
}

void LocalProxies::saveHealth()
{
    if (!m_parts.proxies || m_rows.empty())
        return;
    const std::vector<ProxyPool::State> states = m_parts.proxies->states();
    std::vector<ProxyRow> changes;
    for (ProxyRow &row : m_rows) {
        const ProxyPool::State *state = stateOf(states, row.url.reveal());
        if (!state || (state->failures == row.failures && state->restUntilMs == row.restingUntilMs))
            continue;
        row.failures = state->failures;
        row.restingUntilMs = state->restUntilMs;
        row.reason = redacted(state->error);
        changes.push_back(row);
    }
    if (changes.empty())
        return;
    m_parts.store.saveProxyHealth(std::move(changes));
    m_changed();
}

const ProxyRow *LocalProxies::find(ProxyId id) const
{
    const auto found =
        std::find_if(m_rows.begin(), m_rows.end(), [id](const ProxyRow &row) { return row.id == id; });
    return found == m_rows.end() ? nullptr : &*found;
}

ProxyView LocalProxies::view(const ProxyRow &row) const
{
    ProxyView view;
    view.id = row.id;
    view.url = redacted(row.url.reveal());
    view.label = row.label;
    view.enabled = row.enabled;
    view.untilMs = row.restingUntilMs > m_parts.clock.nowMs() ? row.restingUntilMs : 0;
    view.isResting = view.untilMs > 0;
    view.reason = row.reason;
    view.failures = row.failures;
    const auto checked = m_checkedMs.find(row.id);
    view.lastCheckedMs = checked == m_checkedMs.end() ? 0 : checked->second;
    return view;
}

void LocalProxies::list(const Reply<std::vector<ProxyView>> &reply) const
{
    std::vector<ProxyRow> rows = m_rows;
    for (const std::string &url : m_settings()->list(Setting::Proxies)) {
        rows.emplace_back();
        rows.back().url = Secret(url);
    }
    const std::vector<ProxyPool::State> states =
        m_parts.proxies ? m_parts.proxies->states() : std::vector<ProxyPool::State>();
    std::unordered_map<std::string, int> keys;
    if (m_parts.proxies) {
        for (const KeyRow &key : m_parts.pool.snapshot()) {
            if (const Result<std::string> url = m_parts.proxies->proxyFor(key.id, key.settings.proxy))
                ++keys[*url];
        }
    }
    std::vector<ProxyView> views;
    for (ProxyRow &row : rows) {
        if (const ProxyPool::State *state = stateOf(states, row.url.reveal())) {
            row.failures = state->failures;
            row.restingUntilMs = state->restUntilMs;
            row.reason = redacted(state->error);
        }
        views.push_back(view(row));
        views.back().keys = keys[row.url.reveal()];
    }
    reply(std::move(views));
}

Result<void> LocalProxies::checkUrl(const std::string &url, ProxyId own) const
{
    if (url.empty() || !isProxyUrl(url))
        return fail(Error{422, "invalid_value",
                          "\"url\" must be the URL of an http, https, socks5 or socks5h proxy.", "url", 0});
    const auto isSame = [&url](const std::string &other) { return other == url; };
    const std::vector<std::string> &fixed = m_settings()->list(Setting::Proxies);
    const bool isThere = std::any_of(fixed.begin(), fixed.end(), isSame) ||
                         std::any_of(m_rows.begin(), m_rows.end(), [&](const ProxyRow &row) {
                             return row.id != own && isSame(row.url.reveal());
                         });
    if (isThere)
        return fail(Error{409, "proxy_exists", "This proxy is there already.", "url", 0});
    return {};
}

void LocalProxies::save(ProxyRow row, const Reply<ProxyView> &reply)
{
    const Reply<std::vector<ProxyRow>> saved{this, [this, reply](const Result<std::vector<ProxyRow>> &rows) {
                                                 if (rows)
                                                     reply(taken(rows->front()));
                                                 else
                                                     reply(fail(rows.error()));
                                             }};
    m_parts.store.saveProxies({std::move(row)}, saved);
}

ProxyView LocalProxies::taken(const ProxyRow &row)
{
    std::erase_if(m_rows, [&row](const ProxyRow &old) { return old.id == row.id; });
    m_rows.push_back(row);
    apply();
    m_changed();
    return view(row);
}

void LocalProxies::add(ProxyDraft draft, const Reply<ProxyView> &reply)
{
    if (Result<void> sound = checkUrl(draft.url, 0); !sound) {
        reply(fail(std::move(sound.error())));
        return;
    }
    ProxyRow row;
    row.url = Secret(draft.url);
    row.label = std::move(draft.label);
    m_audit.note("proxies.add", redacted(draft.url));
    save(std::move(row), reply);
}

void LocalProxies::patch(ProxyId id, const ProxyPatch &patch, const Reply<ProxyView> &reply)
{
    const ProxyRow *row = find(id);
    if (!row) {
        reply(unknownProxy());
        return;
    }
    ProxyRow next = *row;
    next.label = patch.label.value_or(next.label);
    next.enabled = patch.enabled.value_or(next.enabled);
    if (patch.url && *patch.url != next.url.reveal()) {
        if (Result<void> sound = checkUrl(*patch.url, id); !sound) {
            reply(fail(std::move(sound.error())));
            return;
        }
        next.url = Secret(*patch.url);
        next.failures = 0;
        next.restingUntilMs = 0;
        next.reason.clear();
    }
    m_audit.note("proxies.edit", redacted(next.url.reveal()));
    save(std::move(next), reply);
}

void LocalProxies::remove(ProxyId id, const Reply<void> &reply)
{
    const ProxyRow *row = find(id);
    if (!row) {
        reply(unknownProxy());
        return;
    }
    m_audit.note("proxies.delete", redacted(row->url.reveal()));
    std::erase_if(m_rows, [id](const ProxyRow &some) { return some.id == id; });
    apply();
    m_changed();
    m_parts.store.deleteProxies({id}, reply);
}

void LocalProxies::check(ProxyId id, const Reply<ProxyVerdict> &reply)
{
    const ProxyRow *row = find(id);
    if (!row) {
        reply(unknownProxy());
        return;
    }
    const std::uint64_t run = m_parts.checks ? m_parts.checks->checkProxies({row->url.reveal()}) : 0;
    if (run == 0) {
        reply(fail(501, "not_supported", "A proxy can be checked only while the gateway runs."));
        return;
    }
    m_checks.emplace(run, Check{id, reply});
}

void LocalProxies::checked(std::uint64_t run, const std::vector<ProxyCheckResult> &results)
{
    const auto found = m_checks.find(run);
    if (found == m_checks.end() || results.empty())
        return;
    const Check check = found->second;
    m_checks.erase(found);
    const ProxyCheckResult &result = results.front();
    m_checkedMs[check.id] = m_parts.clock.nowMs();
    if (result.isGood)
        m_parts.proxies->succeeded(result.url);
    else
        m_parts.proxies->failed(result.url, result.error);
    saveHealth();
    check.reply(ProxyVerdict{check.id, result.isGood, redacted(result.error), result.tookMs});
}

} // namespace Gateway
