#include "gateway/store/databaseurl.h"

#include "gateway/common/text.h"

namespace Gateway {

namespace {

constexpr std::string_view FORMS = "Use sqlite:PATH or file:PATH.";

tl::unexpected<Error> refuse(std::string text)
{
    return fail(500, "bad_database_url", text + " " + std::string(FORMS));
}

/// Of "//host/path": only an empty host or this machine's is a file here (RFC 8089 section 2).
Result<std::string> pathAfterHost(std::string_view rest)
{
    const std::size_t slash = rest.find('/');
    const std::string_view host = rest.substr(0, slash);
    if (slash == std::string_view::npos || (!host.empty() && !equalsIgnoreCase(host, "localhost")))
        return refuse(
            "The database URL names a host; two slashes before a path are one too many or too few.");
    return percentDecoded(rest.substr(slash));
}

} // namespace

Result<std::string> databasePath(std::string_view url)
{
    url = trimmed(url);
    const std::size_t colon = url.find(':');
    if (colon == std::string_view::npos)
        return refuse("The database URL has no scheme.");
    const std::string_view scheme = url.substr(0, colon);
    if (!equalsIgnoreCase(scheme, "sqlite") && !equalsIgnoreCase(scheme, "file"))
        return refuse("The database scheme \"" + std::string(scheme) + "\" is not supported.");
    const std::string_view rest = url.substr(colon + 1);
    if (rest.find_first_of("?#") != std::string_view::npos)
        return refuse("The database URL takes no options after '?' or '#'.");
    Result<std::string> path =
        rest.starts_with("//") ? pathAfterHost(rest.substr(2)) : Result<std::string>(std::string(rest));
    if (path && (path->empty() || *path == ":memory:"))
        return refuse("The database URL names no file.");
    if (path && path->find('\0') != std::string::npos)
        return refuse("The database URL holds a null byte.");
    return path;
}

} // namespace Gateway
