#include "gateway/http/paths.h"

#include <algorithm>
#include <array>

#include "gateway/common/text.h"

namespace Gateway {

namespace {

/// Whether `path` is `prefix` or lies under it.
bool isUnder(std::string_view path, std::string_view prefix)
{
    return path.starts_with(prefix) && (path.size() == prefix.size() || path[prefix.size()] == '/');
}

/// First segment with its slash: "/v1beta" of "/v1beta/models".
std::string_view firstSegment(std::string_view path)
{
    return path.substr(0, path.find('/', 1));
}

bool isVersion(std::string_view segment)
{
    return segment == "/v1" || segment == "/v1beta" || segment == "/v1alpha";
}

/// "/models/X:generateContent" and the like: a method behind a colon in the last segment.
bool namesMethod(std::string_view path)
{
    return path.find(':', path.rfind('/') + 1) != std::string_view::npos;
}

std::string withoutDoubledSlashes(std::string_view path)
{
    std::string single;
    single.reserve(path.size());
    for (const char c : path) {
        if (c != '/' || single.empty() || single.back() != '/')
            single += c;
    }
    while (single.size() > 1 && single.ends_with('/'))
        single.pop_back();
    return single;
}

/// Google's own OpenAI-compatible paths, for clients that put a further version behind the base URL.
std::string googleOpenAi(std::string_view path)
{
    constexpr std::string_view BASE = "/v1beta/openai";
    path.remove_prefix(BASE.size());
    if (const std::string_view first = firstSegment(path); isVersion(first))
        path.remove_prefix(first.size());
    return std::string(BASE) + std::string(path);
}

/// Of several versions at the start the last one counts: it is the client's own, the others came from its
/// base URL.
std::string_view withOneVersion(std::string_view path)
{
    for (;;) {
        const std::string_view first = firstSegment(path);
        const std::string_view rest = path.substr(first.size());
        if (!isVersion(first) || !isVersion(firstSegment(rest)))
            return path;
        path = rest;
    }
}

constexpr auto OPENAI_STARTS = std::to_array<std::string_view>(
    {"/audio", "/batches", "/files", "/chat", "/completions", "/conversations", "/embeddings", "/images",
     "/messages", "/models", "/moderations", "/responses"});

std::string renamed(std::string_view path)
{
    if (isUnder(path, "/openai")) {
        path = withOneVersion(path.substr(std::string_view("/openai").size()));
        return isVersion(firstSegment(path)) ? std::string(path) : "/v1" + std::string(path);
    }
    if (isUnder(path, "/anthropic")) {
        path = withOneVersion(path.substr(std::string_view("/anthropic").size()));
        const std::string rest =
            isVersion(firstSegment(path)) ? std::string(path) : "/v1" + std::string(path);
        return isUnder(rest, "/v1/messages") ? rest : "/anthropic" + rest;
    }
    if (isUnder(path, "/gemini")) {
        const std::string_view rest = withOneVersion(path.substr(std::string_view("/gemini").size()));
        if (isUnder(rest, "/models"))
            return "/v1beta" + std::string(rest);
        if (isUnder(rest, "/v1beta/openai"))
            return googleOpenAi(rest);
        if (isUnder(rest, "/ws"))
            return std::string(rest);
        return isUnder(rest, "/v1beta") ? std::string(rest) : "/gemini" + std::string(rest);
    }
    if (isUnder(path, "/ollama"))
        path.remove_prefix(std::string_view("/ollama").size());
    path = withOneVersion(path);
    while (isUnder(path, "/v1/api") || isUnder(path, "/api/api") || isUnder(path, "/api/v1"))
        path.remove_prefix(firstSegment(path).size());
    if (path.empty())
        return "/";
    if (isUnder(path, "/v1beta/openai"))
        return googleOpenAi(path);
    const std::string_view first = firstSegment(path);
    if (first == "/models" && namesMethod(path))
        return "/v1beta" + std::string(path);
    if (std::find(OPENAI_STARTS.begin(), OPENAI_STARTS.end(), first) != OPENAI_STARTS.end())
        return "/v1" + std::string(path);
    return std::string(path);
}

} // namespace

std::string cleanedPath(std::string_view path)
{
    const bool isPlain =
        path.find("//") == std::string_view::npos && (path.size() < 2 || !path.ends_with('/'));
    return isPlain ? renamed(path) : renamed(withoutDoubledSlashes(path));
}

bool hasDotSegment(std::string_view path)
{
    if (path.find("/.") == std::string_view::npos && path.find("/%") == std::string_view::npos)
        return false;
    while (!path.empty()) {
        path.remove_prefix(1);
        const std::size_t end = std::min(path.find('/'), path.size());
        const std::string segment = percentDecoded(path.substr(0, end));
        if (segment == "." || segment == "..")
            return true;
        path.remove_prefix(end);
    }
    return false;
}

Dialect dialectOfPath(std::string_view path)
{
    static constexpr std::array<std::string_view, 8> GEMINI = {
        "/v1beta",         "/gemini",        "/upload", "/v1/interactions", "/v1/cachedContents",
        "/v1/tunedModels", "/v1/operations", "/ws"};
    const auto lies = [path](std::string_view prefix) { return isUnder(path, prefix); };
    if (lies("/v1beta/openai"))
        return Dialect::OpenAi;
    if (std::any_of(GEMINI.begin(), GEMINI.end(), lies) ||
        ((isUnder(path, "/v1/models") || isUnder(path, "/v1alpha")) && namesMethod(path)))
        return Dialect::Gemini;
    if (lies("/v1/messages") || lies("/anthropic"))
        return Dialect::Anthropic;
    if (lies("/api"))
        return Dialect::Ollama;
    return lies("/admin") ? Dialect::Admin : Dialect::OpenAi;
}

} // namespace Gateway
