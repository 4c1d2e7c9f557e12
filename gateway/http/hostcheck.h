#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace Gateway {

/// Keeps web pages from reaching a gateway on loopback through a name of their own (DNS rebinding): only
/// requests to a loopback name are let in.
class HostCheck
{
public:
    /// `isActive`: the gateway listens on loopback only. `names`: further names that are let in; "*" is any.
    explicit HostCheck(bool isActive = false, std::vector<std::string> names = {});

    /// `host`: the Host header, perhaps with a port; an empty one is let in, since browsers always send it.
    bool allows(std::string_view host) const;

private:
    bool m_isActive;
    std::vector<std::string> m_names;
};

/// localhost, *.localhost, 127.x.x.x, ::1 (bare or in brackets); without a port.
bool isLoopbackName(std::string_view name);

} // namespace Gateway
