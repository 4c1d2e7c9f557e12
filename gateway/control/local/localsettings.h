#pragma once

#include "gateway/control/commands/settingcommands.h"
#include "gateway/control/local/audittrail.h"
#include "gateway/control/local/localparts.h"

namespace Gateway {

/// The settings of this process. A value is in the store before it is in force.
class LocalSettings final : public SettingCommands
{
public:
    /// `changed` is called in the control's thread after each change. All outlive this.
    LocalSettings(const LocalParts &parts, const AuditTrail &audit, QObject &context,
                  std::function<void()> changed);

    void list(Reply<std::vector<SettingView>> reply) override;
    void set(std::string name, std::string value, Reply<SettingView> reply) override;
    void reset(std::string name, Reply<SettingView> reply) override;

    /// In force now.
    const SettingsPtr &current() const { return m_current; }
    /// Settings that wait for a restart.
    int pending() const;

private:
    void change(const SettingRow &row, const std::string &value, SettingSource source,
                const Reply<SettingView> &reply);
    const SettingRow *changeable(const std::string &name, const Reply<SettingView> &reply) const;

    const LocalParts &m_parts;
    const AuditTrail &m_audit;
    QObject &m_context;
    std::function<void()> m_changed;
    SettingsPtr m_current;
};

/// The view of one setting; `started` are the values of the process's start.
SettingView settingView(const SettingRow &row, const Settings &current, const Settings &started);

} // namespace Gateway
