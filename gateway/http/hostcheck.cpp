#include "gateway/http/hostcheck.h"

#include <algorithm>

#include "gateway/common/text.h"

namespace Gateway {

namespace {

constexpr std::string_view LOCALHOST = "localhost";

/// Without port and without the dot that ends a full name.
std::string_view bareName(std::string_view host)
{
    if (host.starts_with('['))
        return host.substr(0, std::min(host.find(']'), host.size() - 1) + 1);
    host = host.substr(0, host.find(':'));
    if (host.ends_with('.'))
        host.remove_suffix(1);
    return host;
}

bool isLoopbackIpv4(std::string_view name)
{
    if (!name.starts_with("127."))
        return false;
    int dots = 0;
    int digits = 0;
    for (const char c : name) {
        if (c == '.') {
            if (digits == 0)
                return false;
            ++dots;
            digits = 0;
        } else if (c < '0' || c > '9' || ++digits > 3) {
            return false;
        }
    }
    return dots == 3 && digits > 0;
}

} // namespace

bool isLoopbackName(std::string_view name)
{
    if (equalsIgnoreCase(name, LOCALHOST) || name == "[::1]" || name == "::1" || isLoopbackIpv4(name))
        return true;
    return name.size() > LOCALHOST.size() + 1 && name[name.size() - LOCALHOST.size() - 1] == '.' &&
           equalsIgnoreCase(name.substr(name.size() - LOCALHOST.size()), LOCALHOST);
}

HostCheck::HostCheck(bool isActive, std::vector<std::string> names)
    : m_isActive(isActive && std::find(names.begin(), names.end(), "*") == names.end())
    , m_names(std::move(names))
{
}

bool HostCheck::allows(std::string_view host) const
{
    if (!m_isActive || host.empty())
        return true;
    const std::string_view name = bareName(host);
    return isLoopbackName(name) ||
           std::any_of(m_names.begin(), m_names.end(),
                       [name](const std::string &allowed) { return equalsIgnoreCase(name, allowed); });
}

} // namespace Gateway
