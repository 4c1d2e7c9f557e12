#include "gateway/control/remote/remotesettings.h"

#include <utility>

#include "gateway/common/text.h"
#include "gateway/control/remote/remotecalls.h"

namespace Gateway {

RemoteSettings::RemoteSettings(RemoteCalls &calls)
    : m_calls(calls)
{
}

void RemoteSettings::list(Reply<std::vector<SettingView>> reply)
{
    m_calls.list("GET", "/settings", nullptr, "settings", std::move(reply));
}

void RemoteSettings::set(std::string name, std::string value, Reply<SettingView> reply)
{
    m_calls.call("PATCH", "/settings/" + percentEncoded(name), json::object{{"value", value}},
                 std::move(reply));
}

void RemoteSettings::reset(std::string name, Reply<SettingView> reply)
{
    m_calls.call("DELETE", "/settings/" + percentEncoded(name), nullptr, std::move(reply));
}

} // namespace Gateway
