// Explicit caches (cachedContents).
#include <cstdlib>

#include "tests/support/fakecheck.h"
#include "tests/support/fakegenerate.h"
#include "tests/support/fakeresources.h"

namespace TestSupport {

namespace {

using Gateway::stringAt;

constexpr std::string_view CREATED = "2026-10-01T12:00:00.000000Z";
constexpr std::string_view EXPIRES = "2026-10-03T12:00:00.000000Z";
/// What a cache may hold of a request.
constexpr std::string_view HELD[] = {"systemInstruction", "tools", "toolConfig", "contents"};

/// When a cache with that `ttl` ("300s", an hour by itself) is gone.
std::chrono::steady_clock::time_point endOf(const json::object &body)
{
    const std::string ttl(stringAt(body, "ttl"));
    const double seconds = ttl.empty() ? 3600 : std::atof(ttl.c_str());
    return std::chrono::steady_clock::now() + std::chrono::milliseconds(std::int64_t(seconds * 1000));
}

} // namespace

FakeAnswer FakeResources::makeCache(const ResourceCall &call)
{
    const json::object body = bodyOf(*call.request);
    const std::string_view model = stringAt(body, "model");
    if (!model.starts_with("models/") || !findFakeModel(model.substr(7)))
        return errorAnswer(400, "* CreateCachedContentRequest.model: unexpected model name format\n");
    const json::array *contents = Gateway::arrayAt(body, "contents");
    if (!contents && !body.contains("systemInstruction"))
        return errorAnswer(400,
                           "Cached content is too small. total_token_count=0, min_total_token_count=1024");
    if (contents) {
        if (auto fault = checkContents(*findFakeModel(model.substr(7)), *contents, "contents"))
            return errorAnswer(400, *fault);
    }
    const std::string name = "cachedContents/fake-" + std::to_string(nextNumber());
    json::object cache{{"name", name},
                       {"model", model},
                       {"displayName", stringAt(body, "displayName")},
                       {"createTime", CREATED},
                       {"updateTime", CREATED},
                       {"expireTime", EXPIRES},
                       {"usageMetadata", json::object{{"totalTokenCount", countTokens(body)}}}};
    put(call.key, name, cache);
    Resource &kept = m_resources.find(name)->second;
    for (const std::string_view held : HELD) {
        if (const json::value *value = body.if_contains(held))
            kept.held[held] = *value;
    }
    kept.ends = endOf(body);
    return jsonAnswer(cache);
}

std::optional<FakeAnswer> FakeResources::useCache(std::string_view key, std::string_view model,
                                                  json::object &body, std::int64_t &tokens) const
{
    const std::string name(stringAt(body, "cachedContent"));
    if (name.empty())
        return std::nullopt;
    if (!owns(key, name))
        return refused(name);
    const Resource &cache = m_resources.find(name)->second;
    if (stringAt(cache.value, "model") != "models/" + std::string(model))
        return errorAnswer(400, "Model used by GenerateContent request (models/" + std::string(model) +
                                    ") and CachedContent (" + std::string(stringAt(cache.value, "model")) +
                                    ") has to be the same.");
    for (const std::string_view held : HELD) {
        if (held == "contents")
            continue;
        if (body.contains(held))
            return errorAnswer(400, "CachedContent can not be used with GenerateContent request setting "
                                    "system_instruction, tools or tool_config.\n\nProposed fix: move those "
                                    "values to CachedContent from GenerateContent request.");
        if (const json::value *value = cache.held.if_contains(held))
            body[held] = *value;
    }
    if (const json::array *turns = Gateway::arrayAt(cache.held, "contents")) {
        json::array &asked = body["contents"].get_array();
        asked.insert(asked.begin(), turns->begin(), turns->end());
    }
    tokens = countTokens(cache.held);
    return std::nullopt;
}

FakeAnswer FakeResources::changeCache(const ResourceCall &call)
{
    if (!owns(call.key, call.path))
        return refused(call.path);
    json::object &cache = m_resources.find(call.path)->second.value;
    cache["updateTime"] = EXPIRES;
    m_resources.find(call.path)->second.ends = endOf(bodyOf(*call.request));
    if (const std::string_view ttl = stringAt(bodyOf(*call.request), "expireTime"); !ttl.empty())
        cache["expireTime"] = ttl;
    return jsonAnswer(cache);
}

} // namespace TestSupport
