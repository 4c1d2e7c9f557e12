#pragma once

#include <string>
#include <vector>

#include "gateway/control/reply.h"
#include "gateway/control/values/settingview.h"

namespace Gateway {

/// What can be done with settings. A name that is none: 404 "unknown_setting"; one that environment or
/// command line hold: 409 "setting_locked".
class SettingCommands
{
public:
    virtual ~SettingCommands() = default;

    /// All, in the order of the table.
    virtual void list(Reply<std::vector<SettingView>> reply);
    /// Takes effect at once, unless the setting needs a restart. 422 "invalid_setting" for a value out of
    /// range; the old one stays in force.
    virtual void set(std::string name, std::string value, Reply<SettingView> reply);
    /// Back to the default.
    virtual void reset(std::string name, Reply<SettingView> reply);
};

} // namespace Gateway
