#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/common/text.h"

namespace Gateway {

/// Which web pages may call the API (fetch.spec.whatwg.org, CORS protocol). Credentials are never allowed:
/// each request brings its token itself.
class Cors
{
public:
    /// `origins`: the allowed ones, e.g. "https://chat.example"; empty or with "*": every one.
    explicit Cors(std::vector<std::string> origins = {});

    /// Whether pages of `origin` may call.
    bool allows(std::string_view origin) const;

    /// Appends what each answer on an API path carries; `origin` is the request's Origin, empty without.
    void appendTo(std::string &out, std::string_view origin) const;

    static bool isPreflight(std::string_view method, const Headers &headers);
    /// Appends what the answer to a preflight carries besides.
    static void appendPreflight(std::string &out, const Headers &headers);

private:
    bool m_allowsAll;
    std::vector<std::string> m_origins;
};

} // namespace Gateway
