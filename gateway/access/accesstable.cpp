#include "gateway/access/accesstable.h"

#include <cstdint>
#include <unordered_map>
#include <utility>

#include "gateway/access/tokenhash.h"

namespace Gateway {

struct AccessTable::Impl
{
    struct Entry
    {
        Secret token;
        Caller caller;
    };

    void add(const Secret &token, Caller caller);

    TokenHash hash;
    std::unordered_multimap<std::uint64_t, Entry> entries;
};

void AccessTable::Impl::add(const Secret &token, Caller caller)
{
    if (!token.isEmpty())
        entries.emplace(hash.of(token.reveal()), Entry{token, std::move(caller)});
}

namespace {

/// The end of a long token tells its owner which it is; a short one shows nothing of itself.
std::string nameOf(const Secret &token)
{
    const std::string &text = token.reveal();
    return "token …" + (text.size() < 12 ? std::string() : text.substr(text.size() - 4));
}

} // namespace

AccessTable::AccessTable(const Secret &adminToken, const std::vector<Secret> &allowedTokens)
    : m_impl(std::make_unique<Impl>())
{
    m_impl->add(adminToken, {"admin", true});
    for (const Secret &token : allowedTokens) {
        if (!find(token.reveal())) // the first entry of a duplicate holds: the administrator's stays one
            m_impl->add(token, {nameOf(token), false});
    }
}

AccessTable::~AccessTable() = default;

std::optional<Caller> AccessTable::find(std::string_view token) const
{
    if (token.empty())
        return std::nullopt;
    const auto [first, last] = m_impl->entries.equal_range(m_impl->hash.of(token));
    for (auto entry = first; entry != last; ++entry) {
        if (entry->second.token.equals(token))
            return entry->second.caller;
    }
    return std::nullopt;
}

std::string tokenOf(const Headers &headers, std::string_view query)
{
    constexpr std::string_view SCHEME = "Bearer ";
    const std::string_view authorization = trimmed(headerValue(headers, "authorization"));
    if (startsWithIgnoreCase(authorization, SCHEME)) {
        const std::string_view bearer = trimmed(authorization.substr(SCHEME.size()));
        if (!bearer.empty())
            return std::string(bearer);
    }
    for (const std::string_view name : {"x-goog-api-key", "x-api-key"}) {
        const std::string_view value = trimmed(headerValue(headers, name));
        if (!value.empty())
            return std::string(value);
    }
    return queryValue(query, "key");
}

} // namespace Gateway
