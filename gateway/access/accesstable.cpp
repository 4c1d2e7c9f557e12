#include "gateway/access/accesstable.h"

#include <cstdint>
#include <unordered_map>
#include <utility>

#include <sodium.h>

#include "gateway/access/tokengate.h"
#include "gateway/access/tokenhash.h"
#include "gateway/common/tokenrow.h"

namespace Gateway {

struct AccessTable::Impl
{
    struct Plain
    {
        Secret token;
        Caller caller;
    };
    struct Named
    {
        TokenDigest digest;
        Caller caller;
    };

    void addPlain(const Secret &token, Caller caller);
    void addNamed(const std::shared_ptr<TokenGate> &gate);
    const Caller *findPlain(std::string_view token) const;
    const Caller *findNamed(std::string_view token) const;

    TokenHash hash;
    std::unordered_multimap<std::uint64_t, Plain> plain;
    std::unordered_multimap<std::uint64_t, Named> named; ///< By the keyed hash of the digest.
};

namespace {

std::string_view bytesOf(const TokenDigest &digest)
{
    return {reinterpret_cast<const char *>(digest.data()), digest.size()};
}

} // namespace

void AccessTable::Impl::addPlain(const Secret &token, Caller caller)
{
    if (!token.isEmpty())
        plain.emplace(hash.of(token.reveal()), Plain{token, std::move(caller)});
}

void AccessTable::Impl::addNamed(const std::shared_ptr<TokenGate> &gate)
{
    named.emplace(hash.of(bytesOf(gate->digest())),
                  Named{gate->digest(), Caller{gate->name(), false, gate, gate->owner()}});
}

const Caller *AccessTable::Impl::findPlain(std::string_view token) const
{
    const auto [first, last] = plain.equal_range(hash.of(token));
    for (auto entry = first; entry != last; ++entry) {
        if (entry->second.token.equals(token))
            return &entry->second.caller;
    }
    return nullptr;
}

const Caller *AccessTable::Impl::findNamed(std::string_view token) const
{
    if (named.empty())
        return nullptr;
    const TokenDigest digest = tokenDigest(token);
    const auto [first, last] = named.equal_range(hash.of(bytesOf(digest)));
    for (auto entry = first; entry != last; ++entry) {
        if (sodium_memcmp(entry->second.digest.data(), digest.data(), digest.size()) == 0)
            return &entry->second.caller;
    }
    return nullptr;
}

AccessTable::AccessTable(const Secret &adminToken, const std::vector<Secret> &allowedTokens,
                         const std::vector<std::shared_ptr<TokenGate>> &named, const Secret &ownerToken)
    : m_impl(std::make_unique<Impl>())
{
    for (const std::shared_ptr<TokenGate> &gate : named)
        m_impl->addNamed(gate);
    m_impl->addPlain(adminToken, {"admin", true, nullptr, {}});
    m_impl->addPlain(ownerToken, {"admin", true, nullptr, {}});
    for (const Secret &token : allowedTokens) {
        if (!find(token.reveal())) // the first entry of a duplicate holds
            m_impl->addPlain(token, {plainTokenName(token), false, nullptr, {}});
    }
}

AccessTable::~AccessTable() = default;

const Caller *AccessTable::find(std::string_view token) const
{
    if (token.empty())
        return nullptr;
    const Caller *caller = m_impl->findPlain(token);
    return caller ? caller : m_impl->findNamed(token);
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
