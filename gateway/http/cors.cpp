#include "gateway/http/cors.h"

#include <algorithm>

#include "gateway/http/answerhead.h"

namespace Gateway {

namespace {

constexpr std::string_view FOR_ALL = "Access-Control-Allow-Origin: *\r\nAccess-Control-Expose-Headers: *\r\n";
constexpr std::string_view METHODS =
    "Access-Control-Allow-Methods: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS\r\n"
    "Access-Control-Max-Age: 86400\r\n";

} // namespace

Cors::Cors(std::vector<std::string> origins)
    : m_allowsAll(origins.empty() || std::find(origins.begin(), origins.end(), "*") != origins.end())
    , m_origins(std::move(origins))
{
}

bool Cors::allows(std::string_view origin) const
{
    return m_allowsAll || std::find(m_origins.begin(), m_origins.end(), origin) != m_origins.end();
}

void Cors::appendTo(std::string &out, std::string_view origin) const
{
    if (m_allowsAll) {
        out += FOR_ALL;
        return;
    }
    out += "Vary: Origin\r\n";
    if (origin.empty() || !allows(origin))
        return;
    AnswerHead::add(out, "Access-Control-Allow-Origin", origin);
    out += "Access-Control-Expose-Headers: *\r\n";
}

bool Cors::isPreflight(std::string_view method, const Headers &headers)
{
    return method == "OPTIONS" && !headerValue(headers, "origin").empty() &&
           !headerValue(headers, "access-control-request-method").empty();
}

void Cors::appendPreflight(std::string &out, const Headers &headers)
{
    out += METHODS;
    const std::string_view wanted = headerValue(headers, "access-control-request-headers");
    if (!wanted.empty())
        AnswerHead::add(out, "Access-Control-Allow-Headers", wanted);
    // A page from the internet that calls localhost asks for this too
    // (wicg.github.io/private-network-access).
    if (headerValue(headers, "access-control-request-private-network") == "true")
        out += "Access-Control-Allow-Private-Network: true\r\n";
}

} // namespace Gateway
