#include "gateway/control/commands/settingcommands.h"

#include "gateway/control/commands/unsupported.h"

namespace Gateway {

void SettingCommands::list(Reply<std::vector<SettingView>> reply)
{
    notSupported(reply);
}

void SettingCommands::set(std::string, std::string, Reply<SettingView> reply)
{
    notSupported(reply);
}

void SettingCommands::reset(std::string, Reply<SettingView> reply)
{
    notSupported(reply);
}

} // namespace Gateway
