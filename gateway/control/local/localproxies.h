#pragma once

#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include <QObject>

#include "gateway/common/proxyrow.h"
#include "gateway/control/local/audittrail.h"
#include "gateway/control/local/localparts.h"
#include "gateway/control/reply.h"
#include "gateway/control/values/proxyview.h"
#include "gateway/relay/proxychecker.h"

namespace Gateway {

/// The proxies of this process: those of the setting PROXIES, which are changed there (id 0), and the
/// store's.
class LocalProxies final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LocalProxies)

public:
    /// `settings` tells those in force; `changed` is called after each change. All outlive this.
    LocalProxies(const LocalParts &parts, const AuditTrail &audit, std::function<SettingsPtr()> settings,
                 std::function<void()> changed, QObject *parent = nullptr);

    /// What the store has, at start; what rested goes on resting.
    void load(std::vector<ProxyRow> rows);
    /// Puts what settings and store say in force.
    void apply();
    /// Hands changes of health to the store; cheap when there are none.
    void saveHealth();

    /// 422 for a URL that names no proxy, 409 for one that another than `own` has.
    Result<void> checkUrl(const std::string &url, ProxyId own) const;

    // As ServingCommands says.
    void list(const Reply<std::vector<ProxyView>> &reply) const;
    void add(ProxyDraft draft, const Reply<ProxyView> &reply);
    void patch(ProxyId id, const ProxyPatch &patch, const Reply<ProxyView> &reply);
    void remove(ProxyId id, const Reply<void> &reply);
    void check(ProxyId id, const Reply<ProxyVerdict> &reply);

private:
    struct Check
    {
        ProxyId id = 0;
        Reply<ProxyVerdict> reply;
    };

    const ProxyRow *find(ProxyId id) const;
    ProxyView view(const ProxyRow &row) const;
    void save(ProxyRow row, const Reply<ProxyView> &reply);
    ProxyView taken(const ProxyRow &row);
    void checked(std::uint64_t run, const std::vector<ProxyCheckResult> &results);

    const LocalParts &m_parts;
    const AuditTrail &m_audit;
    std::function<SettingsPtr()> m_settings;
    std::function<void()> m_changed;
    std::vector<ProxyRow> m_rows;
    std::unordered_map<std::uint64_t, Check> m_checks; ///< By run.
    std::unordered_map<ProxyId, std::int64_t> m_checkedMs;
};

} // namespace Gateway
