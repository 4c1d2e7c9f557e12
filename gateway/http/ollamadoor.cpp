#include "gateway/http/ollamadoor.h"

#include <algorithm>
#include <array>
#include <string_view>

#include <QByteArray>

#include "gateway/http/hostcheck.h"

namespace Gateway {

namespace {

/// Paths that Ollama serves beside /api (docs.ollama.com/api/openai-compatibility).
constexpr auto OTHER_PATHS = std::to_array<std::string_view>({"/v1/chat/completions", "/v1/completions",
                                                              "/v1/embeddings", "/v1/models", "/v1/responses",
                                                              "/v1/messages", "/v1/messages/count_tokens"});
/// Origins of programs' own windows, which Ollama lets in as well.
constexpr auto PROGRAM_ORIGINS =
    std::to_array<std::string_view>({"app://", "file://", "tauri://", "vscode-webview://", "vscode-file://"});
constexpr auto PROXY_HEADERS =
    std::to_array<std::string_view>({"forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via"});

bool isOllamaPath(std::string_view path)
{
    constexpr std::string_view ONE_MODEL = "/v1/models/"; // behind a colon comes a method of Gemini's
    const bool isModel = path.starts_with(ONE_MODEL) && path.find(':') == std::string_view::npos;
    return isModel || path.starts_with("/api/") || std::ranges::find(OTHER_PATHS, path) != OTHER_PATHS.end();
}

/// "localhost:4364" of "http://localhost:4364/x".
std::string_view authorityOf(std::string_view url)
{
    const std::size_t scheme = url.find("://");
    if (scheme == std::string_view::npos)
        return url;
    url.remove_prefix(scheme + 3);
    return url.substr(0, url.find('/'));
}

std::string_view withoutPort(std::string_view authority)
{
    if (authority.starts_with('['))
        return authority.substr(0, std::min(authority.find(']'), authority.size() - 1) + 1);
    return authority.substr(0, authority.find(':'));
}

bool isLocalOrigin(std::string_view origin)
{
    if (origin.empty())
        return true;
    const auto begins = [origin](std::string_view head) { return startsWithIgnoreCase(origin, head); };
    if (std::ranges::any_of(PROGRAM_ORIGINS, begins))
        return true;
    return (begins("http://") || begins("https://")) && isLoopbackName(withoutPort(authorityOf(origin)));
}

bool isLoopbackPeer(std::string_view peer)
{
    constexpr std::string_view MAPPED = "::ffff:"; // an IPv4 address on a socket for both
    if (startsWithIgnoreCase(peer, MAPPED))
        peer.remove_prefix(MAPPED.size());
    return isLoopbackName(peer);
}

} // namespace

bool isLocalOllamaRequest(const ClientRequest &request)
{
    const auto isThere = [&request](std::string_view name) {
        return !headerValue(request.headers, name).empty();
    };
    return isOllamaPath(request.path) && isLoopbackPeer(request.peer) &&
           isLoopbackName(withoutPort(authorityOf(request.origin))) &&
           isLocalOrigin(headerValue(request.headers, "origin")) &&
           !equalsIgnoreCase(headerValue(request.headers, "sec-fetch-site"), "cross-site") &&
           std::ranges::none_of(PROXY_HEADERS, isThere);
}

std::string passwordOf(const Headers &headers)
{
    constexpr std::string_view SCHEME = "Basic ";
    const std::string_view given = trimmed(headerValue(headers, "authorization"));
    if (!startsWithIgnoreCase(given, SCHEME))
        return {};
    const std::string_view base64 = trimmed(given.substr(SCHEME.size()));
    const auto decoded =
        QByteArray::fromBase64Encoding(QByteArray(base64.data(), static_cast<qsizetype>(base64.size())),
                                       QByteArray::AbortOnBase64DecodingErrors);
    const QByteArray plain = decoded ? *decoded : QByteArray();
    const qsizetype colon = plain.indexOf(':');
    return colon < 0 ? std::string() : plain.mid(colon + 1).toStdString();
}

} // namespace Gateway
