#pragma once

#include "gateway/control/commands/settingcommands.h"

namespace Gateway {

class RemoteCalls;

/// The settings of a server.
class RemoteSettings final : public SettingCommands
{
public:
    /// `calls` outlives this.
    explicit RemoteSettings(RemoteCalls &calls);

    void list(Reply<std::vector<SettingView>> reply) override;
    void set(std::string name, std::string value, Reply<SettingView> reply) override;
    void reset(std::string name, Reply<SettingView> reply) override;

private:
    RemoteCalls &m_calls;
};

} // namespace Gateway
